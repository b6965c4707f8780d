import type { MarketState, PendingMark } from '#core/market/market-state.ts';
import { type Attribute, count, oneOf } from './attribute.ts';
import { nullable, structure } from './composite-attribute.ts';
import { epochNumber } from './decimal-attribute.ts';
import { type ItemCodec, itemCodec } from './item.ts';
import { id, lastWriter, version } from './key-attributes.ts';
import { observationAttribute } from './observation-item.ts';
import { termsAttribute } from './terms-attribute.ts';

/** A market and the fund that backs it. */
export interface StoredMarket {
  readonly market: MarketState;
  readonly fundId: string;
}

export const pendingMark: Attribute<PendingMark> = structure<PendingMark>({ observation: observationAttribute, confirmations: count });

interface FlatMarket extends MarketState {
  readonly fundId: string;
}

const flatItem = itemCodec<FlatMarket>({
  table: 'Markets',
  keys: ['marketId'],
  derived: { marketId: ({ terms }) => terms.marketId },
  members: {
    fundId: id,
    terms: termsAttribute,
    accepted: nullable(observationAttribute),
    pending: nullable(pendingMark),
    sequenceSeen: count,
    watchedSequence: count,
    status: oneOf('ACTIVE', 'REDUCE_ONLY', 'HALTED', 'SETTLING'),
    resumedAt: nullable(epochNumber),
    version,
    lastWriter,
  },
});

/** Markets: market → terms, marks and status, with the fund beside them. */
export const marketItem: ItemCodec<StoredMarket> = {
  table: flatItem.table,
  encode: ({ market, fundId }) => flatItem.encode({ ...market, fundId }),
  decode: (attributes) => {
    const { fundId, ...market } = flatItem.decode(attributes);
    return { market, fundId };
  },
};
