import { invariant, present } from '#core/invariant.ts';
import type { RuleSetReference } from '#core/policy.ts';
import type { RulePorts } from '#functions/administer-rules/administer-rules.ts';
import type { RuleSet } from '#rule-sets/rule-set.ts';

/** Versions that are kept at hand: the law, and those that cases in hand were opened under. */
const AT_HAND_MAX = 8;

/**
 * The law that a case was opened under, which it keeps to its end whatever becomes law meanwhile. Throws when the version is not published, or not the one
 * that the case names: nothing is decided under another.
 */
export const pinnedLaw = (store: Pick<RulePorts, 'loadRuleSet'>): ((reference: RuleSetReference) => Promise<RuleSet>) => {
  const atHand = new Map<string, RuleSet>();
  return async ({ id, version, hash }) => {
    const before = atHand.get(hash);
    if (before !== undefined) return before;
    const ruleSet = present(await store.loadRuleSet(id, version), `version ${version} of ${id} is published`);
    invariant(ruleSet.reference.hash === hash, `the body of ${id}@${version} is the one that the case was opened under`);
    const [oldest] = atHand.keys();
    if (atHand.size >= AT_HAND_MAX && oldest !== undefined) atHand.delete(oldest);
    atHand.set(hash, ruleSet);
    return ruleSet;
  };
};
