import { dirname, join, relative, resolve } from 'node:path';
import type { Command } from 'commander';
import { badFile } from '#local/bad-input.ts';
import { checkReleased } from '#local/check-released.ts';
import { commitRelease, planRelease, type ReleasePlan, type ReleaseStep } from '#local/release-rules.ts';
import { lockFile } from '#local/released-lock.ts';
import { changesInWords } from '#local/rule-diff/changes-in-words.ts';
import { ruleSetFolder, rulesRoot } from '#local/rule-set-folder.ts';
import { EXIT } from '../../exit-codes.ts';
import { say, sayJson } from '../../output.ts';

interface Options {
  readonly check?: boolean;
  readonly since?: string;
  readonly coverage: string;
  readonly changelog?: string;
  readonly root?: string;
  readonly json?: boolean;
}

const COVERAGE_MAX = 100;

const coverageOf = ({ coverage }: Options): number => {
  if (/^\d{1,3}$/.test(coverage) && Number(coverage) <= COVERAGE_MAX) return Number(coverage);
  throw badFile('--coverage', `expected whole percent from 0 to 100, got \`${coverage}\``);
};

/** Beside the folder of rules, where a project has its changelog. */
const changelogOf = (root: string, { changelog }: Options): string =>
  changelog ?? relative(process.cwd(), join(dirname(resolve(root)), 'CHANGELOG.md'));

const documentOf = (step: ReleaseStep): unknown => ({
  folder: step.folder,
  ruleSet: step.ruleSet.reference,
  state: step.state,
  before: step.state === 'RELEASED' ? step.entry.before : null,
  changes: step.state === 'RELEASED' ? step.entry.changes : [],
  reasons: step.state === 'REFUSED' ? step.reasons : [],
});

const sayStep = (step: ReleaseStep, isWritten: boolean): void => {
  const { id, version, hash } = step.ruleSet.reference;
  if (step.state === 'REFUSED') for (const reason of step.reasons) say(reason);
  if (step.state === 'UNCHANGED') say(`${step.folder}: ${id}@${version} is released already with this content; nothing to do`);
  if (step.state !== 'RELEASED') return;
  say(`${step.folder}: ${id}@${version} ${isWritten ? 'is released' : 'could be released, but is not'} (${hash})`);
  for (const change of step.entry.changes) say(`  ${change}`);
};

const report = ({ root, steps }: ReleasePlan, changelog: string, options: Options): void => {
  const isWritten = steps.every(({ state }) => state !== 'REFUSED');
  const isChanged = isWritten && steps.some(({ state }) => state === 'RELEASED');
  if (options.json === true) {
    sayJson({ root, changelog, lock: lockFile(root), written: isChanged, versions: steps.map(documentOf) });
    return;
  }
  for (const step of steps) sayStep(step, isWritten);
  if (isChanged) say(`written: ${lockFile(root)}, ${changelog}; commit both with the rules`);
  if (!isWritten) say('nothing is released');
};

const release = async (named: readonly string[], options: Options): Promise<void> => {
  if (named.length === 0) throw badFile('adl rules release', 'expected the folder or the name of a version, or `--check`');
  const near = rulesRoot(options.root);
  const folders = named.map((each) => ruleSetFolder(each, near));
  const plan = await planRelease(folders, { coverage: coverageOf(options), changesInWords });
  const changelog = changelogOf(plan.root, options);
  if (plan.steps.some(({ state }) => state === 'REFUSED')) process.exitCode = EXIT.failed;
  else commitRelease(plan, changelog);
  report(plan, changelog, options);
};

const checkLock = (options: Options): void => {
  const root = rulesRoot(options.root);
  const checked = checkReleased(root, options.since ?? null);
  if (checked.faults.length > 0) process.exitCode = EXIT.failed;
  if (options.json === true) {
    sayJson({ root, lock: lockFile(root), ...checked });
    return;
  }
  for (const { file, message } of checked.faults) say(`${file}: ${message}`);
  if (checked.drafts.length > 0) say(`not released: ${checked.drafts.join(', ')}`);
  const { length } = checked.released;
  if (checked.faults.length === 0) say(`${lockFile(root)}: ${length} released ${length === 1 ? 'version is' : 'versions are'} as released`);
};

const run = async (named: readonly string[], options: Options): Promise<void> => {
  if (options.check !== true && options.since !== undefined) throw badFile('--since', 'goes with `--check`');
  if (options.check !== true) return release(named, options);
  if (named.length > 0) throw badFile('--check', 'looks at all released versions: name none');
  checkLock(options);
};

/**
 * `adl rules release`: locks the content of versions that are in order and tested, and says in the changelog what they change. Ends with 1 when one may not
 * be released, nothing written; 2 for rules that cannot be used. With `--check` it writes nothing and ends with 1 when a released version was changed.
 */
export const addRelease = (rules: Command): void => {
  rules
    .command('release')
    .description(
      'locks the content of versions and puts what they change into the changelog; with `--check`, looks whether released ones changed',
    )
    .argument('[version...]', 'folders such as rules/venue/1.1.0, or names such as venue@1.1.0')
    .option('--check', 'write nothing; end with 1 when a released version is changed or missing')
    .option('--since <lock file>', 'with --check: an earlier lock, all of which must still be in the present one')
    .option('--coverage <percent>', 'how much of the rules and conditions their tests must cover', '100')
    .option('--changelog <file>', 'where to say what changed; CHANGELOG.md beside the folder of rules')
    .option('--root <folder>', 'where rule sets stand; `rules` in the working folder, else those of the project')
    .option('--json', 'one JSON document on stdout')
    .action(run);
};
