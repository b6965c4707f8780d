import fc, { type Arbitrary } from 'fast-check';
import type { DrawdownPolicy } from '#core/policy.ts';
import { decimal } from '#core/units/decimal.ts';
import { money, ratio } from '#core/units/money.ts';
import { durationMs } from '#core/units/time.ts';
import { fraction } from '../reference/fraction.ts';
import type { ReferenceDrawdownPolicy } from '../reference/fund.ts';

export const WINDOW_MS = 8 * 3_600_000;

/** Terms of a drawdown rule in plain texts. */
export interface DrawdownTerms {
  readonly trigger: string;
  readonly release: string;
  readonly operator: 'AT_LEAST' | 'GREATER_THAN';
  readonly minimumBalance: string;
}

export const drawdownTerms: Arbitrary<DrawdownTerms> = fc.record({
  trigger: fc.constantFrom('0.3', '0.5', '1'),
  release: fc.constantFrom('0.25', '0.1', '0.3'),
  operator: fc.constantFrom('AT_LEAST', 'GREATER_THAN'),
  minimumBalance: fc.constantFrom('0', '500', '1000'),
});

export const coreDrawdownPolicy = (each: DrawdownTerms): DrawdownPolicy => ({
  measure: 'FUND_BALANCE',
  window: durationMs(WINDOW_MS),
  trigger: ratio(decimal(each.trigger)),
  release: ratio(decimal(each.release)),
  operator: each.operator,
  minimumBalance: money(decimal(each.minimumBalance)),
});

export const twinDrawdownPolicy = (each: DrawdownTerms): ReferenceDrawdownPolicy => ({
  windowMs: WINDOW_MS,
  trigger: fraction(each.trigger),
  release: fraction(each.release),
  operator: each.operator,
  minimumBalance: fraction(each.minimumBalance),
});
