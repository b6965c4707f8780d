import type { Money, Ratio } from '../units/money.ts';

/**
 * How much of a residual is deleveraged; who gives it is the allocation's to say.
 *
 * FULL: all of it. BUDGET_OF_DEFICIT: what takes a share of what covering all of it would take. BUDGET_OF_WAVE: what takes an amount per wave, market and
 * side. CAP_OF_POSITION, CAP_OF_PROFIT: all of it, and nobody gives more in a wave than a share of its position, or gives up more than a share of its profit.
 */
export type SeverityPolicy =
  | { readonly kind: 'FULL' }
  | { readonly kind: 'BUDGET_OF_DEFICIT'; readonly share: Ratio; readonly maximumOvershoot: Ratio }
  | { readonly kind: 'BUDGET_OF_WAVE'; readonly amount: Money; readonly maximumOvershoot: Ratio }
  | { readonly kind: 'CAP_OF_POSITION'; readonly share: Ratio }
  | { readonly kind: 'CAP_OF_PROFIT'; readonly share: Ratio };
