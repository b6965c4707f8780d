import { describe, expect, it } from 'vitest';
import { changedPool, type NewPool, openedPool, type PoolChange } from '#core/account/change-pool.ts';
import { amountOf, bookedPool, OPENING, poolOf, positionOf } from '../../adapters/venue/samples.ts';

const opening = (changes: Partial<NewPool>) => openedPool({ ...OPENING, ...changes });

describe('a change of a pool', () => {
  it.each<readonly [string, PoolChange, string]>([
    ['a deposit adds', { kind: 'DEPOSIT', amount: amountOf('0.5') }, '1000.5'],
    ['a withdrawal takes away, below zero too', { kind: 'WITHDRAWAL', amount: amountOf('1000.5') }, '-0.5'],
  ])('%s', (_claim, change, balance) => {
    expect(changedPool(poolOf(), change)).toEqual({ ok: true, value: bookedPool({ balance: amountOf(balance) }) });
  });

  it('by a trade takes what it is told, in the order of positions, and makes every market due', () => {
    const positions = [positionOf('ETH-USDT', 'SHORT'), positionOf('BTC-USDT', 'SHORT'), positionOf('BTC-USDT', 'LONG')];
    expect(changedPool(poolOf(), { kind: 'TRADE', balance: amountOf('-3'), positions })).toEqual({
      ok: true,
      value: bookedPool({
        balance: amountOf('-3'),
        positions: [positionOf('BTC-USDT', 'LONG'), positionOf('BTC-USDT', 'SHORT'), positionOf('ETH-USDT', 'SHORT')],
      }),
    });
  });

  it.each(['0', '-1'])('by an amount of %s is refused', (text) => {
    const refusal = (kind: 'DEPOSIT' | 'WITHDRAWAL') => changedPool(poolOf(), { kind, amount: amountOf(text) });
    expect(refusal('DEPOSIT')).toEqual({ ok: false, refusal: 'the amount of a DEPOSIT is above zero' });
    expect(refusal('WITHDRAWAL')).toEqual({ ok: false, refusal: 'the amount of a WITHDRAWAL is above zero' });
  });
});

describe('a new pool', () => {
  it('is free, due and of version 1, whatever else it is given', () => {
    const given = { ...poolOf({ caseCount: 4, caseId: 'a1#CROSS#USDT#4' }), ...OPENING };
    expect(openedPool(given)).toEqual({ ok: true, value: bookedPool({ version: 1 }) });
  });

  it('may be isolated, by the position that its id names or none', () => {
    const isolated = { poolId: 'a1#ISOLATED#BTC-USDT#LONG', marginMode: 'ISOLATED' } as const;
    expect(opening(isolated).ok).toBe(true);
    expect(opening({ ...isolated, positions: [] }).ok).toBe(true);
  });

  it.each<readonly [string, Partial<NewPool>, string]>([
    ['another id', { poolId: 'a2#CROSS#USDT' }, 'the id of this cross pool is `a1#CROSS#USDT`, not `a2#CROSS#USDT`'],
    [
      'an isolated position of another side',
      { poolId: 'a1#ISOLATED#BTC-USDT#SHORT', marginMode: 'ISOLATED' },
      'isolated pool `a1#ISOLATED#BTC-USDT#SHORT` holds the one position that its id names',
    ],
    ['a position twice', { positions: [positionOf('M', 'LONG'), positionOf('M', 'LONG', '1')] }, 'position `LONG M` is there twice'],
    [
      'an empty position',
      { positions: [positionOf('M', 'LONG', '0')] },
      'position `LONG M` has a quantity above zero and an entry value that is not negative',
    ],
    [
      'a market too many',
      { positions: Array.from({ length: 41 }, (_, nth) => positionOf(`M${nth}`, 'LONG')) },
      'a pool holds at most `40` markets, not `41`',
    ],
  ])('is refused for %s', (_claim, changes, refusal) => {
    expect(opening(changes)).toEqual({ ok: false, refusal });
  });
});
