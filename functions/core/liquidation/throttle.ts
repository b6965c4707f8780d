import type { ThrottlePolicy } from '../policy.ts';
import { type Decimal, ZERO } from '../units/decimal.ts';
import { type Money, money } from '../units/money.ts';
import { ceilAtRest } from '../units/rounding.ts';
import { type EpochMs, intervalStart } from '../units/time.ts';

/** Notional value that started liquidation in one market and interval. */
export interface ThrottleCounter {
  readonly marketId: string;
  readonly intervalStart: EpochMs;
  readonly notionalValue: Money;
  readonly version: number;
  readonly lastWriter: string;
}

/** The counter as of `now`: a new interval starts from nothing. */
export const counterAt = (counter: ThrottleCounter, policy: ThrottlePolicy, now: EpochMs): ThrottleCounter => {
  const start = intervalStart(now, policy.interval);
  return start === counter.intervalStart ? counter : { ...counter, intervalStart: start, notionalValue: money(ZERO) };
};

/**
 * Whether another liquidation of `notionalValue` may start: counted + notional ≤ notionalPerMarket, or nothing started yet in the interval
 * (one position larger than the limit must not wait for ever). Settlement asset.
 */
export const admits = (counter: ThrottleCounter, policy: ThrottlePolicy, notionalValue: Decimal): boolean =>
  counter.notionalValue.isZero() || counter.notionalValue.plus(notionalValue).lte(policy.notionalPerMarket);

/** The counter with `notionalValue` more, up to the 38 digits that it is kept with: a product of two values at rest has more. */
export const counted = (counter: ThrottleCounter, notionalValue: Decimal): ThrottleCounter => ({
  ...counter,
  notionalValue: money(ceilAtRest(counter.notionalValue.plus(notionalValue))),
});
