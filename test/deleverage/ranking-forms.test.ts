import { describe, expect, it } from 'vitest';
import { deleverageMarket } from '#functions/deleverage/deleverage.ts';
import type { RuleSet } from '#rule-sets/rule-set.ts';
import { booksOf, type Engine, violationsOf } from '../support/delivery.ts';
import { crashingAt } from '../support/other-writer.ts';
import { HEDGED_FIRST, RANKED_VENUE, RANKING_LAWS, THIN_SECOND } from '../support/ranking-laws.ts';
import { waiting } from '../support/wave-stages.ts';

const run = async (law: RuleSet): Promise<Engine> => {
  const { engine, wave } = await waiting(RANKED_VENUE, law);
  await deleverageMarket(engine.ports)(wave, 'AAA', 'LONG');
  return engine;
};

const heldBy = ({ store }: Engine, accountId: string, side: string): string =>
  store.tables.Pools.get(`${accountId}#CROSS#USDT`)
    ?.positions.find((each) => each.marketId === 'AAA' && each.side === side)
    ?.quantity.toFixed() ?? '0';

describe.each(RANKING_LAWS)('deleveraging by the ranking of %s', (_name, law) => {
  it('leaves books that balance and moves something', async () => {
    const engine = await run(law);
    expect(engine.store.tables.Journal.size).toBeGreaterThan(0);
    expect(violationsOf(engine)).toEqual([]);
  });

  it.each([1, 2, 3, 4, 5, 6])('ends the same, to the last quantum, when it crashes around commit %i and is delivered again', async (k) => {
    const whole = booksOf(await run(law));
    for (const moment of ['BEFORE', 'AFTER'] as const) {
      const { engine, wave } = await waiting(RANKED_VENUE, law);
      await deleverageMarket(crashingAt(engine, k, moment).ports)(wave, 'AAA', 'LONG').catch(() => undefined);
      await deleverageMarket(engine.ports)(wave, 'AAA', 'LONG');
      expect(booksOf(engine)).toEqual(whole);
      expect(violationsOf(engine)).toEqual([]);
    }
  });
});

describe('deleveraging', () => {
  it('leaves a hedged trader, though first in line, the quantity that its other leg hedges', async () => {
    const engine = await run(HEDGED_FIRST);
    // 12 short against 8 long
    expect(heldBy(engine, 'hedged', 'SHORT')).toBe('8');
    expect(heldBy(engine, 'hedged', 'LONG')).toBe('8');
    expect(heldBy(engine, 'loser', 'SHORT')).toBe('0');
  });

  it('passes over whom giving would make insolvent, and finds the rest behind', async () => {
    const engine = await run(THIN_SECOND);
    expect(heldBy(engine, 'wide', 'SHORT')).toBe('0');
    expect(heldBy(engine, 'thin', 'SHORT')).toBe('6');
    expect([...engine.store.tables.Cases.values()].map(({ state }) => state)).toEqual(['CLOSED_ADL', 'CLOSED_ADL']);
  });
});
