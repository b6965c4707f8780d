import { existsSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { folderWith } from '../support/folder.ts';
import { makeRepository, runBash, type Said } from '../support/git-repository.ts';
import { edit } from '../support/rules-folder.ts';
import { runAdlAlone } from '../support/run-adl.ts';
import { addVersion, changeNumber, venueRules } from '../support/venue-rules.ts';

const ENGINE = fileURLToPath(new URL('../..', import.meta.url));
const WORKFLOW = readFileSync(join(ENGINE, '.github/workflows/rules.yml'), 'utf8');

interface Step {
  readonly name: string;
  readonly script: string;
}

const indentOf = (line: string): number => line.length - line.trimStart().length;

/** The script of a line `run: …`: what follows in it, or the lines below it that stand deeper. */
const scriptAt = (lines: readonly string[], at: number): string => {
  const line = lines[at] ?? '';
  const inline = line.trim().replace('run: ', '');
  if (inline !== '|') return inline;
  const block = lines.slice(at + 1);
  const end = block.findIndex((each) => each.trim() !== '' && indentOf(each) <= indentOf(line));
  return (end < 0 ? block : block.slice(0, end)).map((each) => each.trim()).join('\n');
};

/** Every step of a workflow that runs a script, in order. */
const stepsOf = (workflow: string): readonly Step[] => {
  const lines = workflow.split('\n');
  return lines.flatMap((line, at) => {
    if (!/^ {8}run: /.test(line)) return [];
    const name = lines.slice(0, at).findLast((each) => /^ {6}- name: /.test(each));
    return [{ name: name?.replace(/^ {6}- name: /, '') ?? '', script: scriptAt(lines, at) }];
  });
};

const STEPS = stepsOf(WORKFLOW);

/** A repository of rules as the workflow finds it: one version released in the first commit, the engine checked out beside the rules. */
const checkedOut = async (): Promise<string> => {
  const repository = venueRules();
  await runAdlAlone(repository, 'rules', 'release', 'venue@1.0.0');
  writeFileSync(join(repository, '.gitignore'), '.engine\n');
  await makeRepository(repository);
  symlinkSync(ENGINE, join(repository, '.engine'));
  return repository;
};

/** Runs all steps but the installation, each whether or not one before it failed, in a commit of what lies in the folder. */
const runSteps = async (repository: string, base: string): Promise<Readonly<Record<string, Said>>> => {
  await runBash(repository, 'git add -A && git commit -q -m change');
  const places = folderWith({ path: '', 'summary.md': '' });
  const said: [string, Said][] = [];
  for (const { name, script } of STEPS.filter((step) => step.name !== 'Install the engine')) {
    const added = readFileSync(join(places, 'path'), 'utf8').trim().split('\n').filter(Boolean);
    const environment = {
      RULES: 'rules',
      COVERAGE: '100',
      BASE: base,
      RUNNER_TEMP: places,
      GITHUB_PATH: join(places, 'path'),
      GITHUB_STEP_SUMMARY: join(places, 'summary.md'),
    };
    const path = added.map((each) => `export PATH='${each}':"$PATH"\n`).join('');
    said.push([name, await runBash(repository, `${path}${script}`, environment)]);
  }
  return { ...Object.fromEntries(said), summary: { code: 0, text: readFileSync(join(places, 'summary.md'), 'utf8') } };
};

const firstCommit = async (repository: string): Promise<string> =>
  (await runBash(repository, 'git rev-list --max-parents=0 HEAD')).text.trim();

describe('the workflow for a repository of rules', () => {
  it('checks, tests, compares with the lock and says what changed, and takes its inputs from the environment only', () => {
    expect(STEPS.map(({ name }) => name)).toEqual([
      'Install the engine',
      'Put adl on the path',
      'Check',
      'Test',
      'Released versions are what was released',
      'Say what changed',
    ]);
    for (const { script } of STEPS) expect(script).not.toContain('${{');
    for (const [path] of STEPS.map(({ script }) => script)
      .join('\n')
      .matchAll(/(?<=\.engine\/)[\w./-]+\.\w+/g))
      expect(existsSync(join(ENGINE, path)), path).toBe(true);
  });

  it('is called for pull requests of this project, with inputs that it has', () => {
    const caller = readFileSync(join(ENGINE, '.github/workflows/rules-pull-request.yml'), 'utf8');
    expect(caller).toContain('uses: ./.github/workflows/rules.yml');
    const given = [...(caller.split('    with:\n')[1] ?? '').matchAll(/^ {6}([\w-]+):/gm)].map(([, name]) => name);
    expect(given.length).toBeGreaterThan(0);
    for (const name of given) expect(WORKFLOW).toMatch(new RegExp(`^ {6}${name}:$`, 'm'));
  });

  describe('with a new version in order', () => {
    let said: Readonly<Record<string, Said>>;

    beforeAll(async () => {
      const repository = await checkedOut();
      changeNumber(addVersion(repository, '1.1.0'));
      said = await runSteps(repository, await firstCommit(repository));
    });

    it('passes in every step', () => {
      expect(Object.entries(said).filter(([, { code }]) => code !== 0)).toEqual([]);
      expect(Object.keys(said)).toHaveLength(STEPS.length);
    });

    it('puts what changed into the summary, as markdown', () => {
      expect(said.summary?.text).toMatch(/^## Rules\n\n.*venue@1\.1\.0.*10 s → 20 s/s);
      expect(said.summary?.text).not.toContain('could not be compared');
    });
  });

  it('without a commit to compare with takes all versions for new ones', async () => {
    const repository = await checkedOut();
    const said = await runSteps(repository, '0'.repeat(40));
    expect(Object.entries(said).filter(([, { code }]) => code !== 0)).toEqual([]);
    expect(said.summary?.text).toContain('**`venue@1.0.0`** is the first version of its rule set.');
  });

  it('fails for a fault, at file and line, for untested rules, and for a released version that changed with its lock', async () => {
    const repository = await checkedOut();
    const base = await firstCommit(repository);
    changeNumber(join(repository, 'rules/venue/1.0.0'));
    writeFileSync(join(repository, 'rules/released.lock.json'), '{}');
    const draft = addVersion(repository, '1.1.0');
    edit(join(draft, 'safeguards.json'), '"jumpBand": null', '"jumpBand": 0.1');
    const said = await runSteps(repository, base);
    expect(said.Check?.code).toBe(1);
    expect(said.Check?.text).toMatch(/^::error file=rules\/venue\/1\.1\.0\/safeguards\.json,line=5/m);
    expect(said.Test?.code).toBe(2);
    expect(said['Released versions are what was released']).toEqual({
      code: 1,
      text: expect.stringMatching(/`venue@1\.0\.0` was released as .*no longer names it/),
    });
    expect(said['Say what changed']?.code).toBe(0);
    expect(said.summary?.text).toContain('**`venue@1.1.0`** could not be compared with `1.0.0`.');
  });
});

describe('every file in .github/workflows', () => {
  it.each(readdirSync(join(ENGINE, '.github/workflows')))('%s is indented by spaces and names its permissions', (file) => {
    const text = readFileSync(join(ENGINE, '.github/workflows', file), 'utf8');
    expect(text).not.toContain('\t');
    expect(text).toMatch(/^permissions:\n {2}contents: read$/m);
  });
});
