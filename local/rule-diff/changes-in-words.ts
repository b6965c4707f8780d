import type { RuleSet } from '#rule-sets/rule-set.ts';
import { diffRuleSets } from './diff-rule-sets.ts';
import { type RuleChange, sentenceOf } from './rule-change.ts';
import { shownChanges } from './shown-changes.ts';

/** The name and the number of the law stand in the heading already. */
const isName = ({ section, leaves }: RuleChange): boolean =>
  section === 'RULE_SET' && leaves.every(({ key }) => key.length === 1 && (key[0] === 'id' || key[0] === 'version'));

/**
 * What changed from one rule set to the next, as bullets of Markdown for a changelog, each beginning with `- `. Id and version are left out. One bullet
 * that says so where nothing else changed; none where the two have the same hash.
 */
export const changesInWords = (before: RuleSet, after: RuleSet): readonly string[] => {
  const { changes } = diffRuleSets(before, after);
  if (changes.length === 0) return [];
  const { shown, notes } = shownChanges(changes.filter((change) => !isName(change)));
  const lines = [...shown.map(sentenceOf), ...notes].map((line) => `- ${line}`);
  return lines.length === 0 ? ['- No threshold and no choice changed.'] : lines;
};
