import { expect, it } from 'vitest';
import { decimal } from '#core/units/decimal.ts';
import { money } from '#core/units/money.ts';
import { replayDocument } from '#local/replay/replay-document.ts';
import { waterfallRows } from '#local/replay/waterfall-rows.ts';
import type { RuleSet } from '#rule-sets/rule-set.ts';
import { fundPolicy, HOUSE } from '../support/small-law.ts';
import { bookOf, replayed, type SmallVenue } from '../support/small-venue.ts';

/** At 90 `loser` costs the fund 50 of its 150, which is more than 30 %. */
const VENUE: SmallVenue = {
  accounts: 'loser | 50 | LONG 10 AAA 100\n winner | 9000 | SHORT 10 AAA 100',
  fund: '150',
  marks: '0 | 100 | -\n 15 | 90 | -',
};

const measuredBy = (measure: 'FUND_BALANCE' | 'MARKET_RESULT'): RuleSet => {
  const policy = fundPolicy({ drawdown: 'AT_LEAST' });
  const drawdown = policy.drawdown === null ? null : { ...policy.drawdown, measure, minimumBalance: money(decimal('10')) };
  return { ...HOUSE, funds: [{ ...policy, drawdown }] };
};

const drawdownRow = async (ruleSet: RuleSet) => {
  const outcome = await replayed(VENUE, ruleSet);
  const timings = { totalMs: 1, marksPerSecond: 0, evaluations: 0, evaluationsPerSecond: 0 };
  const document = replayDocument('small', ruleSet.reference, bookOf(VENUE), outcome, timings, '');
  const rows = waterfallRows([{ ruleSet, outcome, document }]);
  return rows.find(([label]) => label === 'fund drawdown mode')?.[1];
};

it('the waterfall tells the drawdown mode of the fund, and that of a market under a law that measures by markets', async () => {
  expect(await drawdownRow(HOUSE)).toBe('0 on, 0 off');
  expect(await drawdownRow(measuredBy('FUND_BALANCE'))).toBe('1 on, 0 off');
  expect(await drawdownRow(measuredBy('MARKET_RESULT'))).toBe('0 on, 0 off; of markets 1 on, 0 off');
});
