import type { Command } from 'commander';
import { makeVersion } from '#local/new-version.ts';
import { ruleSetFolder, rulesRootForNew } from '#local/rule-set-folder.ts';
import { say, sayJson } from '../../output.ts';

interface Options {
  readonly from: string;
  readonly root?: string;
  readonly json?: boolean;
}

const makeNew = (id: string, version: string, options: Options): void => {
  const root = rulesRootForNew(options.root);
  const from = ruleSetFolder(options.from, root);
  const { folder, schemaFolder } = makeVersion({ id, version, root, from });
  if (options.json === true) {
    sayJson({ folder, ruleSet: { id, version }, from, schemaFolder });
    return;
  }
  say(`${folder}: ${id}@${version}, a copy of ${options.from}`);
  if (schemaFolder !== null) say(`${schemaFolder}: JSON Schemas, so that an editor helps`);
  say(`next: edit it, then \`adl rules check ${folder}\`, \`adl rules test ${folder}\`, \`adl rules diff ${options.from} ${folder}\``);
  say(`when it is in order: \`adl rules release ${folder}\``);
};

/** `adl rules new`: begins a version as a copy of another one. Ends with 2, nothing written, when the version exists or a name is bad. */
export const addNew = (rules: Command): void => {
  rules
    .command('new')
    .description('begins a new version as a copy of another one, tests included')
    .argument('<set>', 'name of the rule set, such as venue')
    .argument('<version>', 'three numbers, such as 1.1.0')
    .requiredOption('--from <rules>', 'what to copy: <set>@<version>, or a folder')
    .option('--root <folder>', 'where rule sets stand; `rules` in the working folder')
    .option('--json', 'one JSON document on stdout')
    .action(makeNew);
};
