import type { z } from 'zod';
import { checkSchema, type Fault, type JsonSource, parseJsonSource } from './json-source.ts';
import { isBesideTheLaw, isRuleFileName, RULE_FILES, type RuleFileName } from './rule-files.ts';

/** The bytes of a rule set's folder, and the faults found so far in reading them. */
export interface RuleFolder {
  readonly folder: string;
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly faults: Fault[];
}

export interface RuleFile<Content> {
  readonly source: JsonSource;
  readonly content: Content;
}

const fileFault = ({ folder }: RuleFolder, name: string, message: string): Fault => ({
  file: `${folder}/${name}`,
  line: 1,
  column: 1,
  path: '$',
  message,
});

/** Reads one file of the folder by its schema. Null when it is missing or faulty; the faults are then in the folder's list. */
export const readRuleFile = <Content>(folder: RuleFolder, name: RuleFileName, schema: z.ZodType<Content>): RuleFile<Content> | null => {
  const bytes = folder.files.get(name);
  if (bytes === undefined) {
    folder.faults.push(fileFault(folder, name, 'file is missing'));
    return null;
  }
  const parsed = parseJsonSource(`${folder.folder}/${name}`, bytes, RULE_FILES[name]);
  if (!parsed.ok) {
    folder.faults.push(parsed.refusal);
    return null;
  }
  const checked = checkSchema(parsed.value, schema);
  if (checked.ok) return { source: parsed.value, content: checked.value };
  folder.faults.push(...checked.refusal);
  return null;
};

/** One fault for each file that is no part of a rule set: a misspelt name would otherwise be law that nobody reads. */
export const refuseUnknownFiles = (folder: RuleFolder): void => {
  for (const name of folder.files.keys())
    if (!isRuleFileName(name) && !isBesideTheLaw(name))
      folder.faults.push(fileFault(folder, name, `unknown file: a rule set has ${Object.keys(RULE_FILES).join(', ')}`));
};
