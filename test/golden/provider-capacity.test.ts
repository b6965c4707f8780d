import { describe, expect, it } from 'vitest';
import { providerCapacity } from '#core/liquidation/provider-capacity.ts';
import { decimal } from '#core/units/decimal.ts';
import { money, ratio } from '#core/units/money.ts';
import { textTable } from '../support/text-table.ts';

const amount = (text: string) => money(decimal(text));

/** Deribit, liquidity support program, read 2026-11-22: 15 % of an equity of one million are 150,000 a window. */
describe('V17 what a support provider may still take', () => {
  it.each(
    textTable(
      'equity | notional | used | capacity',
      `
      1000000 | 0       | 0      | 150000
      1000000 | 1900000 | 0      | 100000   // twice its equity is near
      1000000 | 0       | 149999 | 1
      1000000 | 0       | 150000 | 0
      1000000 | 2100000 | 0      | 0        // beyond it nothing, not less
      -5      | 0       | 0      | 0
      `,
    ),
  )('with $equity, $notional held and $used used is $capacity', ({ equity, notional, used, capacity }) => {
    const provider = { maximumLeverage: ratio(decimal('2')), shareOfEquity: ratio(decimal('0.15')) };
    const given = { ...provider, marginBalance: amount(equity), notionalValue: amount(notional), usedInWindow: amount(used) };
    expect(providerCapacity(given).toFixed()).toBe(capacity);
  });
});
