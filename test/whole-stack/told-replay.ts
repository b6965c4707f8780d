import { join } from 'node:path';
import { type LoadedScenario, loadScenario } from '#local/replay/load-scenario.ts';
import { readRuleSet } from '#local/rule-set-folder.ts';
import type { RuleSet } from '#rule-sets/rule-set.ts';
import { type Files, folderWith } from '../support/folder.ts';
import { copyRules, edit } from '../support/rules-folder.ts';

export type LawId = 'house' | 'house-guarded';
export const LAW_IDS: readonly LawId[] = ['house', 'house-guarded'];

/** What to replace in one of the law's files. */
export type LawEdit = readonly [file: string, before: string, after: string];

/** Something that may go wrong in more than one way, as files, with what to change in each law to make it happen. */
export interface ToldReplay {
  readonly name: string;
  readonly files: () => Files;
  readonly edits: Readonly<Record<LawId, readonly LawEdit[]>>;
}

/** Writes the files of a replay and of its law into a folder and reads both as a command does. */
export const laidOut = (told: ToldReplay, lawId: LawId): { readonly loaded: LoadedScenario; readonly ruleSet: RuleSet } => {
  const folder = folderWith(told.files());
  const rules = copyRules(folder, lawId);
  for (const [file, before, after] of told.edits[lawId]) edit(join(rules, file), before, after);
  return { loaded: loadScenario(join(folder, 'scenario.json')), ruleSet: readRuleSet(rules) };
};
