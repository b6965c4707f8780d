import { deleveragingSchema } from './deleveraging-schema.ts';
import { insuranceFundSchema } from './insurance-fund-schema.ts';
import { manifestSchema } from './manifest-schema.ts';
import { marginRulesSchema } from './margin-rules-schema.ts';
import { marginTiersSchema } from './margin-tiers-schema.ts';
import { type RuleFolder, readRuleFile } from './read-rule-file.ts';
import { safeguardsSchema } from './safeguards-schema.ts';
import { shortfallRulesSchema } from './shortfall-rules-schema.ts';

/** Reads the seven files of a folder, each by its schema; null for one that is missing or faulty, with the reason in the folder's findings. */
export const readRuleFiles = (folder: RuleFolder) => ({
  manifest: readRuleFile(folder, 'rule-set.json', manifestSchema),
  tiers: readRuleFile(folder, 'margin-tiers.json', marginTiersSchema),
  margin: readRuleFile(folder, 'margin.rules.json', marginRulesSchema),
  shortfall: readRuleFile(folder, 'shortfall.rules.json', shortfallRulesSchema),
  fund: readRuleFile(folder, 'insurance-fund.json', insuranceFundSchema),
  deleveraging: readRuleFile(folder, 'deleveraging.json', deleveragingSchema),
  safeguards: readRuleFile(folder, 'safeguards.json', safeguardsSchema),
});

/** The files of one version as far as they could be read. */
export type RuleFiles = ReturnType<typeof readRuleFiles>;
