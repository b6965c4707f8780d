import { byCodeUnits } from '#core/ordering.ts';
import { ok, type Result, refused } from '#core/result.ts';
import { checkMeaning } from './check-meaning.ts';
import { contentHash } from './content-hash.ts';
import type { Fault } from './json-source.ts';
import { type RuleFolder, refuseUnknownFiles } from './read-rule-file.ts';
import type { RuleFinding } from './rule-finding.ts';
import type { RuleSet } from './rule-set.ts';
import { type RuleFiles, readRuleFiles } from './rule-set-files.ts';

const byPlace = (a: Fault, b: Fault): number =>
  byCodeUnits(a.file, b.file) || a.line - b.line || a.column - b.column || byCodeUnits(a.path, b.path);

const toRuleSet = (files: RuleFiles): RuleSet | null => {
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
    tiers: tiers.content,
    margin: { rules: margin.content.rules, execution: margin.content.execution },
    shortfall: { deleveragingTrigger: shortfall.content.deleveragingTrigger, rules: shortfall.content.rules },
    funds: fund.content.domains,
    deleveraging: deleveraging.content,
    safeguards: safeguards.content,
    files: raw,
  };
};

/** What the check of one version's folder gives. */
export interface CheckedRuleSet {
  /** Null when a finding is an error. */
  readonly ruleSet: RuleSet | null;
  /** Sorted by file, line and column. */
  readonly findings: readonly RuleFinding[];
}

const isError = ({ severity }: RuleFinding): boolean => severity === 'ERROR';

/**
 * Checks the files of one version's folder. Pure: bytes in, the rule set and everything that a person should know about it out; `folder` only names the
 * files in findings. A missing file and a file that no rule set has are errors too; `README.md` and `tests/…` are let be.
 */
export const checkRuleSet = (folder: string, files: ReadonlyMap<string, Uint8Array>): CheckedRuleSet => {
  const reading: RuleFolder = { folder, files, findings: [] };
  refuseUnknownFiles(reading);
  const read = readRuleFiles(reading);
  const findings = [...reading.findings, ...checkMeaning(read)].sort(byPlace);
  return { ruleSet: findings.some(isError) ? null : toRuleSet(read), findings };
};

/** Turns the files of one version's folder into a rule set, as `checkRuleSet` checks it: refuses with its errors, and lets warnings pass. */
export const loadRuleSet = (folder: string, files: ReadonlyMap<string, Uint8Array>): Result<RuleSet, readonly RuleFinding[]> => {
  const { ruleSet, findings } = checkRuleSet(folder, files);
  return ruleSet === null ? refused(findings.filter(isError)) : ok(ruleSet);
};

/**
 * The law that a record or a case was decided under, as far as its form can be read; null otherwise. What a later version of the checks thinks of its
 * meaning does not make what was decided unreadable.
 */
export const recordedRuleSet = (name: string, files: ReadonlyMap<string, Uint8Array>): RuleSet | null => {
  const reading: RuleFolder = { folder: name, files, findings: [] };
  const read = readRuleFiles(reading);
  return reading.findings.some(isError) ? null : toRuleSet(read);
};
