import { describe, expect, it } from 'vitest';
import {
  decideShortfall,
  isBeyondReservation,
  isTriggered,
  stateAfterOrders,
  stoppedBeyondReservation,
} from '#core/insurance/settle-outcome.ts';
import { present } from '#core/invariant.ts';
import type { DeleveragingTrigger, ShortfallEventType, Verdict, VerdictOutcome } from '#core/policy.ts';
import { decimal } from '#core/units/decimal.ts';
import { money, price } from '#core/units/money.ts';
import { caseInState, legWith } from '../../support/core-cases.ts';
import { fundOf, termsOf } from '../../support/core-states.ts';
import { textTable } from '../../support/text-table.ts';

const TRIGGERS: readonly DeleveragingTrigger[] = ['ORDER_ENDED', 'MARK_AT_BANKRUPTCY', 'FUND_DRAWDOWN'];
const OUTCOMES: Readonly<Record<string, VerdictOutcome>> = { '+': 'FIRED', '-': 'SILENT', '!': 'ERROR' };
const EVENTS: Readonly<Record<string, ShortfallEventType>> = { absorb: 'ABSORB', adl: 'DELEVERAGE', halt: 'HALT' };

/** `+absorb -halt !adl`: rules with their outcomes. */
const verdictsOf = (text: string): readonly Verdict<{ readonly type: ShortfallEventType }>[] =>
  text.split(' ').flatMap((each, index) => {
    const outcome = OUTCOMES[each.charAt(0)];
    const type = EVENTS[each.slice(1)];
    return outcome === undefined || type === undefined
      ? []
      : [{ rule: each.slice(1), priority: 9 - index, event: { type }, outcome, error: null }];
  });

const choiceOf = (text: string) => decideShortfall(verdictsOf(text));

describe('what the shortfall rules allow', () => {
  it.each(
    textTable(
      'verdicts           | absorbs | deleverages | halts',
      `
       none               | false   | false       | false
       +absorb +adl       | true    | true        | false
       +absorb -adl       | true    | false       | false
       -absorb +adl       | false   | true        | false
       +absorb +adl +halt | true    | true        | true
       !absorb +adl       | false   | false       | true    // an error allows nothing
       +absorb !halt      | false   | false       | true
      `,
    ),
  )('$verdicts: absorbs $absorbs, deleverages $deleverages, halts $halts', ({ verdicts, absorbs, deleverages, halts }) => {
    const choice = choiceOf(verdicts);
    expect([choice.absorbs, choice.deleverages, choice.halts].map(String)).toEqual([absorbs, deleverages, halts]);
  });

  it('an error names its rule', () => expect(choiceOf('!absorb').error).toBe('rule `absorb`: no verdict'));
});

describe('fills that cost more than was reserved', () => {
  const stopped = (verdicts: string, overrun: string) => stoppedBeyondReservation(choiceOf(verdicts), money(decimal(overrun)));

  it('halt whatever else the rules allow, and say by how much', () => {
    expect(stopped('+absorb +adl', '0.1')).toEqual({
      absorbs: true,
      deleverages: true,
      socializes: false,
      halts: true,
      error: 'the fills cost `0.1` more than the fund reserved',
    });
    expect(isBeyondReservation(stopped('+absorb +adl', '0.1'))).toBe(true);
  });

  it.each(['0', '3'])('halt the case with %s left', (residual) => {
    const liquidation = caseInState('ORDERED', { legs: [legWith(residual)], drawn: money(decimal('5')) });
    expect(stateAfterOrders(liquidation, stopped('+absorb +adl', '0.1'), true)).toBe('HALTED');
  });

  it.each(['+absorb +adl', '+absorb +halt', '!absorb +adl', '+absorb !halt', 'none'])(
    'are not taken for what %s says by itself',
    (verdicts) => {
      expect(stopped(verdicts, '0')).toEqual(choiceOf(verdicts));
      expect(isBeyondReservation(choiceOf(verdicts))).toBe(false);
    },
  );
});

describe('a residual that was bankrupt at 95', () => {
  it.each(
    textTable(
      'trigger            | side  | mark   | drawdown | balance | triggered',
      `
       ORDER_ENDED        | LONG  | 200    | off      | 500     | yes
       MARK_AT_BANKRUPTCY | LONG  | 95.01  | on       | 500     | no
       MARK_AT_BANKRUPTCY | LONG  | 95     | off      | 500     | yes   // reached is enough
       MARK_AT_BANKRUPTCY | LONG  | 94.99  | off      | 500     | yes
       MARK_AT_BANKRUPTCY | SHORT | 94.99  | on       | 500     | no
       MARK_AT_BANKRUPTCY | SHORT | 95     | off      | 500     | yes
       MARK_AT_BANKRUPTCY | SHORT | 95.01  | off      | 500     | yes
       FUND_DRAWDOWN      | LONG  | 1      | off      | 500     | no
       FUND_DRAWDOWN      | LONG  | 200    | on       | 500     | yes
       FUND_DRAWDOWN      | LONG  | 1      | off      | 0       | yes   // nothing above the floor is past any drawdown
       FUND_DRAWDOWN      | LONG  | 200    | off      | 0       | yes
       FUND_DRAWDOWN      | LONG  | 1      | off      | 9.4     | no    // a tenth costs 9.4
       FUND_DRAWDOWN      | LONG  | 1      | off      | 9.39    | yes   // less than a lot is nothing
       FUND_DRAWDOWN      | SHORT | 189    | off      | 9.39    | yes
       FUND_DRAWDOWN      | LONG  | 96     | off      | 0.01    | no    // nothing is to be paid for it
      `,
    ),
  )('$trigger: $side at $mark, drawdown $drawdown, fund $balance: $triggered', ({ trigger, side, mark, drawdown, balance, triggered }) => {
    const known = present(
      TRIGGERS.find((each) => each === trigger),
      trigger,
    );
    const leg = legWith('10', side === 'LONG' ? 'LONG' : 'SHORT');
    const fund = { ...fundOf(balance), drawdown: { peaks: [], active: drawdown === 'on' } };
    const ground = { leg, market: { terms: termsOf(), markPrice: price(decimal(mark)) }, fund, fundAfter: fund };
    expect(isTriggered(known, ground) ? 'yes' : 'no').toBe(triggered);
  });

  it('has no mark to wait for without a positive bankruptcy price', () => {
    const leg = { ...legWith('10'), bankruptcyPrice: null };
    const [fund, market] = [fundOf('500'), { terms: termsOf(), markPrice: price(decimal('1')) }];
    expect(isTriggered('MARK_AT_BANKRUPTCY', { leg, market, fund, fundAfter: fund })).toBe(false);
  });
});

describe('FUND_DRAWDOWN, a fund of 50 with 45 held for the order, where a lot costs 9.4', () => {
  const triggeredWith = (fundAfter: string): boolean => {
    const market = { terms: termsOf(), markPrice: price(decimal('1')) };
    const fund = { ...fundOf('50'), reserved: new Map([['AAA', money(decimal('45'))]]) };
    return isTriggered('FUND_DRAWDOWN', { leg: legWith('5'), market, fund, fundAfter: fundOf(fundAfter) });
  };

  it('asks nobody where the order ended and left the fund enough for another', () => expect(triggeredWith('50')).toBe(false));
  it('asks counterparties where the order was paid', () => expect(triggeredWith('5')).toBe(true));
});

describe('the state of a case whose orders have ended', () => {
  it.each(
    textTable(
      'kind      | residual | drawn | verdicts           | triggered | state',
      `
       LIQUIDATE | 0        | 0     | +absorb +adl       | yes       | CLOSED_MARKET
       LIQUIDATE | 0        | 5     | +absorb +adl       | yes       | CLOSED_FUND
       LIQUIDATE | 0        | 5     | +halt              | yes       | CLOSED_FUND     // nothing is open that could be halted
       LIQUIDATE | 3        | 5     | +absorb +adl       | yes       | ADL_WAIT
       LIQUIDATE | 3        | 0     | +adl               | no        | ADL_EXHAUSTED   // stays open and visible until the next mark
       LIQUIDATE | 3        | 0     | +absorb            | yes       | ADL_EXHAUSTED
       LIQUIDATE | 3        | 0     | none               | yes       | ADL_EXHAUSTED
       LIQUIDATE | 3        | 0     | +adl +halt         | yes       | HALTED
       LIQUIDATE | 3        | 0     | !adl               | yes       | HALTED
       REDUCE    | 3        | 0     | +adl               | yes       | CLOSED_MARKET   // what a reduction left is judged again
       REDUCE    | 3        | 0     | +halt              | yes       | CLOSED_MARKET
       REDUCE    | 0        | 0     | none               | no        | CLOSED_MARKET
      `,
    ),
  )('$kind with $residual left, $drawn drawn, $verdicts, triggered $triggered: $state', (row) => {
    const liquidation = caseInState('ORDERED', {
      kind: row.kind === 'REDUCE' ? 'REDUCE' : 'LIQUIDATE',
      legs: [legWith('0'), legWith(row.residual)],
      drawn: money(decimal(row.drawn)),
    });
    expect(stateAfterOrders(liquidation, choiceOf(row.verdicts), row.triggered === 'yes')).toBe(row.state);
  });
});
