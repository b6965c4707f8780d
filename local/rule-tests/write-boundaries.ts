import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readText } from '../read-input.ts';
import { makeFolder, replaceFile } from '../replace-file.ts';
import { BOUNDARY_FILE, boundaryFileText, boundaryTests } from './boundary-file.ts';
import { TESTS_FOLDER } from './run-test-folder.ts';
import type { FolderToTest } from './test-folders.ts';

/** What became of the generated tests of a folder. */
export interface WrittenBoundaries {
  readonly file: string;
  readonly cases: number;
  /** NONE: the rules have no boundary that a test could stand at, and nothing was written. */
  readonly outcome: 'WRITTEN' | 'UNCHANGED' | 'NONE';
}

/** Writes the boundary tests of a version beside its rules, if they are not there already. Throws `BadInput` where they cannot be written. */
export const writeBoundaries = ({ folder, ruleSet }: FolderToTest): WrittenBoundaries => {
  const file = join(folder, TESTS_FOLDER, BOUNDARY_FILE);
  const cases = boundaryTests(ruleSet).cases.length;
  const text = boundaryFileText(ruleSet);
  if (cases === 0) return { file, cases, outcome: 'NONE' };
  if (existsSync(file) && readText(file) === text) return { file, cases, outcome: 'UNCHANGED' };
  makeFolder(join(folder, TESTS_FOLDER));
  replaceFile(file, text);
  return { file, cases, outcome: 'WRITTEN' };
};
