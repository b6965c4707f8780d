import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { paidOut, withdrawalCharge } from '#core/insurance/withdrawal-charge.ts';
import { decimal } from '#core/units/decimal.ts';
import { money } from '#core/units/money.ts';
import { fraction } from '../reference/fraction.ts';
import { exactly } from '../support/compare.ts';
import { propertyRuns } from '../support/property-runs.ts';

const cents = (count: number) => money(decimal(String(count)).div(100));
const anyAmount = fc.integer({ min: 0, max: 1_000_000_000 });
const QUANTUM = fraction('0.000000000001');

describe('the charge on withdrawals', () => {
  it('pays what the twin pays, amount·total / (total + owed), down by less than two quanta and never up', () => {
    fc.assert(
      fc.property(anyAmount, anyAmount, fc.integer({ min: 1, max: 1_000_000_000 }), (amount, owed, total) => {
        const paid = exactly(paidOut(cents(amount), withdrawalCharge(cents(owed), cents(total))));
        const twin = fraction(String(amount))
          .times(fraction(String(total)))
          .over(fraction(String(100 * (total + owed))));
        expect(paid.isAbove(twin)).toBe(false);
        expect(paid.plus(QUANTUM).plus(QUANTUM).isAbove(twin)).toBe(true);
      }),
      propertyRuns(),
    );
  });

  it('takes no less where more is owed, and pays nobody more for splitting a withdrawal', () => {
    fc.assert(
      fc.property(anyAmount, anyAmount, anyAmount, fc.integer({ min: 1, max: 1_000_000_000 }), (first, second, owed, total) => {
        const charge = withdrawalCharge(cents(owed), cents(total));
        expect(withdrawalCharge(cents(owed + 1), cents(total)).gte(charge)).toBe(true);
        const parts = paidOut(cents(first), charge).plus(paidOut(cents(second), charge));
        expect(parts.lte(paidOut(cents(first + second), charge))).toBe(true);
      }),
      propertyRuns(),
    );
  });
});
