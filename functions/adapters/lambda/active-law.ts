import { invariant, present } from '#core/invariant.ts';
import type { RulePorts } from '#functions/administer-rules/administer-rules.ts';
import type { RuleSet } from '#rule-sets/rule-set.ts';

/**
 * The law that new decisions are taken under. The pointer is read strongly every time; a rule set is read when the pointer names one that is not at hand,
 * and only the newest is kept. Throws where no version is active, and when the body is not the one that was activated: without law nothing is decided.
 */
export const activeLaw = (store: Pick<RulePorts, 'loadActive' | 'loadRuleSet'>, ruleSetId: string): (() => Promise<RuleSet>) => {
  let atHand: RuleSet | null = null;
  return async () => {
    const { reference } = present(await store.loadActive(ruleSetId), `rule set ${ruleSetId} has an active version`);
    if (atHand?.reference.version === reference.version && atHand.reference.hash === reference.hash) return atHand;
    const ruleSet = present(
      await store.loadRuleSet(reference.id, reference.version),
      `version ${reference.version} of ${reference.id} is published`,
    );
    invariant(ruleSet.reference.hash === reference.hash, `the body of ${reference.id}@${reference.version} is the one that was activated`);
    atHand = ruleSet;
    return ruleSet;
  };
};
