import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { readRuleSetFolder } from '#local/rule-set-folder.ts';
import { folderWith, layOut } from './folder.ts';
import { copyRules, edit } from './rules-folder.ts';

/** Tests of the rules of `house` that cover all of them, and nothing beside the rules. */
const TESTS = {
  'rules.json': {
    cases: [
      ['both rules fire', { margin: { marginExcess: '-1', tierIndex: '1' } }, { verdicts: [{ rule: 'reduce-to-tier', outcome: 'FIRED' }] }],
      ['the tier decides', { margin: { marginExcess: '-1', tierIndex: '0' } }, { verdicts: [{ rule: 'liquidate', outcome: 'FIRED' }] }],
      ['the excess decides', { margin: { marginExcess: '0', tierIndex: '1' } }, { verdicts: [{ rule: 'liquidate', outcome: 'SILENT' }] }],
      ['a loss', { shortfall: { shortfall: '1', residualQuantity: '1' } }, { shortfallVerdicts: [{ rule: 'absorb', outcome: 'FIRED' }] }],
      ['no loss', { shortfall: { shortfall: '0', residualQuantity: '0' } }, { shortfallVerdicts: [{ rule: 'absorb', outcome: 'SILENT' }] }],
    ].map(([name, facts, expect]) => ({ name, facts, expect })),
  },
};

/** Adds a version of `venue` to a repository of rules: the law of `house` under that name, with quick tests of all its rules. Returns its folder. */
export const addVersion = (repository: string, version: string): string => {
  const folder = copyRules(repository, 'house', `rules/venue/${version}`);
  edit(join(folder, 'rule-set.json'), '"id": "house"', '"id": "venue"');
  if (version !== '1.0.0') edit(join(folder, 'rule-set.json'), '"version": "1.0.0"', `"version": "${version}"`);
  rmSync(join(folder, 'tests'), { recursive: true, force: true });
  layOut(join(folder, 'tests'), TESTS);
  return folder;
};

/** A repository of rules with `venue@1.0.0` in it. */
export const venueRules = (): string => {
  const repository = folderWith({});
  addVersion(repository, '1.0.0');
  return repository;
};

/** Changes one number of a version that no test of it looks at. */
export const changeNumber = (version: string): void =>
  edit(join(version, 'margin.rules.json'), '"orderTimeToLive": "PT10S"', '"orderTimeToLive": "PT20S"');

/** Hash of the content of a version's folder. Throws when its rules are faulty. */
export const hashOf = (version: string): string => {
  const loaded = readRuleSetFolder(version);
  if (!loaded.ok) throw new RangeError(loaded.refusal[0]?.message);
  return loaded.value.reference.hash;
};
