import type { Guard, LastReduction, Pool } from '#core/account/pool.ts';
import type { Position } from '#core/account/position.ts';
import { memberBeyondVenueBounds, VENUE_BOUNDS } from '#core/account/venue-bounds.ts';
import { invariant } from '#core/invariant.ts';
import { type Attribute, count, oneOf } from './attribute.ts';
import { list, type Members, nullable, structure, variants } from './composite-attribute.ts';
import { epochNumber, moneyNumber, priceNumber, quantityNumber } from './decimal-attribute.ts';
import { DecodeError, within } from './decode-error.ts';
import { itemOf } from './item.ts';
import { composedKey, id, lastWriter, side, version, words } from './key-attributes.ts';

const position: Attribute<Position> = structure<Position>({ marketId: id, side, quantity: quantityNumber, entryValue: moneyNumber });

const bound = nullable(priceNumber);

const guard: Attribute<Guard> = variants<Guard, 'kind'>(
  'kind',
  { INTERVAL: { marketId: id, below: bound, above: bound }, DUE: { marketId: id } },
  oneOf,
);

const lastReduction = structure<LastReduction>({ rule: id, at: epochNumber, until: epochNumber });

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
  lastReduction: nullable(lastReduction),
  version,
  lastWriter,
};

export const poolAttribute: Attribute<Pool> = structure(members);

/**
 * The member of a pool that goes beyond what a venue may write; null when none does. What the engine books on a pool afterwards, and what an operator seeds,
 * is held to 38 digits only.
 */
const beyondBounds = (pool: Pool): string | null => (pool.lastWriter === 'VENUE' ? memberBeyondVenueBounds(pool) : null);

const boundedPool: Attribute<Pool> = {
  ...poolAttribute,
  encode: (pool) => {
    const beyond = beyondBounds(pool);
    invariant(beyond === null, `\`${beyond}\` of pool \`${pool.poolId}\` is ${VENUE_BOUNDS}`);
    return poolAttribute.encode(pool);
  },
  decode: (attribute, at) => {
    const pool = poolAttribute.decode(attribute, at);
    const beyond = beyondBounds(pool);
    if (beyond !== null) throw new DecodeError(within(at, beyond), `an amount ${VENUE_BOUNDS}`);
    return pool;
  },
};

/** Pools: pool → its whole state in one item. */
export const poolItem = itemOf<Pool>({ table: 'Pools', keys: ['poolId'] }, boundedPool);
