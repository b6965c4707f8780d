import type { Command } from 'commander';
import { namesCommands } from '../names-commands.ts';
import { addCheck } from './rules/check.ts';
import { addCompare } from './rules/compare.ts';
import { addDiff } from './rules/diff.ts';
import { addNew } from './rules/new.ts';
import { addRelease } from './rules/release.ts';
import { addTest } from './rules/test.ts';

/** `adl rules …`: the life of a rule set, from the first edit to the release. */
export const addRules = (adl: Command): void => {
  const rules = namesCommands(adl.command('rules').description('rule sets, from the first edit to the release').exitOverride());
  for (const add of [addNew, addCheck, addTest, addDiff, addCompare, addRelease]) add(rules);
};
