import type { Verdict } from '#core/policy.ts';
import { evaluateCompiled } from './compile-rules.ts';
import { evaluateRules } from './evaluate-rules.ts';
import type { Facts } from './facts.ts';
import type { Rule } from './rule-set.ts';

/**
 * The verdicts of the rule engine where the compiled rules gave the same outcome; ERROR, naming both outcomes, where they did not: one of the two
 * is wrong, and nobody is liquidated or spared by a guess. Both lists hold the same rules in the same order.
 */
export const agreedVerdicts = <Event>(engine: readonly Verdict<Event>[], compiled: readonly Verdict<Event>[]): readonly Verdict<Event>[] =>
  engine.map((verdict, position) => {
    const other = compiled[position]?.outcome ?? 'nothing';
    if (verdict.outcome === other) return verdict;
    const error = `the evaluators disagree: json-rules-engine says \`${verdict.outcome}\`, the compiled rules say \`${other}\``;
    return { ...verdict, outcome: 'ERROR', error };
  });

/** Asks both evaluators, for where something follows whatever the rules say. Verdicts by priority, highest first; never throws. */
export const decideByBoth = async <Event>(rules: readonly Rule<Event>[], facts: Facts): Promise<readonly Verdict<Event>[]> =>
  agreedVerdicts(await evaluateRules(rules, facts), evaluateCompiled(rules, facts));

/**
 * Asks the compiled rules first. Where all are silent nothing follows, and that is the answer: nearly every pool at nearly every mark. Anything else
 * (a rule that fires, a rule in error) is decided by json-rules-engine, with which the compiled rules have to agree. Verdicts by priority, highest
 * first; never throws.
 */
export const decideByRules = async <Event>(rules: readonly Rule<Event>[], facts: Facts): Promise<readonly Verdict<Event>[]> => {
  const compiled = evaluateCompiled(rules, facts);
  if (compiled.every(({ outcome }) => outcome === 'SILENT')) return compiled;
  return agreedVerdicts(await evaluateRules(rules, facts), compiled);
};
