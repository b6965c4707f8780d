import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RuleSetReference } from '#core/policy.ts';

/** A folder for the tables of one stack. */
export interface DataFolder {
  readonly path: string;
  /** Takes a temporary folder away; lets a kept one be. */
  readonly leave: () => void;
}

/** A folder that is kept, or a fresh one for the time being where none is named. */
export const dataFolderAt = (kept: string | undefined): DataFolder => {
  if (kept !== undefined) return { path: kept, leave: () => {} };
  const path = mkdtempSync(join(tmpdir(), 'adl-stack-'));
  return { path, leave: () => rmSync(path, { recursive: true, force: true }) };
};

/** Where the n-th of several runs keeps its tables below a common folder; one run alone has the folder for itself. */
export const folderOfRun = (kept: string | undefined, ruleSets: readonly RuleSetReference[], index: number): string | undefined => {
  const reference = ruleSets[index];
  if (kept === undefined || reference === undefined || ruleSets.length === 1) return kept;
  return join(kept, `${index + 1}-${reference.id}@${reference.version}`);
};
