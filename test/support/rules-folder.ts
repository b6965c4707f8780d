import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { invariant } from '#core/invariant.ts';

const RULES = fileURLToPath(new URL('../../rules', import.meta.url));

/** Puts a copy of shipped rules into a folder, as a risk manager would begin a version. Returns the copy's path. */
export const copyRules = (folder: string, ruleSet: string, name = 'rules'): string => {
  const copy = join(folder, name);
  cpSync(join(RULES, ruleSet, '1.0.0'), copy, { recursive: true });
  return copy;
};

/** Replaces a text that a file has. */
export const edit = (file: string, before: string | RegExp, after: string): void => {
  const text = readFileSync(file, 'utf8');
  const edited = text.replace(before, after);
  invariant(edited !== text, `${file} has ${before}`);
  writeFileSync(file, edited);
};
