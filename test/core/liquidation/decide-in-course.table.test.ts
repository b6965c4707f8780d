import { describe, expect, it } from 'vitest';
import { decideInCourse } from '#core/liquidation/decide-in-course.ts';
import type { MarginChoice } from '#core/liquidation/decide-margin.ts';
import type { RecoveryPolicy } from '#core/liquidation/reduction-policy.ts';
import type { MarginEvent, Verdict, VerdictOutcome } from '#core/policy.ts';
import { decimal } from '#core/units/decimal.ts';
import { ratio } from '#core/units/money.ts';
import { epochMs } from '#core/units/time.ts';
import { assessedAt, poolOf } from '../../support/core-states.ts';
import { textTable } from '../../support/text-table.ts';

const EVENTS: readonly (readonly [string, MarginEvent])[] = [
  ['part', { type: 'REDUCE_BY_FRACTION', fraction: ratio(decimal('0.2')), cooldown: null }],
  ['step', { type: 'REDUCE_TO_TIER', tiers: 1 }],
  ['close', { type: 'LIQUIDATE' }],
  ['warn', { type: 'WARN' }],
];

const verdictsOf = (fired: string): readonly Verdict<MarginEvent>[] =>
  EVENTS.map(([rule, event], index) => {
    const outcome: VerdictOutcome = fired === rule ? 'FIRED' : fired === `!${rule}` ? 'ERROR' : 'SILENT';
    return { rule, priority: 9 - index, event, outcome, error: null };
  });

const POLICIES: Readonly<Record<string, RecoveryPolicy>> = {
  MAINTENANCE: { recovery: 'MAINTENANCE', recoveryBuffer: null },
  BUFFER: { recovery: 'BUFFER', recoveryBuffer: { of: 'MAINTENANCE_MARGIN', ratio: ratio(decimal('0.5')) } },
};

const word = (choice: MarginChoice): string => ('rule' in choice ? `${choice.kind} by ${choice.rule}` : choice.kind);

/** A long of 10 from 100: its maintenance margin at 100 is 10, with the buffer 15. */
const choiceOf = (balance: string, last: string, fired: string, recovery: string, caseId: string | null = null): string => {
  const lastReduction = last === '-' ? null : { rule: last, at: epochMs(0), until: epochMs(0) };
  const pool = poolOf(balance, 'LONG 10 AAA 1000', { lastReduction, caseId });
  const policy = POLICIES[recovery];
  if (policy === undefined) throw new RangeError(`there is no policy \`${recovery}\``);
  return word(decideInCourse(assessedAt(pool, 'AAA 100'), verdictsOf(fired), policy));
};

describe('a pool that needs 10, and 15 to have recovered', () => {
  it.each(
    textTable(
      'balance | last  | fired | recovery    | choice',
      `
       12      | -     | none  | BUFFER      | NONE                // nothing began
       12      | part  | none  | BUFFER      | REDUCE by part      // goes on although no rule fires
       14.99   | part  | none  | BUFFER      | REDUCE by part
       15      | part  | none  | BUFFER      | NONE                // recovered
       12      | part  | warn  | BUFFER      | REDUCE by part      // a warning is no end
       12      | part  | close | BUFFER      | LIQUIDATE by close  // the rule that fires decides
       12      | part  | !step | BUFFER      | REFUSED             // an error is never silence
       12      | close | none  | BUFFER      | LIQUIDATE by close  // one position at a time
       12      | step  | none  | BUFFER      | NONE                // no position is above the lowest tier: nothing to step down
       12      | gone  | none  | BUFFER      | NONE                // the law has no such rule any more
       12      | part  | none  | MAINTENANCE | NONE                // the rules alone
      `,
    ),
  )('with $balance, after $last, fired $fired under $recovery: $choice', ({ balance, last, fired, recovery, choice }) => {
    expect(choiceOf(balance, last, fired, recovery)).toBe(choice);
  });

  it('goes on with the case that holds it until it has recovered', () => {
    const held = 'a1#CROSS#USDT#1';
    expect(choiceOf('12', '-', 'none', 'BUFFER', held)).toBe('LIQUIDATE by null');
    expect(choiceOf('15', '-', 'none', 'BUFFER', held)).toBe('NONE');
    expect(choiceOf('12', '-', 'none', 'MAINTENANCE', held)).toBe('NONE');
  });
});
