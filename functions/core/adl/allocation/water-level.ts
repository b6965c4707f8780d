import { Decimal, larger, smaller, sum, ZERO } from '../../units/decimal.ts';
import { withoutNoise } from '../../units/rounding.ts';

/** One place that fills as the level t rises: x(t) = intercept + weight·t, never below zero, never above `cap`. Weight above zero. */
export interface Vessel {
  readonly intercept: Decimal;
  readonly weight: Decimal;
  readonly cap: Decimal;
}

/** Exact shares together differ from what they are shares of by less than this; every lot is larger. */
export const SHARE_NOISE = new Decimal('1e-30');

interface Turn {
  readonly level: Decimal;
  readonly vessel: Vessel;
  readonly kind: 'BEGINS' | 'IS_FULL';
}

/** Levels at which a vessel begins to fill and is full, lowest first. Equal levels in any order give the same sums. */
const turnsOf = (vessels: readonly Vessel[]): readonly Turn[] =>
  vessels
    .flatMap((vessel): Turn[] => [
      { level: vessel.intercept.negated().div(vessel.weight), vessel, kind: 'BEGINS' },
      { level: vessel.cap.minus(vessel.intercept).div(vessel.weight), vessel, kind: 'IS_FULL' },
    ])
    .sort((a, b) => a.level.comparedTo(b.level) || (a.kind === b.kind ? 0 : a.kind === 'BEGINS' ? -1 : 1));

/** t = (needed − Σ caps of full ones − Σ intercepts of filling ones) / Σ weights of filling ones; `level` where none is filling. 64 digits. */
const levelAmong = (needed: Decimal, full: Decimal, filling: ReadonlySet<Vessel>, level: Decimal): Decimal => {
  const vessels = [...filling];
  const weights = sum(vessels.map(({ weight }) => weight));
  const intercepts = sum(vessels.map(({ intercept }) => intercept));
  return weights.isZero() ? level : needed.minus(full).minus(intercepts).div(weights);
};

/**
 * The level at which the vessels hold `needed` in all, in the stretch between two turns where that sum is reached; null where even full ones hold less.
 * One pass over the two turns of each vessel.
 */
const levelFor = (needed: Decimal, vessels: readonly Vessel[]): Decimal | null => {
  const filling = new Set<Vessel>();
  let intercepts = ZERO;
  let weights = ZERO;
  let full = ZERO;
  for (const { level, vessel, kind } of turnsOf(vessels)) {
    if (full.plus(intercepts).plus(weights.times(level)).gte(needed)) return levelAmong(needed, full, filling, level);
    if (kind === 'BEGINS') {
      filling.add(vessel);
      intercepts = intercepts.plus(vessel.intercept);
      weights = weights.plus(vessel.weight);
    } else {
      filling.delete(vessel);
      intercepts = intercepts.minus(vessel.intercept);
      weights = weights.minus(vessel.weight);
      full = full.plus(vessel.cap);
    }
  }
  return null;
};

/**
 * Fills vessels to one common level until they hold `needed`: x_i = min(cap_i, max(0, intercept_i + weight_i·t)), Σ x_i = needed; all caps where they hold
 * less. Decimals of one unit; half-even at 40 places, so that a share that is exactly on a lot is so again. Order of the vessels.
 *
 * Path independent: filled for one need and then, with what is left of the caps and the same weights, for another, it ends as if filled for both at once.
 * Source: water-filling as in Chitra, "Autodeleveraging: Impossibilities and Optimization", arXiv 2512.01112, and Campbell, Hey, Moallemi, Nutz,
 * "Risk-Based Auto-Deleveraging", arXiv 2603.15963, read 2026-11-22.
 */
export const fillToLevel = (needed: Decimal, vessels: readonly Vessel[]): readonly Decimal[] => {
  const holding = vessels.filter((vessel) => vessel.weight.gt(0) && vessel.cap.gt(0));
  if (needed.lte(0)) return vessels.map(() => ZERO);
  const isShort = sum(holding.map((vessel) => vessel.cap)).lte(needed);
  const level = isShort ? null : levelFor(needed, holding);
  return vessels.map((vessel) => {
    if (!vessel.weight.gt(0) || !vessel.cap.gt(0)) return ZERO;
    if (level === null) return vessel.cap;
    const reached = withoutNoise(vessel.intercept.plus(vessel.weight.times(level)));
    return smaller(vessel.cap, larger(ZERO, reached));
  });
};
