import type { MarkAverage } from '#core/market/mark-average.ts';
import type { MarketState, PendingMark } from '#core/market/market-state.ts';
import type { MarketSecurity } from '#core/market/security-band.ts';
import { type Attribute, count, flag, oneOf } from './attribute.ts';
import { list, nullable, structure } from './composite-attribute.ts';
import { decimalNumber, epochNumber, priceNumber } from './decimal-attribute.ts';
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

export const markAverage: Attribute<MarkAverage> = structure<MarkAverage>({ price: priceNumber, at: epochNumber });

const security: Attribute<MarketSecurity> = structure<MarketSecurity>({
  band: oneOf('GREEN', 'AMBER', 'RED'),
  ratio: nullable(decimalNumber),
  at: epochNumber,
  isReducedByGuard: flag,
});

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
    previousMark: nullable(priceNumber),
    pending: nullable(pendingMark),
    sequenceSeen: count,
    watchedSequence: count,
    status: oneOf('ACTIVE', 'REDUCE_ONLY', 'HALTED', 'SETTLING'),
    resumedAt: nullable(epochNumber),
    average: nullable(markAverage),
    security: nullable(security),
    stopped: list(oneOf('LIQUIDATE', 'PAY', 'DELEVERAGE')),
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
