import type { MarginEvent } from '#core/policy.ts';
import { Decimal, larger, smaller, ZERO } from '#core/units/decimal.ts';
import { comparing, satisfyAll } from './ask-facts.ts';
import { leavesOf } from './conditions.ts';
import type { FactName, Facts } from './facts.ts';
import { findingAt } from './finding-at.ts';
import type { JsonSource } from './json-source.ts';
import { acts, HOLDS_POSITION, type MarginRule, withinReach } from './margin-reach.ts';
import type { OperatorName } from './operators.ts';
import { conditionsPath, type PlacedLeaf, placedLeaves } from './placed-conditions.ts';
import type { RuleFinding } from './rule-finding.ts';
import type { Condition } from './rule-set.ts';
import { factsInWords, inWords } from './rule-words.ts';
import { undecidedFinding } from './undecided-finding.ts';

const DEEDS: Readonly<Record<MarginEvent['type'], string>> = {
  WARN: 'warned',
  REDUCE_TO_TIER: 'reduced by a tier',
  REDUCE_BY_FRACTION: 'reduced',
  REDUCE_EQUALLY: 'reduced',
  REDUCE_BY_PORTION: 'reduced',
  REDUCE_TO_RECOVERY: 'reduced',
  LIQUIDATE: 'closed whole',
  TAKE_OVER: 'taken over by the fund',
};

const HEALTH = ['marginExcess', 'marginRatio'] as const satisfies readonly FactName[];

/** A pool a hundred times better than its maintenance margin asks for is well by any measure. */
const RATIO_OF_THE_WELL = new Decimal('0.01');

const thresholdsOn = (condition: Condition, fact: FactName): readonly Decimal[] =>
  leavesOf(condition).flatMap((leaf) => (leaf.fact === fact && leaf.threshold !== null ? [leaf.threshold] : []));

/** Pools better than every margin excess and every margin ratio that the rule names. */
const betterThanNamed = ({ conditions }: MarginRule): readonly Condition[] => [
  comparing('marginExcess', 'decimalGreaterThan', thresholdsOn(conditions, 'marginExcess').reduce(larger, ZERO)),
  comparing(
    'marginRatio',
    'decimalLessThan',
    thresholdsOn(conditions, 'marginRatio')
      .filter((threshold) => threshold.gt(0))
      .reduce(smaller, RATIO_OF_THE_WELL),
  ),
];

const MIRRORED: Partial<Readonly<Record<OperatorName, OperatorName>>> = {
  decimalLessThan: 'decimalGreaterThan',
  decimalAtMost: 'decimalAtLeast',
  decimalAtLeast: 'decimalAtMost',
  decimalGreaterThan: 'decimalLessThan',
};

const looksUp = ({ operator }: { readonly operator: OperatorName }): boolean =>
  operator === 'decimalAtLeast' || operator === 'decimalGreaterThan';

/** A comparison of the pool's health that holds for the well instead of the unwell. */
const isInverted = ({ condition, holds }: PlacedLeaf): boolean =>
  MIRRORED[condition.operator] !== undefined &&
  ((condition.fact === 'marginExcess' && looksUp(condition) === holds) ||
    (condition.fact === 'marginRatio' && looksUp(condition) !== holds));

const witnessed = ({ conditions }: MarginRule, facts: Facts): string =>
  factsInWords(facts, [...HEALTH, ...leavesOf(conditions).map(({ fact }) => fact)]);

const unboundedFinding = (source: JsonSource, rule: MarginRule, index: number, facts: Facts): RuleFinding => {
  const inverted = placedLeaves(rule.conditions, conditionsPath(index)).find(isInverted);
  const mirrored = inverted === undefined ? undefined : MIRRORED[inverted.condition.operator];
  const reason =
    inverted === undefined
      ? 'nothing in it bounds `marginExcess` from above or `marginRatio` from below'
      : `${inWords(inverted.holds ? inverted.condition : { not: inverted.condition })} holds for every pool that is well`;
  const finding = findingAt(source, inverted === undefined ? conditionsPath(index) : [...inverted.path, 'operator'], {
    code: 'margin-rule-unbounded',
    message: `rule \`${rule.name}\` fires for pools of any health: ${reason}`,
    effect: `a pool with ${witnessed(rule, facts)} would be ${DEEDS[rule.event.type]}`,
    mend:
      mirrored === undefined || inverted?.holds === false
        ? 'add a comparison such as `marginExcess` `decimalLessThan` "0" that has to hold too'
        : `write "${mirrored}", or add a comparison such as \`marginExcess\` \`decimalLessThan\` "0" that has to hold too`,
  });
  return acts(rule) ? finding : { ...finding, severity: 'WARNING' };
};

const healthyFinding = (source: JsonSource, rule: MarginRule, index: number, facts: Facts): RuleFinding => {
  const path = conditionsPath(index);
  const onHealth = placedLeaves(rule.conditions, path).filter(({ condition }) => HEALTH.some((fact) => fact === condition.fact));
  const [only] = onHealth.length === 1 ? onHealth : [];
  return findingAt(source, only === undefined ? path : [...only.path, 'value'], {
    code: 'liquidates-healthy',
    message: `rule \`${rule.name}\` acts on pools that still meet their maintenance margin`,
    effect: `a pool with ${witnessed(rule, facts)} would be ${DEEDS[rule.event.type]}: its trader loses a position that nothing was wrong with`,
    mend:
      only === undefined || only.condition.fact === 'marginExcess' ? 'compare `marginExcess` with "0"' : 'compare `marginRatio` with "1"',
  });
};

const checkRule = (source: JsonSource, rule: MarginRule, index: number, judged: readonly Condition[]): readonly RuleFinding[] => {
  const path = conditionsPath(index);
  const unbounded = satisfyAll('margin', [rule.conditions, ...betterThanNamed(rule), HOLDS_POSITION, ...judged]);
  if (unbounded.kind === 'FOUND') return [unboundedFinding(source, rule, index, unbounded.facts)];
  if (unbounded.kind === 'UNDECIDED') return [undecidedFinding(source, path, `rule \`${rule.name}\` fires for pools of any health`)];
  if (!acts(rule)) return [];
  const well = comparing('marginExcess', 'decimalGreaterThan', ZERO);
  const healthy = satisfyAll('margin', [rule.conditions, well, withinReach(rule), ...judged]);
  if (healthy.kind === 'FOUND') return [healthyFinding(source, rule, index, healthy.facts)];
  return healthy.kind === 'UNDECIDED' ? [undecidedFinding(source, path, `rule \`${rule.name}\` acts on healthy pools`)] : [];
};

/**
 * Margin rules that fire for pools of any health: also for a margin excess above and a margin ratio below all that the rule names. And acting rules that have a
 * bound, but fire above maintenance margin (marginExcess > 0); exactly at it a venue may go either way.
 */
export const checkUnbounded = (
  source: JsonSource,
  rules: readonly MarginRule[],
  judged: readonly Condition[] = [],
): readonly RuleFinding[] => rules.flatMap((rule, index) => checkRule(source, rule, index, judged));
