import { describe, expect, it } from 'vitest';
import type { MarginEvent } from '#core/policy.ts';
import { decimal } from '#core/units/decimal.ts';
import { ratio } from '#core/units/money.ts';
import { explainDecision } from '#local/explain/explain-decision.ts';
import { type DecisionRecordFile, decisionsIn } from '#local/explain/read-record.ts';
import type { RuleSet } from '#rule-sets/rule-set.ts';
import { HOUSE, withMarginEvent } from '../../support/small-law.ts';
import { DOUBLE_BUFFER, equally, firstPart, fractionOf, portionOf, toRecovery, withExecution } from '../../support/small-reduction.ts';
import { inputsOf, replayed, type SmallVenue } from '../../support/small-venue.ts';

/** A hedge-mode pool over two markets that is in breach from the first mark on. */
const VENUE: SmallVenue = {
  accounts: 'loser | 46 | LONG 10 AAA 100 + SHORT 2 AAA 101 + LONG 1 BBB 100\n winner | 9000 | SHORT 10 AAA 100 + SHORT 1 BBB 100',
  takerFeeRate: '0.0005',
  marks: '0 | 100 | 100\n 15 | 94.6 | 99\n 30 | 94.6 | 99\n 45 | 94.6 | 99\n 60 | 94.5 | 99',
};

const PENALTY = { liquidationFeeRate: ratio(decimal('0.5')), liquidationFeeBasis: { kind: 'RELEASED_MAINTENANCE' } } as const;
const BOUNDED = {
  liquidationFeeRate: ratio(decimal('0.01')),
  liquidationFeeBasis: { kind: 'MARGIN_LEFT', share: ratio(decimal('0.95')) },
} as const;
const ONE = { legs: { order: 'LARGEST_LOSS', atOnce: 'ONE' } } as const;

const under = (event: MarginEvent, changes: Parameters<typeof withExecution>[1] = {}): RuleSet =>
  withExecution(withMarginEvent(HOUSE, event), changes);

const LAWS: readonly (readonly [string, RuleSet])[] = [
  ['a first part, then all', under(firstPart('100', 'WAIT'), BOUNDED)],
  ['a first part, all meanwhile', under(firstPart('100', 'CLOSE_ALL'))],
  ['equal shares with a penalty', under(equally, PENALTY)],
  ['portions of a minute', under(portionOf('0.1', '100'))],
  ['as little as recovers', under(toRecovery, { ...DOUBLE_BUFFER, ...BOUNDED })],
  ['fractions until recovery', under(fractionOf('0.2'), { ...DOUBLE_BUFFER, ...ONE })],
  ['one position at a time', under({ type: 'LIQUIDATE' }, { ...ONE, ...DOUBLE_BUFFER })],
];

describe.each(LAWS)('the record of a liquidation by %s', (_name, law) => {
  it('gives every judgement and every opening again', async () => {
    const { record } = await replayed(VENUE, law);
    const terms = new Map(inputsOf(VENUE, law).initial.markets.map((market) => [market.terms.marketId, market.terms] as const));
    const file: DecisionRecordFile = { file: 'record.jsonl', ruleSet: law, terms, lines: record.lines };
    const decisions = ['MARGIN', 'OPENING'].flatMap((kind) => decisionsIn(file, `"kind":"${kind}"`, (each) => each.kind === kind));
    expect(decisions.filter(({ kind }) => kind === 'OPENING').length).toBeGreaterThan(0);
    const explained = await Promise.all(decisions.map((decision) => explainDecision(file, decision)));
    expect(explained.flatMap(({ recomputes }, at) => (recomputes ? [] : [decisions[at]?.decisionId]))).toEqual([]);
  });
});
