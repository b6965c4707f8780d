import type { GuardCondition } from '#core/margin/guards.ts';
import { Decimal, ONE, smaller, ZERO } from '#core/units/decimal.ts';
import { conditionProblem } from './conditions.ts';
import type { Facts } from './facts.ts';
import type { OperatorName } from './operators.ts';
import type { Condition, Leaf, Rule } from './rule-set.ts';

/**
 * One inequality of a pool that keeps rules silent, whatever else changes: they stay silent while
 *
 * marginBalanceFactor · marginBalance − requirementFactor · requirement − offset > 0
 *
 * with requirement = maintenanceMargin + closing fees. The factors are ratios, the offset is in the settlement asset.
 * Equality does not count as safe. From such inequalities the prices are computed at which a pool must be looked at again.
 */
export type GuardAtom = GuardCondition;

/** Positive while the pool has a margin balance: an insolvent pool is always looked at. */
const SOLVENT: GuardAtom = { marginBalanceFactor: ONE, requirementFactor: ZERO, offset: ZERO };

/** A pool as the atoms see it, in the settlement asset. */
interface Standing {
  readonly marginBalance: Decimal;
  readonly requirement: Decimal;
}

/** A set of atoms that holds now, and by how much the closest of them does [settlement asset]. */
interface Proof {
  readonly atoms: readonly GuardAtom[];
  readonly slack: Decimal;
}

const slackOf = (atom: GuardAtom, { marginBalance, requirement }: Standing): Decimal =>
  atom.marginBalanceFactor.times(marginBalance).minus(atom.requirementFactor.times(requirement)).minus(atom.offset);

const isBelow = (operator: OperatorName): boolean => operator === 'decimalLessThan' || operator === 'decimalAtMost';
const isAbove = (operator: OperatorName): boolean => operator === 'decimalAtLeast' || operator === 'decimalGreaterThan';

/**
 * The inequality under which a comparison is false (or, for `holds`, true). Supported are the comparisons that fail while a pool is well:
 * marginExcess and marginBalance below a constant, marginRatio above a positive one (there marginRatio < c is c · marginBalance − requirement > 0,
 * given a positive margin balance, which `SOLVENT` adds).
 */
const atomOf = ({ fact, operator, threshold }: Leaf, holds: boolean): GuardAtom | null => {
  if (threshold === null) return null;
  const failsWhenHigh = holds ? isAbove(operator) : isBelow(operator);
  const failsWhenLow = holds ? isBelow(operator) : isAbove(operator);
  if (fact === 'marginExcess' && failsWhenHigh) return { marginBalanceFactor: ONE, requirementFactor: ONE, offset: threshold };
  if (fact === 'marginBalance' && failsWhenHigh) return { marginBalanceFactor: ONE, requirementFactor: ZERO, offset: threshold };
  if (fact === 'marginRatio' && failsWhenLow && threshold.gt(ZERO))
    return { marginBalanceFactor: threshold, requirementFactor: ONE, offset: ZERO };
  return null;
};

const proofFrom = (atom: GuardAtom | null, standing: Standing): Proof | null => {
  if (atom === null) return null;
  const slack = slackOf(atom, standing);
  return slack.gt(ZERO) ? { atoms: [atom], slack } : null;
};

const roomier = (best: Proof | null, next: Proof | null): Proof | null => (best === null || next?.slack.gt(best.slack) ? next : best);

const both = (first: Proof | null, second: Proof | null): Proof | null =>
  first === null || second === null ? null : { atoms: [...first.atoms, ...second.atoms], slack: smaller(first.slack, second.slack) };

const allOf = (proofs: readonly (Proof | null)[]): Proof | null => {
  const [first = null, ...rest] = proofs;
  return rest.reduce(both, first);
};

/** A proof that the condition is false: for `all` the roomiest proof of one child, for `any` proofs of all of them. */
const proofOfSilence = (condition: Condition, standing: Standing): Proof | null => {
  if ('all' in condition) return condition.all.map((child) => proofOfSilence(child, standing)).reduce(roomier, null);
  if ('any' in condition) return allOf(condition.any.map((child) => proofOfSilence(child, standing)));
  if ('not' in condition) return proofFrom(atomOf(condition.not, true), standing);
  return proofFrom(atomOf(condition, false), standing);
};

const standingOf = (facts: Facts): Standing | null => {
  const marginBalance = facts.get('marginBalance');
  const marginExcess = facts.get('marginExcess');
  if (!Decimal.isDecimal(marginBalance) || !Decimal.isDecimal(marginExcess)) return null;
  return marginBalance.isFinite() && marginExcess.isFinite() ? { marginBalance, requirement: marginBalance.minus(marginExcess) } : null;
};

const sameAtom = (a: GuardAtom, b: GuardAtom): boolean =>
  a.marginBalanceFactor.eq(b.marginBalanceFactor) && a.requirementFactor.eq(b.requirementFactor) && a.offset.eq(b.offset);

/**
 * The atoms that together prove that every rule stays silent, without repetition; the pool's solvency is always among them. Null when there is no
 * such proof: a rule fires or cannot be decided now, a pool stands exactly on a threshold, or silence rests on a fact that no atom can express
 * (the tier, a count, an age). `facts` must hold `marginBalance` and `marginExcess`.
 */
export const guardAtoms = (rules: readonly Rule<unknown>[], facts: Facts): readonly GuardAtom[] | null => {
  const standing = standingOf(facts);
  if (standing === null || rules.some((rule) => conditionProblem(rule.conditions, facts) !== null)) return null;
  const proofs = rules.map((rule) => proofOfSilence(rule.conditions, standing));
  const proof = allOf([proofFrom(SOLVENT, standing), ...proofs]);
  return proof === null
    ? null
    : proof.atoms.filter((atom, index, atoms) => atoms.findIndex((earlier) => sameAtom(earlier, atom)) === index);
};
