import { describe, expect, it } from 'vitest';
import { paidOut, withdrawalCharge } from '#core/insurance/withdrawal-charge.ts';
import { decimal } from '#core/units/decimal.ts';
import { money } from '#core/units/money.ts';

const amount = (text: string) => money(decimal(text));

/**
 * Paradex, socialized losses, read 2026-11-22: a fund owes 1,000. The page's example comes to 25 % and pays 375 of a withdrawal of 500; its formula with the
 * total of 4,000 that it prints comes to 20 %. Both follow from one formula, with and without the fund in the total.
 */
describe('V7 the charge on withdrawals', () => {
  it('is 25 % of a withdrawal where the others have 3,000, and pays 375 of 500', () => {
    const charge = withdrawalCharge(amount('1000'), amount('3000'));
    expect(charge.toFixed()).toBe('0.25');
    expect(paidOut(amount('500'), charge).toFixed()).toBe('375');
  });

  it('would be 20 % with a total of 4,000, which the page prints beside 25 %', () => {
    expect(withdrawalCharge(amount('1000'), amount('4000')).toFixed()).toBe('0.2');
  });

  it('is nothing once nothing is owed', () => {
    expect(paidOut(amount('500'), withdrawalCharge(amount('0'), amount('3000'))).toFixed()).toBe('500');
  });

  it('pays down to the quantum', () => {
    expect(paidOut(amount('1'), withdrawalCharge(amount('1'), amount('2'))).toFixed()).toBe('0.666666666666');
  });
});
