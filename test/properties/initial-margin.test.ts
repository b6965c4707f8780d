import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { initialMargin, linkedMaintenanceRate } from '#core/market/initial-margin.ts';
import { USUAL_MARGIN_POLICY } from '#core/market/margin-policy.ts';
import { tierTable } from '#core/market/margin-tiers.ts';
import { decimal } from '#core/units/decimal.ts';
import { type Money, money, ratio } from '#core/units/money.ts';
import { fraction } from '../reference/fraction.ts';
import { initialMarginOf, linkedRateOf } from '../reference/initial-margin.ts';
import { expectClosely, expectExactly } from '../support/compare.ts';
import { positiveText } from '../support/decimal-text.ts';
import { propertyRuns } from '../support/property-runs.ts';

const leverage = fc.oneof(positiveText(2_000, [0, 1]), fc.constantFrom('1', '0.5', '3', '50', '125'));
const amount = positiveText(99_999_999, [0, 2]);

const marginIn = (value: Money, maximumLeverage: string | null, scale: readonly [string, string] | null, interest: string | null) => {
  const openInterestScale = scale === null ? null : { lower: money(decimal(scale[0])), upper: money(decimal(scale[1])) };
  const given = {
    notionalFloor: money(decimal('0')),
    notionalCap: null,
    maintenanceMarginRate: ratio(decimal('0.004')),
    maintenanceAmount: null,
    maximumLeverage: maximumLeverage === null ? null : ratio(decimal(maximumLeverage)),
  };
  const table = tierTable('DEDUCTION', [given], { ...USUAL_MARGIN_POLICY, openInterestScale });
  const [tier] = table.tiers;
  if (tier === undefined) throw new RangeError('the table has a tier');
  return initialMargin(table, tier, value, interest === null ? null : money(decimal(interest)));
};

const inOrder = ([a, b]: readonly [string, string]): readonly [string, string] => (decimal(a).lt(decimal(b)) ? [a, b] : [b, a]);

describe('initial margin', () => {
  it('is the twin, with and without a scale, on its caps and off them, known interest or not', () => {
    const caps = fc.tuple(amount, amount).filter(([lower, more]) => lower !== more);
    const interest = fc.oneof(amount, fc.constantFrom('0', 'LOWER', 'UPPER'));
    fc.assert(
      fc.property(amount, leverage, fc.option(caps), fc.option(interest), (value, maximum, scale, open) => {
        const sorted = scale === null ? null : inOrder(scale);
        const known = open === 'LOWER' ? (sorted?.[0] ?? '1') : open === 'UPPER' ? (sorted?.[1] ?? '1') : open;
        expectClosely(
          marginIn(money(decimal(value)), maximum, sorted, known),
          initialMarginOf(
            fraction(value),
            fraction(maximum),
            sorted === null ? null : { lower: fraction(sorted[0]), upper: fraction(sorted[1]) },
            known === null ? null : fraction(known),
          ),
          'initial margin',
        );
      }),
      propertyRuns(),
    );
  });

  it('never falls when open interest grows, and never asks for more than the whole value at a leverage of 1 and more', () => {
    fc.assert(
      fc.property(amount, amount, fc.integer({ min: 1, max: 125 }), (interest, more, maximum) => {
        const value = money(decimal('1000'));
        const at = (open: string) => marginIn(value, String(maximum), ['1000000', '50000000'], open);
        const grown = decimal(interest).plus(decimal(more)).toFixed();
        expect(at(grown)?.gte(at(interest) ?? value)).toBe(true);
        expect(at(grown)?.lte(value)).toBe(true);
      }),
      propertyRuns(),
    );
  });

  it('is not known where the table states no leverage, and where nobody told the open interest that it depends on', () => {
    expect(marginIn(money(decimal('1000')), null, null, '5')).toBeNull();
    expect(marginIn(money(decimal('1000')), '10', ['1', '2'], null)).toBeNull();
    expect(marginIn(money(decimal('1000')), '10', null, null)?.toFixed()).toBe('100');
  });
});

describe('a maintenance margin rate linked to the leverage', () => {
  it('is the twin, and never below the fraction by more than nothing or above it by a 12th place', () => {
    fc.assert(
      fc.property(leverage, fc.integer({ min: 1, max: 999 }), (maximum, thousandths) => {
        const part = (thousandths / 1000).toFixed(3);
        expectExactly(
          linkedMaintenanceRate(ratio(decimal(part)), ratio(decimal(maximum))),
          linkedRateOf(fraction(part), fraction(maximum)),
          'linked rate',
        );
      }),
      propertyRuns(),
    );
  });
});
