import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { present } from '#core/invariant.ts';
import { initialMarginBalance, type OpeningRequest, openInterestCap, openingRefusal, withdrawable } from '#core/margin/opening-check.ts';
import { decimal } from '#core/units/decimal.ts';
import { money } from '#core/units/money.ts';
import { fraction, greatest, least, total, ZERO } from '../reference/fraction.ts';
import { expectExactly } from '../support/compare.ts';
import { CONTAINMENT } from '../support/containing-law.ts';
import { assessedAt, poolOf } from '../support/core-states.ts';
import { propertyRuns } from '../support/property-runs.ts';
import { textTable } from '../support/text-table.ts';

/** Cap 1,000, half of it in an amber market; one account at most a quarter from 100 on; profit counts up to 100. */
const POLICY = present(CONTAINMENT.opening, 'the law has an opening policy');
const amount = (text: string) => money(decimal(text));

const request = (changes: Partial<OpeningRequest>): OpeningRequest => ({
  status: 'ACTIVE',
  band: 'GREEN',
  openInterestAfter: amount('400'),
  accountValueAfter: amount('100'),
  initialMarginBalance: amount('50'),
  initialMarginAfter: amount('50'),
  ...changes,
});

describe('G7: the cap of open interest', () => {
  it.each(
    textTable(
      'band  | open interest | answer',
      `
       GREEN | 1000          | -
       GREEN | 1000.01       | OPEN_INTEREST_CAP
       AMBER | 500           | -                  // exactly its share
       AMBER | 500.01        | OPEN_INTEREST_CAP
       RED   | 1             | SECURITY_RED
      `,
    ),
  )('$open interest of a $band market: $answer', ({ band, answer, ...row }) => {
    const named = present(
      (['GREEN', 'AMBER', 'RED'] as const).find((each) => each === band),
      band,
    );
    const after = amount(row['open interest']);
    expect(openingRefusal(request({ band: named, openInterestAfter: after }), POLICY) ?? '-').toBe(answer);
  });

  it('is none where the law has none, whatever the band', () => {
    expect(openInterestCap({ ...POLICY, openInterestCap: null }, 'RED')).toBeNull();
  });

  it('opens nothing in a market that is not active', () => {
    for (const status of ['REDUCE_ONLY', 'HALTED', 'SETTLING'] as const)
      expect(openingRefusal(request({ status }), POLICY)).toBe('MARKET_NOT_ACTIVE');
  });
});

describe('G8: the share of one account', () => {
  it.each(
    textTable(
      'open interest | account | answer',
      `
       400           | 100     | -              // exactly a quarter
       400           | 100.01  | POSITION_SHARE
       100           | 100     | -              // small enough for anybody
       100.01        | 100     | POSITION_SHARE
      `,
    ),
  )('$account of $open interest: $answer', ({ account, answer, ...row }) => {
    const asked = request({ openInterestAfter: amount(row['open interest']), accountValueAfter: amount(account) });
    expect(openingRefusal(asked, POLICY) ?? '-').toBe(answer);
  });

  it('the position of 31 July 2018, all of a quarter of its market and more, would not have been opened', () => {
    const asked = request({ openInterestAfter: amount('1000'), accountValueAfter: amount('416') });
    expect(openingRefusal(asked, POLICY)).toBe('POSITION_SHARE');
  });
});

describe('G15: unrealized profit that counts for opening and withdrawing', () => {
  it('is counted up to the cap, losses in full, and liquidation judges by all of it', () => {
    const won = assessedAt(poolOf('30', 'LONG 10 AAA 1000 + SHORT 1 BBB 100'), 'AAA 150, BBB 120');
    expect(initialMarginBalance(won, amount('100')).toFixed()).toBe('110');
    expect(initialMarginBalance(won, null).toFixed()).toBe('510');
    expect(won.marginBalance.toFixed()).toBe('510');
  });

  it('is never withdrawn: at most the balance, at most what the margin leaves', () => {
    const won = assessedAt(poolOf('30', 'LONG 10 AAA 1000'), 'AAA 150');
    expect(withdrawable(won, amount('10'), null).toFixed()).toBe('30');
    expect(withdrawable(won, amount('120'), amount('100')).toFixed()).toBe('10');
    expect(withdrawable(won, amount('131'), amount('100')).toFixed()).toBe('0');
    expect(openingRefusal(request({ initialMarginAfter: amount('50.01') }), POLICY)).toBe('INITIAL_MARGIN');
  });

  it('is what the twin counts: balance + Σ losses + min(cap, Σ profits)', () => {
    const marks = fc.integer({ min: 1, max: 300 });
    fc.assert(
      fc.property(fc.integer({ min: -500, max: 500 }), marks, marks, fc.integer({ min: 0, max: 900 }), (balance, aaa, bbb, cap) => {
        const assessed = assessedAt(poolOf(String(balance), 'LONG 3 AAA 300 + SHORT 2 BBB 200'), `AAA ${aaa}, BBB ${bbb}`);
        const each = [3 * aaa - 300, 200 - 2 * bbb].map((value) => fraction(String(value)));
        const profits = total(each.map((value) => greatest(ZERO, value)));
        const losses = total(each.map((value) => least(ZERO, value)));
        const twin = total([fraction(String(balance)), losses, least(fraction(String(cap)), profits)]);
        expectExactly(initialMarginBalance(assessed, amount(String(cap))), twin, 'counted');
      }),
      propertyRuns(),
    );
  });
});
