import { byCodeUnits } from '#core/ordering.ts';
import { ok, type Result, refused } from '#core/result.ts';
import { checkFunds, checkTrigger } from './check-funds.ts';
import { checkFactUnused, checkNotEmpty, checkRules } from './check-rules.ts';
import { checkTiers } from './check-tiers.ts';
import { contentHash } from './content-hash.ts';
import { deleveragingSchema } from './deleveraging-schema.ts';
import { insuranceFundSchema } from './insurance-fund-schema.ts';
import type { Fault } from './json-source.ts';
import { manifestSchema } from './manifest-schema.ts';
import { marginRulesSchema } from './margin-rules-schema.ts';
import { marginTiersSchema } from './margin-tiers-schema.ts';
import { type RuleFolder, readRuleFile, refuseUnknownFiles } from './read-rule-file.ts';
import type { RuleSet } from './rule-set.ts';
import { safeguardsSchema } from './safeguards-schema.ts';
import { shortfallRulesSchema } from './shortfall-rules-schema.ts';

const readAll = (folder: RuleFolder) => ({
  manifest: readRuleFile(folder, 'rule-set.json', manifestSchema),
  tiers: readRuleFile(folder, 'margin-tiers.json', marginTiersSchema),
  margin: readRuleFile(folder, 'margin.rules.json', marginRulesSchema),
  shortfall: readRuleFile(folder, 'shortfall.rules.json', shortfallRulesSchema),
  fund: readRuleFile(folder, 'insurance-fund.json', insuranceFundSchema),
  deleveraging: readRuleFile(folder, 'deleveraging.json', deleveragingSchema),
  safeguards: readRuleFile(folder, 'safeguards.json', safeguardsSchema),
});

type Files = ReturnType<typeof readAll>;

const SECURITY_TO_VALUE_OFF = 'safeguards.json has `securityToValue` null';

/** What no schema says, file by file as far as each could be read, then between files. */
const checkMeaning = ({ tiers, margin, shortfall, fund }: Files): readonly Fault[] => [
  ...(tiers === null ? [] : checkTiers(tiers.source, tiers.content)),
  ...(margin === null ? [] : [...checkNotEmpty(margin.source, margin.content.rules), ...checkRules(margin.source, margin.content.rules)]),
  ...(shortfall === null ? [] : checkRules(shortfall.source, shortfall.content.rules)),
  ...(shortfall === null ? [] : checkFactUnused(shortfall.source, shortfall.content.rules, 'securityToValue', SECURITY_TO_VALUE_OFF)),
  ...(fund === null ? [] : checkFunds(fund.source, fund.content.domains)),
  ...(shortfall === null || fund === null
    ? []
    : checkTrigger(shortfall.source, shortfall.content.deleveragingTrigger, fund.content.domains)),
];

const byPlace = (a: Fault, b: Fault): number =>
  byCodeUnits(a.file, b.file) || a.line - b.line || a.column - b.column || byCodeUnits(a.path, b.path);

const toRuleSet = (files: Files): RuleSet | null => {
  const { manifest, tiers, margin, shortfall, fund, deleveraging, safeguards } = files;
  if (!manifest || !tiers || !margin || !shortfall || !fund || !deleveraging || !safeguards) return null;
  const raw = {
    'rule-set.json': manifest.source.value,
    'margin-tiers.json': tiers.source.value,
    'margin.rules.json': margin.source.value,
    'shortfall.rules.json': shortfall.source.value,
    'insurance-fund.json': fund.source.value,
    'deleveraging.json': deleveraging.source.value,
    'safeguards.json': safeguards.source.value,
  };
  const { id, version, description, sources, markets } = manifest.content;
  return {
    reference: { id, version, hash: contentHash(raw) },
    description,
    sources,
    markets,
    tiers: { form: tiers.content.form, boundary: tiers.content.boundary, markets: tiers.content.markets },
    margin: { rules: margin.content.rules, execution: margin.content.execution },
    shortfall: { deleveragingTrigger: shortfall.content.deleveragingTrigger, rules: shortfall.content.rules },
    funds: fund.content.domains,
    deleveraging: deleveraging.content,
    safeguards: safeguards.content,
    files: raw,
  };
};

/**
 * Turns the files of one version's folder into a rule set. Pure: bytes in, a rule set or every fault out, sorted by file, line and column; `folder`
 * only names the files in faults. A missing file and a file that no rule set has are faults too; `README.md` and `tests/…` are let be.
 */
export const loadRuleSet = (folder: string, files: ReadonlyMap<string, Uint8Array>): Result<RuleSet, readonly Fault[]> => {
  const reading: RuleFolder = { folder, files, faults: [] };
  refuseUnknownFiles(reading);
  const read = readAll(reading);
  const faults = [...reading.faults, ...checkMeaning(read)].sort(byPlace);
  const ruleSet = toRuleSet(read);
  return faults.length === 0 && ruleSet !== null ? ok(ruleSet) : refused(faults);
};
