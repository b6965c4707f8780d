import { Fact } from 'json-rules-engine';
import type { Verdict } from '#core/policy.ts';
import { conditionProblem } from './conditions.ts';
import { type CagedRules, cagedEngine, cageRules } from './engine-cage.ts';
import type { Facts } from './facts.ts';
import type { Rule } from './rule-set.ts';

/** What the engine said about one rule: whether it fired, or why it could not say. */
type Answer = boolean | string;

const preparedRules = new WeakMap<readonly Rule<unknown>[], CagedRules>();

const prepare = (rules: readonly Rule<unknown>[]): CagedRules => {
  const known = preparedRules.get(rules);
  if (known !== undefined) return known;
  const caged = cageRules(rules);
  preparedRules.set(rules, caged);
  return caged;
};

/** Given facts need no memory; the engine's would hash each of them at every run. */
const AS_GIVEN = { cache: false };

/** The facts that the caged rules name; any other never reaches the engine. */
const factsOf = ({ factNames }: CagedRules, facts: Facts): Record<string, Fact> => {
  const used: Record<string, Fact> = {};
  for (const name of factNames) {
    const value = facts.get(name);
    if (value !== undefined) used[name] = new Fact(name, value, AS_GIVEN);
  }
  return used;
};

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Runs the rules at these positions in one engine. Rejects when any of them makes the engine throw. */
const run = async (rules: readonly Rule<unknown>[], positions: readonly number[], facts: Facts): Promise<ReadonlyMap<number, Answer>> => {
  const caged = prepare(rules);
  const chosen = positions.flatMap((position) => caged.rules.slice(position, position + 1));
  const { results, failureResults } = await cagedEngine(chosen, caged.operators).run(factsOf(caged, facts));
  const answers = new Map<string, boolean>();
  for (const { name } of results) answers.set(name, true);
  for (const { name } of failureResults) answers.set(name, false);
  return new Map(
    positions.map((position) => [position, answers.get(caged.rules[position]?.name ?? '') ?? 'the rule engine gave no answer']),
  );
};

/** As `run`, but never rejects: when one rule breaks the common run, each runs alone and only the broken one has no answer. */
const runIsolated = async (
  rules: readonly Rule<unknown>[],
  positions: readonly number[],
  facts: Facts,
): Promise<ReadonlyMap<number, Answer>> => {
  try {
    return await run(rules, positions, facts);
  } catch (error) {
    const [only, ...others] = positions;
    if (only === undefined) return new Map();
    if (others.length === 0) return new Map([[only, reasonOf(error)]]);
    const alone = await Promise.all(positions.map((position) => runIsolated(rules, [position], facts)));
    return new Map(alone.flatMap((answers) => [...answers]));
  }
};

const verdict = <Event>(rule: Rule<Event>, answer: Answer): Verdict<Event> => ({
  rule: rule.name,
  priority: rule.priority,
  event: rule.event,
  outcome: typeof answer === 'string' ? 'ERROR' : answer ? 'FIRED' : 'SILENT',
  error: typeof answer === 'string' ? answer : null,
});

/**
 * Asks every rule about one set of facts: FIRED when its condition holds, SILENT when it does not, ERROR when that cannot be known. Verdicts are
 * ordered by priority, highest first. Never throws, and an error of one rule silences no other.
 *
 * A rule is in ERROR as soon as any fact that its condition names is missing, not a number, or infinite, even where another branch of an `any`
 * would decide alone: which branches matter depends on values, and a rule that is sound only by luck must be seen by a person.
 */
export const evaluateRules = async <Event>(rules: readonly Rule<Event>[], facts: Facts): Promise<readonly Verdict<Event>[]> => {
  const problems = rules.map((rule) => conditionProblem(rule.conditions, facts));
  const usable = problems.flatMap((problem, position) => (problem === null ? [position] : []));
  const answers = await runIsolated(rules, usable, facts);
  return rules
    .map((rule, position) => verdict(rule, problems[position] ?? answers.get(position) ?? 'the rule engine gave no answer'))
    .sort((a, b) => b.priority - a.priority);
};
