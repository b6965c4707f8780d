import { describe, expect, it } from 'vitest';
import { decimal } from '#core/units/decimal.ts';
import { money } from '#core/units/money.ts';
import { observationItem } from '#functions/adapters/dynamodb/observation-item.ts';
import { poolItem } from '#functions/adapters/dynamodb/pool-item.ts';
import { observation, poolOf } from '../../support/core-states.ts';

const POOL = { ...poolOf('-12.5', 'LONG 10 AAA 1000'), lastWriter: 'VENUE' };
const poolWith = (balance: string, quantity = '10', entryValue = '1000', lastWriter = 'VENUE') => ({
  ...poolItem.encode(POOL),
  lastWriter: { S: lastWriter },
  balance: { N: balance },
  positions: {
    L: [{ M: { marketId: { S: 'AAA' }, side: { S: 'LONG' }, quantity: { N: quantity }, entryValue: { N: entryValue } } }],
  },
});
const observed = (changes: object) => ({ ...observationItem.encode(observation(1, '100')), ...changes });

const BOUNDS = 'below 1e18 in absolute value, with at most 18 decimal places';
const MOST = `${'9'.repeat(18)}.${'9'.repeat(18)}`;
const TOO_MUCH = `1${'0'.repeat(18)}`;
const TOO_EXACT = `0.${'1'.repeat(19)}`;

describe('a pool that a venue wrote', () => {
  it('is read up to the bounds of the contract', () => {
    const item = poolWith(`-${MOST}`, MOST, MOST);
    expect(poolItem.encode(poolItem.decode(item))).toEqual(item);
  });

  it.each([
    ['balance', poolWith('1.2345678901234567890123456789012345678')],
    ['balance', poolWith(`-${TOO_MUCH}`)],
    ['positions[0].quantity', poolWith('1', TOO_EXACT)],
    ['positions[0].quantity', poolWith('1', TOO_MUCH)],
    ['positions[0].entryValue', poolWith('1', '1', TOO_EXACT)],
    ['positions[0].entryValue', poolWith('1', '1', TOO_MUCH)],
  ])('cannot be read beyond them: %s', (member, item) => {
    const message = `item \`${POOL.poolId}\` of Pools: attribute \`${member}\`: expected an amount ${BOUNDS}`;
    expect(() => poolItem.decode(item)).toThrow(expect.objectContaining({ name: 'DecodeError', message }));
  });

  it('is not put beyond them', () => {
    const encode = () => poolItem.encode({ ...POOL, balance: money(decimal(TOO_EXACT)) });
    expect(encode).toThrow(expect.objectContaining({ name: 'InvariantViolation' }));
  });

  it('may go beyond them by what the engine books on it since', () => {
    const item = poolWith(`${TOO_MUCH}.${'1'.repeat(12)}`, '1', TOO_EXACT, 'SETTLE');
    expect(poolItem.encode(poolItem.decode(item))).toEqual(item);
  });
});

describe('an observation', () => {
  it.each(['markPrice', 'indexPrice'])('has a %s within the bounds', (member) => {
    expect(() => observationItem.decode(observed({ [member]: { N: MOST } }))).not.toThrow();
    for (const N of [TOO_MUCH, TOO_EXACT]) {
      expect(() => observationItem.decode(observed({ [member]: { N } }))).toThrow(
        `attribute \`${member}\`: expected a price above zero, ${BOUNDS}`,
      );
    }
  });
});
