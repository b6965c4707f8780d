import { expect, it } from 'vitest';
import { fundAvailable } from '#core/insurance/fund-limits.ts';

import type { Side } from '#core/market/side.ts';
import { valueAt } from '#core/market/valuation.ts';
import { decimal } from '#core/units/decimal.ts';
import { type Money, money, type Price, price, type Quantity, quantity, type Ratio } from '#core/units/money.ts';
import { type DurationMs, durationMs, elapsedMs, epochMs, intervalStart } from '#core/units/time.ts';
import { termsOf } from '../../support/core-states.ts';

/** What the compiler refuses is tested by the compiler: an expected error that does not come fails `tsc`. */
it('a unit is not another unit', () => {
  const terms = termsOf();
  const mark = price(decimal('100'));
  const held = quantity(decimal('2'));
  expect(valueAt(terms, held, mark).toFixed()).toBe('200');
  // @ts-expect-error: a price is not a quantity, nor a quantity a price
  valueAt(terms, mark, held);
  // @ts-expect-error: a plain decimal is no price before its constructor has seen it
  valueAt(terms, held, decimal('100'));
  // @ts-expect-error: what two prices leave is a decimal until somebody says what it is
  const difference: Price = mark.minus(mark);
  // @ts-expect-error: money is no ratio
  const share: Ratio = money(decimal('1'));
  // @ts-expect-error: a number is no money
  const amount: Money = 5;
  // @ts-expect-error: nor a quantity
  const size: Quantity = 5;
  expect([difference, share, amount, size]).toHaveLength(4);
});

it('a length of time is not a time', () => {
  const minute = durationMs(60_000);
  expect(elapsedMs(epochMs(0), epochMs(60_000))).toBe(minute);
  // @ts-expect-error: a duration is no point in time
  intervalStart(minute, minute);
  // @ts-expect-error: a number is no duration
  const plain: DurationMs = 60_000;
  expect(plain).toBe(minute);
});

it('an id is not a side, and a fund is not asked about a number', () => {
  // @ts-expect-error: sides are LONG and SHORT
  const side: Side = 'BUY';
  // @ts-expect-error: an available amount is asked for a market id
  const ask = () => fundAvailable(undefined, 5);
  expect(side).toBe('BUY');
  expect(ask).toThrow();
});
