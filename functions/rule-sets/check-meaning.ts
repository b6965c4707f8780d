import { checkBands } from './check-bands.ts';
import { checkFunds, checkTrigger } from './check-funds.ts';
import { checkReach } from './check-reach.ts';
import { checkFactUnused, checkNotEmpty, checkRules } from './check-rules.ts';
import { checkTiers } from './check-tiers.ts';
import type { RuleFinding } from './rule-finding.ts';
import type { RuleFiles } from './rule-set-files.ts';

const SECURITY_TO_VALUE_OFF = 'safeguards.json has `securityToValue` null';

const checkValues = ({ shortfall, safeguards }: RuleFiles): readonly RuleFinding[] =>
  shortfall === null || (safeguards !== null && safeguards.content.securityToValue !== null)
    ? []
    : checkFactUnused(shortfall.source, shortfall.content.rules, 'securityToValue', SECURITY_TO_VALUE_OFF);

const checkFiles = ({ tiers, margin, shortfall, fund, safeguards }: RuleFiles): readonly RuleFinding[] => [
  ...(tiers === null ? [] : checkTiers(tiers.source, tiers.content)),
  ...(margin === null ? [] : [...checkNotEmpty(margin.source, margin.content.rules), ...checkRules(margin.source, margin.content.rules)]),
  ...(shortfall === null ? [] : checkRules(shortfall.source, shortfall.content.rules)),
  ...(fund === null ? [] : checkFunds(fund.source, fund.content.domains)),
  ...(safeguards === null ? [] : checkBands(safeguards.source, safeguards.content)),
  ...(shortfall === null || fund === null
    ? []
    : checkTrigger(shortfall.source, shortfall.content.deleveragingTrigger, fund.content.domains)),
];

/**
 * What no schema says: of each file as far as it could be read, between files, and of what the rules would do together. What rules do that ask about a fact
 * without a value is not followed: they would only ever answer ERROR.
 */
export const checkMeaning = (files: RuleFiles): readonly RuleFinding[] => {
  const withoutValue = checkValues(files);
  const followed = withoutValue.length > 0 ? { ...files, shortfall: null } : files;
  return [...checkFiles(files), ...withoutValue, ...checkReach(followed)];
};
