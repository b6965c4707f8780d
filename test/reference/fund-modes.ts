import { type Fraction, fraction, greatest, least, total, ZERO } from './fraction.ts';

/** What a market brought its fund (above zero) or cost it (below), at a time. */
export interface ReferenceChange {
  readonly atMs: number;
  readonly amount: Fraction;
}

const resultAt = (changes: readonly ReferenceChange[], atMs: number): Fraction =>
  total(changes.filter((change) => change.atMs <= atMs).map(({ amount }) => amount));

/** Highest result that stood at any moment of [now − window, now]. Expects times that do not fall; the result before the first change is zero. */
export const highestResult = (changes: readonly ReferenceChange[], nowMs: number, windowMs: number): Fraction => {
  const start = nowMs - windowMs;
  const moments = changes.map(({ atMs }) => atMs).filter((atMs) => atMs > start && atMs <= nowMs);
  // Between two changes nothing moves: what stood at the start and right after each change is all that there was, several at one time included.
  const after = changes.flatMap((change, nth) =>
    change.atMs > start && change.atMs <= nowMs ? [total(changes.slice(0, nth + 1).map(({ amount }) => amount))] : [],
  );
  return [resultAt(changes, start), ...moments.map((atMs) => resultAt(changes, atMs)), ...after].reduce((highest, each) =>
    greatest(highest, each),
  );
};

export interface ReferenceRatioPolicy {
  readonly start: Fraction;
  readonly stop: Fraction;
  readonly operator: 'AT_LEAST' | 'GREATER_THAN';
}

/** Whether a market's mode is on after a look: started by a ratio that falls to (AT_LEAST) or below `start`, ended by one above `stop`. Both below zero. */
export const ratioModeAfter = (wasOn: boolean, ratio: Fraction, policy: ReferenceRatioPolicy): boolean => {
  if (wasOn) return !ratio.isAbove(policy.stop);
  return policy.operator === 'AT_LEAST' ? !ratio.isAbove(policy.start) : ratio.isBelow(policy.start);
};

/** Whether the balance's mode is on after a look: started at or below `start`, ended above `stop`. */
export const balanceModeAfter = (wasOn: boolean, left: Fraction, start: Fraction, stop: Fraction): boolean =>
  wasOn ? !left.isAbove(stop) : !left.isAbove(start);

/** What a surplus brings the fund: its share, cut to 12 places. */
export const fundPart = (income: Fraction, share: Fraction): Fraction => income.times(share).floorTo(fraction('0.000000000001'));

/** A liquidation fee: never more than the surplus that there is. */
export const feeWithin = (value: Fraction, rate: Fraction, surplus: Fraction): Fraction =>
  least(value.times(rate).floorTo(fraction('0.000000000001')), greatest(ZERO, surplus));
