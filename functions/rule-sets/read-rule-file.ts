import type { z } from 'zod';
import { FILE_STAKES } from './file-stakes.ts';
import type { FindingText } from './finding-at.ts';
import { FINDING_CODES } from './finding-codes.ts';
import { formFindings } from './form-findings.ts';
import { checkSchema, type JsonSource, parseJsonSource } from './json-source.ts';
import { nearestName } from './nearest-name.ts';
import { isBesideTheLaw, isRuleFileName, RULE_FILES, type RuleFileName } from './rule-files.ts';
import type { RuleFinding } from './rule-finding.ts';

/** The bytes of a rule set's folder, and what was found so far in reading them. */
export interface RuleFolder {
  readonly folder: string;
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly findings: RuleFinding[];
}

export interface RuleFile<Content> {
  readonly source: JsonSource;
  readonly content: Content;
}

const FILE_NAMES = Object.keys(RULE_FILES);

const fileFinding = ({ folder }: RuleFolder, name: string, text: FindingText): RuleFinding => ({
  file: `${folder}/${name}`,
  line: 1,
  column: 1,
  path: '$',
  severity: FINDING_CODES[text.code].severity,
  ...text,
});

const missingFile = (folder: RuleFolder, name: RuleFileName): RuleFinding =>
  fileFinding(folder, name, {
    code: 'missing-file',
    message: 'file is missing',
    effect: `nothing would decide what it says: ${FILE_STAKES[name]}`,
    mend: `add it: copy ${name} of the version that this one comes from`,
  });

const unknownFile = (folder: RuleFolder, name: string): RuleFinding => {
  const free = FILE_NAMES.filter((known) => !folder.files.has(known));
  const meant = nearestName(name, free);
  return fileFinding(folder, name, {
    code: 'unknown-file',
    message: `unknown file: a rule set has ${FILE_NAMES.join(', ')}`,
    effect: 'nothing reads it: a limit or a threshold in it protects nobody',
    mend: meant === null ? 'remove it; remarks belong into README.md, tests into tests/' : `rename it to ${meant}`,
  });
};

/** Reads one file of the folder by its schema. Null when it is missing or faulty; why is then in the folder's findings. */
export const readRuleFile = <Content>(folder: RuleFolder, name: RuleFileName, schema: z.ZodType<Content>): RuleFile<Content> | null => {
  const bytes = folder.files.get(name);
  if (bytes === undefined) {
    folder.findings.push(missingFile(folder, name));
    return null;
  }
  const parsed = parseJsonSource(`${folder.folder}/${name}`, bytes, RULE_FILES[name]);
  if (!parsed.ok) {
    folder.findings.push(...formFindings({ name, schema, value: undefined }, [parsed.refusal]));
    return null;
  }
  const checked = checkSchema(parsed.value, schema);
  if (checked.ok) return { source: parsed.value, content: checked.value };
  folder.findings.push(...formFindings({ name, schema, value: parsed.value.value }, checked.refusal));
  return null;
};

/** One finding for each file that is no part of a rule set: a misspelt name would otherwise be law that nobody reads. */
export const refuseUnknownFiles = (folder: RuleFolder): void => {
  for (const name of folder.files.keys())
    if (!isRuleFileName(name) && !isBesideTheLaw(name)) folder.findings.push(unknownFile(folder, name));
};
