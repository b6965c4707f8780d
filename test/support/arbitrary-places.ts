import fc, { type Arbitrary } from 'fast-check';
import type { Place } from '#core/adl/allocation/allocate.ts';
import type { AllocationPolicy } from '#core/adl/allocation/allocation-policy.ts';
import { decimal } from '#core/units/decimal.ts';
import { money, quantity } from '#core/units/money.ts';
import { fraction } from '../reference/fraction.ts';
import type { ReferenceVessel } from '../reference/water-level.ts';
import { scaledText, timesText } from './decimal-text.ts';

/** A counterparty of an allocation in plain texts. Contracts and money. */
export interface PlaceCase {
  readonly ranked: string;
  readonly held: string;
  readonly limit: string;
  readonly profit: string;
  readonly equity: string;
  readonly notionalValue: string;
}

export const LEVEL_POLICIES = [
  'PRO_RATA_BY_PROFIT',
  'PRO_RATA_BY_EQUITY',
  'PRO_RATA_BY_CONTRACTS',
  'CAPPED_PRO_RATA',
  'RISK_AWARE_PRO_RATA',
  'LEVERAGE_DRAIN',
] as const satisfies readonly AllocationPolicy[];

export const POLICIES: readonly AllocationPolicy[] = ['QUEUE', ...LEVEL_POLICIES];

const partOf = (whole: string, thousandths: number): string => timesText(whole, scaledText(BigInt(thousandths), 3)).toDecimalString(12);

const share = fc.oneof(fc.constant(1000), fc.integer({ min: 0, max: 1000 }));
const amount = fc.oneof(
  fc.constantFrom('0', '1', '10', '10'),
  fc.integer({ min: 0, max: 9_000_000 }).map((each) => scaledText(BigInt(each), 3)),
);

/** Places at one mark of 100, full of equal ones, odd lots, limits, used-up positions and places without profit or equity. */
const placeCase: Arbitrary<PlaceCase> = fc
  .record({
    ranked: fc.oneof(
      fc.constantFrom('1', '4', '10.5'),
      fc.integer({ min: 1, max: 40_000 }).map((each) => scaledText(BigInt(each), 3)),
    ),
    left: share,
    allowed: share,
    profit: amount,
    equity: amount,
  })
  .map(({ ranked, left, allowed, profit, equity }) => {
    const held = partOf(ranked, left);
    return { ranked, held, limit: partOf(held, allowed), profit, equity, notionalValue: partOf(ranked, 100_000) };
  });

export const lotSizes = fc.constantFrom('1', '0.001', '5', '0.5');
export const needs = fc.integer({ min: 1, max: 90_000 }).map((each) => scaledText(BigInt(each), 3));
export const crowds = fc.array(placeCase, { maxLength: 7 });

export const corePlace = (each: PlaceCase): Place => ({
  ranked: quantity(decimal(each.ranked)),
  held: quantity(decimal(each.held)),
  limit: quantity(decimal(each.limit)),
  profit: money(decimal(each.profit)),
  marginBalance: money(decimal(each.equity)),
  notionalValue: money(decimal(each.notionalValue)),
});

/** The place as the twin fills it, from the formula of the policy. */
export const referenceVessel = (policy: (typeof LEVEL_POLICIES)[number], each: PlaceCase): ReferenceVessel => {
  const [ranked, held, cap] = [fraction(each.ranked), fraction(each.held), fraction(each.limit)];
  const [profit, equity] = [fraction(each.profit), fraction(each.equity)];
  const intercept = held.minus(ranked);
  switch (policy) {
    case 'PRO_RATA_BY_PROFIT':
    case 'CAPPED_PRO_RATA':
      return { intercept, weight: profit, cap };
    case 'PRO_RATA_BY_EQUITY':
      return { intercept, weight: equity, cap };
    case 'PRO_RATA_BY_CONTRACTS':
      return { intercept, weight: ranked, cap };
    case 'RISK_AWARE_PRO_RATA': {
      const leverage = equity.sign() > 0 ? fraction(each.notionalValue).over(equity) : equity;
      return { intercept, weight: profit.times(leverage.toThePower(2)), cap };
    }
    case 'LEVERAGE_DRAIN':
      return { intercept: held, weight: equity, cap };
  }
};
