import { describe, expect, it } from 'vitest';
import { ZERO } from '#core/units/decimal.ts';
import { money } from '#core/units/money.ts';
import { violationsOf } from '../support/delivery.ts';
import { BROKEN, entry, inState, itemsOf, stage } from './broken-promises.ts';

describe('the auditor sees that', () => {
  it.each(BROKEN)('%s', async (_, writes, violation) => {
    const { engine } = await stage();
    expect(engine.auditor.violations).toEqual([]);
    expect(await engine.store.commit(writes(itemsOf(engine)))).toBe('COMMITTED');
    expect(engine.auditor.violations).toContain(violation);
  });

  it('a fill is booked while its case is ordered only', async () => {
    const { engine } = await stage();
    const { liquidation } = itemsOf(engine);
    await engine.store.commit([inState(liquidation, 'ADL_WAIT')]);
    await engine.store.commit([entry('MARKET_FILL', [['VENUE#AAA', '0', '0']])]);
    expect(engine.auditor.violations).toEqual(['entry `loser#CROSS#USDT#1#TEST` books a fill in state ADL_WAIT']);
  });
});

describe('at the end the auditor sees', () => {
  it('what was left halfway: a reservation, a case, a ring', async () => {
    const { engine } = await stage();
    await engine.store.commit([
      { table: 'Rings', action: 'PUT', item: { waveId: 'usdt#AAA#9', poolId: 'winner#CROSS#USDT', cause: 'DUE' } },
    ]);
    expect(violationsOf(engine)).toEqual([
      'fund `usdt` still holds reservations',
      'case `loser#CROSS#USDT#1` stopped halfway in ORDERED',
      'rings or nominations were left over',
    ]);
  });

  it('that the totals are not what they were, by any way', async () => {
    const { engine } = await stage();
    const { winner } = itemsOf(engine);
    engine.store.tables.Pools.set(winner.poolId, { ...winner, balance: money(ZERO), positions: [] });
    expect(violationsOf(engine)).toEqual(
      expect.arrayContaining(['total quantity in `AAA` was 0 and is 10', 'total value in `USDT` was 9110 and is -890']),
    );
  });
});
