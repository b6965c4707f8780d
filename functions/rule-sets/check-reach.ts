import { checkBreach } from './check-breach.ts';
import { checkMarketFunds, checkMarketTiers } from './check-markets.ts';
import { checkNeverFires } from './check-never-fires.ts';
import { checkRecovery } from './check-recovery.ts';
import { checkRedundant } from './check-redundant.ts';
import { checkRules } from './check-rules.ts';
import { checkHalted, checkShadowed } from './check-shadowed.ts';
import { checkSharedLoss } from './check-shared-loss.ts';
import { checkCaps, checkRanking, checkSafeguards } from './check-surprises.ts';
import { checkUnbounded } from './check-unbounded.ts';
import { checkUnused } from './check-unused.ts';
import { checkWaterfall } from './check-waterfall.ts';
import { judgedPools } from './margin-reach.ts';
import type { RuleFinding } from './rule-finding.ts';
import { marginReach, shortfallReach } from './rule-reaches.ts';
import type { RuleFiles } from './rule-set-files.ts';

const checkMarginRules = ({ margin, safeguards }: RuleFiles): readonly RuleFinding[] => {
  if (margin === null) return [];
  const { source, content } = margin;
  // Equal priorities decide nothing, and conditions beyond their limits are not worth following: each is a finding already.
  if (checkRules(source, content.rules).length > 0) return [];
  const judged = judgedPools(safeguards?.content.markMaximumAge ?? null);
  return [
    ...checkNeverFires(source, content.rules, marginReach(judged)),
    ...checkShadowed(source, content.rules, judged),
    ...checkUnbounded(source, content.rules, judged),
    ...checkBreach(source, content.rules, judged),
  ];
};

const checkShortfallRules = ({ shortfall, margin, deleveraging }: RuleFiles): readonly RuleFinding[] => {
  if (shortfall === null || checkRules(shortfall.source, shortfall.content.rules).length > 0) return [];
  const { source, content } = shortfall;
  return [
    ...checkNeverFires(source, content.rules, shortfallReach),
    ...checkHalted(source, content.rules),
    ...checkRedundant(source, content.rules),
    ...checkWaterfall(source, content.rules, content.deleveragingTrigger, margin?.content.execution.limit ?? 'FUND_BACKED'),
    ...(deleveraging === null ? [] : checkSharedLoss(source, content.rules, deleveraging.content.afterCounterparties)),
  ];
};

const checkMarkets = (files: RuleFiles): readonly RuleFinding[] => {
  const { manifest, tiers, fund } = files;
  if (manifest === null) return [];
  const { source, content } = manifest;
  return [
    ...(tiers === null ? [] : checkMarketTiers(source, content.markets, tiers.content)),
    ...(fund === null ? [] : checkMarketFunds(source, content.markets, fund.content.domains)),
    ...checkUnused(content.markets, files),
  ];
};

/**
 * What the rules of a version would do, and never do: each finding is proven by the search in `satisfy.ts`, with a pool or a fund that shows it. Takes the
 * files as far as they could be read; a check whose file is missing says nothing.
 */
export const checkReach = (files: RuleFiles): readonly RuleFinding[] => [
  ...checkMarginRules(files),
  ...checkShortfallRules(files),
  ...checkMarkets(files),
  ...(files.fund === null ? [] : checkCaps(files.fund.source, files.fund.content.domains)),
  ...(files.margin === null || files.tiers === null ? [] : checkRecovery(files.margin.source, files.margin.content, files.tiers.content)),
  ...(files.deleveraging === null ? [] : checkRanking(files.deleveraging.source, files.deleveraging.content)),
  ...(files.safeguards === null ? [] : checkSafeguards(files.safeguards.source, files.safeguards.content)),
];
