import type { Guard, Pool } from '#core/account/pool.ts';
import type { Position } from '#core/account/position.ts';
import { type Attribute, count, oneOf } from './attribute.ts';
import { list, type Members, nullable, structure, variants } from './composite-attribute.ts';
import { epochNumber, moneyNumber, priceNumber, quantityNumber } from './decimal-attribute.ts';
import { itemCodec } from './item.ts';
import { composedKey, id, lastWriter, side, version, words } from './key-attributes.ts';

const position: Attribute<Position> = structure<Position>({ marketId: id, side, quantity: quantityNumber, entryValue: moneyNumber });

const bound = nullable(priceNumber);

const guard: Attribute<Guard> = variants<Guard, 'kind'>(
  'kind',
  { INTERVAL: { marketId: id, below: bound, above: bound }, DUE: { marketId: id } },
  oneOf,
);

const members: Members<Pool> = {
  poolId: composedKey,
  accountId: id,
  marginMode: oneOf('CROSS', 'ISOLATED'),
  settlementAsset: id,
  tags: list(words),
  balance: moneyNumber,
  positions: list(position),
  guards: list(guard),
  caseId: nullable(composedKey),
  caseCount: count,
  deferredSince: nullable(epochNumber),
  version,
  lastWriter,
};

export const poolAttribute: Attribute<Pool> = structure(members);

/** Pools: pool → its whole state in one item. */
export const poolItem = itemCodec<Pool>({ table: 'Pools', keys: ['poolId'], members });
