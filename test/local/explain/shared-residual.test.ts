import { describe, expect, it } from 'vitest';
import { decimal } from '#core/units/decimal.ts';
import { money, ratio } from '#core/units/money.ts';
import { explainDecision } from '#local/explain/explain-decision.ts';
import { type DecisionRecordFile, decisionsIn } from '#local/explain/read-record.ts';
import type { RuleSet } from '#rule-sets/rule-set.ts';
import { HOUSE } from '../../support/small-law.ts';
import { inputsOf, replayed, type SmallVenue } from '../../support/small-venue.ts';

const VENUE: SmallVenue = {
  accounts: 'a1 | 60 | LONG 10 AAA 100 \n a2 | 60 | LONG 10 AAA 100 \n a3 | 900 | SHORT 12 AAA 110 \n a4 | 900 | SHORT 9 AAA 112',
  fund: '11',
  marks: '0 | 93 | -',
  depthPerMark: { AAA: '0' },
  lotSize: '1',
};

const SHARED: RuleSet = {
  ...HOUSE,
  deleveraging: {
    ...HOUSE.deleveraging,
    allocation: 'CAPPED_PRO_RATA',
    severity: { kind: 'BUDGET_OF_WAVE', amount: money(decimal('15')), maximumOvershoot: ratio(decimal('0')) },
  },
};

const AT_MARK: RuleSet = { ...HOUSE, deleveraging: { ...HOUSE.deleveraging, allocation: 'LEVERAGE_DRAIN', settlementPrice: 'MARK' } };

/** All pools of the venue are cross ones. */
const BY_MODE: RuleSet = {
  ...AT_MARK,
  deleveraging: { ...AT_MARK.deleveraging, settlementPrice: { CROSS: 'MARK', ISOLATED: 'BANKRUPTCY' } },
};

const recordOf = async (law: RuleSet): Promise<DecisionRecordFile> => {
  const { record } = await replayed(VENUE, law);
  const terms = new Map(inputsOf(VENUE, law).initial.markets.map((market) => [market.terms.marketId, market.terms] as const));
  return { file: 'record.jsonl', ruleSet: law, terms, lines: record.lines };
};

describe.each([
  ['a budget shared in proportion', SHARED, 'residual 5: LIMITED_BY_SEVERITY'],
  ['a settlement that the fund could pay for in part', AT_MARK, 'residual 9: LIMITED_BY_FUND'],
  ['a settlement at the mark of cross pools alone', BY_MODE, 'residual 9: LIMITED_BY_FUND'],
])('the record of %s', (_what, law, last) => {
  it('gives every deleveraging again, and says what was left and why', async () => {
    const record = await recordOf(law);
    const decisions = decisionsIn(record, 'DELEVERAGING', ({ kind }) => kind === 'DELEVERAGING');
    expect(decisions).toHaveLength(2);
    const explained = await Promise.all(decisions.map((decision) => explainDecision(record, decision)));
    expect(explained.map(({ recomputes }) => recomputes)).toEqual([true, true]);
    expect(explained.at(-1)?.says.at(-1)).toBe(last);
  });

  it('is found out when what the second plan depended on was changed', async () => {
    const record = await recordOf(law);
    const changed = record.lines.map((line) =>
      line.replace(/"fundAvailable":"1"/, '"fundAvailable":"2"').replace(/"given":\{[^}]+\}/, '"given":{}'),
    );
    const forged = { ...record, lines: changed };
    const decisions = decisionsIn(forged, 'DELEVERAGING', ({ kind }) => kind === 'DELEVERAGING');
    const explained = await Promise.all(decisions.map((decision) => explainDecision(forged, decision)));
    expect(explained.map(({ recomputes }) => recomputes)).toEqual([true, false]);
  });
});
