import { describe, expect, it } from 'vitest';
import { decideMargin, isOpening, type MarginChoice, poolState } from '#core/liquidation/decide-margin.ts';
import type { MarginEvent, Verdict, VerdictOutcome } from '#core/policy.ts';
import { decimal } from '#core/units/decimal.ts';
import { ratio } from '#core/units/money.ts';
import { assessedAt, poolOf } from '../../support/core-states.ts';
import { textTable } from '../../support/text-table.ts';

const OUTCOMES: Readonly<Record<string, VerdictOutcome>> = { '+': 'FIRED', '-': 'SILENT', '!': 'ERROR' };

const EVENTS: Readonly<Record<string, MarginEvent>> = {
  warn: { type: 'WARN' },
  step: { type: 'REDUCE_TO_TIER', tiers: 1 },
  part: { type: 'REDUCE_BY_FRACTION', fraction: ratio(decimal('0.2')), cooldown: null },
  close: { type: 'LIQUIDATE' },
  hand: { type: 'TAKE_OVER' },
};

/** `+warn -close !step`: rules by priority, highest first, each with its outcome. */
const verdictsOf = (text: string): readonly Verdict<MarginEvent>[] =>
  text.split(' ').flatMap((each, index): readonly Verdict<MarginEvent>[] => {
    const outcome = OUTCOMES[each.charAt(0)];
    const event = EVENTS[each.slice(1)];
    if (outcome === undefined || event === undefined) return [];
    return [{ rule: each.slice(1), priority: 99 - index, event, outcome, error: outcome === 'ERROR' ? 'no fact' : null }];
  });

const word = (choice: MarginChoice): string => {
  if (choice.kind === 'REFUSED') return 'REFUSED';
  if (choice.kind === 'REDUCE') return `${choice.size.type} by ${choice.rule}`;
  return choice.kind === 'NONE' ? 'NONE' : `${choice.kind} by ${choice.rule}`;
};

/** A long of 10 from 100 with 50: bankrupt at 95. */
const pool = poolOf('50', 'LONG 10 AAA 1000');
const solvent = assessedAt(pool, 'AAA 95.01');
const insolvent = assessedAt(pool, 'AAA 95');

describe('what the verdicts choose', () => {
  it.each(
    textTable(
      'verdicts            | solvent           | insolvent',
      `
       none                | NONE              | LIQUIDATE by null     // an insolvent pool closes whole, whatever the rules
       -close -warn        | NONE              | LIQUIDATE by null
       +warn               | WARN by warn      | LIQUIDATE by null
       +warn -close        | WARN by warn      | LIQUIDATE by null
       +warn +close        | LIQUIDATE by close | LIQUIDATE by close   // a warning of higher priority is in nobody's way
       +close +warn        | LIQUIDATE by close | LIQUIDATE by close
       +step +close +warn  | REDUCE_TO_TIER by step  | LIQUIDATE by null     // the highest that acts; a step would not be enough
       +part +close        | REDUCE_BY_FRACTION by part  | LIQUIDATE by null
       +close +step        | LIQUIDATE by close | LIQUIDATE by close
       -step +close        | LIQUIDATE by close | LIQUIDATE by close
       +hand +close        | TAKE_OVER by hand | TAKE_OVER by hand
       !step +close        | REFUSED           | REFUSED               // an error is never silence,
       +close !warn        | REFUSED           | REFUSED               // of whatever rule and priority
       -close !warn        | REFUSED           | REFUSED
      `,
    ),
  )('$verdicts: $solvent, insolvent $insolvent', ({ verdicts, solvent: first, insolvent: second }) => {
    expect(word(decideMargin(solvent, verdictsOf(verdicts)))).toBe(first);
    expect(word(decideMargin(insolvent, verdictsOf(verdicts)))).toBe(second);
  });

  it('a refusal names the rule and why', () => {
    expect(decideMargin(solvent, verdictsOf('!step'))).toEqual({ kind: 'REFUSED', reason: 'rule `step`: no fact' });
  });
});

describe('the state that is shown', () => {
  it.each(
    textTable(
      'verdicts | solvent      | opening',
      `
       none     | SAFE         | no
       +warn    | WARNED       | no
       +step    | LIQUIDATABLE | yes
       +close   | LIQUIDATABLE | yes
       +hand    | LIQUIDATABLE | yes
       !close   | SAFE         | no
      `,
    ),
  )('of $verdicts is $solvent, and INSOLVENT at or below zero balance', ({ verdicts, solvent: state, opening }) => {
    const choice = decideMargin(solvent, verdictsOf(verdicts));
    expect(poolState(solvent, choice)).toBe(state);
    expect(isOpening(choice) ? 'yes' : 'no').toBe(opening);
    expect(poolState(insolvent, decideMargin(insolvent, verdictsOf(verdicts)))).toBe('INSOLVENT');
  });

  it('a pool without positions is never insolvent, whatever its balance', () => {
    const empty = assessedAt(poolOf('-5', '-'), 'AAA 1');
    expect([empty.insolvent, empty.marginRatio?.toFixed(), poolState(empty, { kind: 'NONE' })]).toEqual([false, '0', 'SAFE']);
  });
});
