import { RULES_ROOT, ruleSetIn } from '#local/rule-set-folder.ts';
import { versionFolders } from '#local/version-folders.ts';
import type { RuleSet } from '#rule-sets/rule-set.ts';

/** What venues are compared with; they come first. */
const OURS = 'house';

/** Folders that begin so are there to be copied. */
const isTemplate = (id: string): boolean => id.startsWith('_');

/** Every shipped version of a rule set that has a fund in the asset, ours first, then by id, the oldest version of each first. */
const versionsWithFundIn = (asset: string): readonly RuleSet[] => {
  const shipped = versionFolders(RULES_ROOT)
    .filter(({ id }) => !isTemplate(id))
    .map(({ folder }) => ruleSetIn(folder))
    .filter(({ funds }) => funds.some((fund) => fund.asset === asset));
  const isOurs = ({ reference }: RuleSet): boolean => reference.id.startsWith(OURS);
  return [...shipped.filter(isOurs), ...shipped.filter((each) => !isOurs(each))];
};

/** The rule sets that the linear book and the crash run under: they settle in USDT. */
export const linearVersions = (): readonly RuleSet[] => versionsWithFundIn('USDT');

/** The rule sets that the inverse book runs under: they settle in BTC. */
export const inverseVersions = (): readonly RuleSet[] => versionsWithFundIn('BTC');
