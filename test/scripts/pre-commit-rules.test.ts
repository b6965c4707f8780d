import { chmodSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeEach, describe, expect, it } from 'vitest';
import { makeRepository, runBash } from '../support/git-repository.ts';
import { edit } from '../support/rules-folder.ts';
import { runAdlAlone } from '../support/run-adl.ts';
import { addVersion, changeNumber, venueRules } from '../support/venue-rules.ts';

const HOOK = fileURLToPath(new URL('../../scripts/pre-commit-rules.sh', import.meta.url));

let repository: string;

const commit = (script = 'git add -A && git commit -q -m change') => runBash(repository, script);

/** A repository with a released version, whose commits go through the hook. */
beforeEach(async () => {
  repository = venueRules();
  await runAdlAlone(repository, 'rules', 'release', 'venue@1.0.0');
  expect(await makeRepository(repository)).toEqual({ code: 0, text: '' });
  const hook = join(repository, '.git/hooks/pre-commit');
  writeFileSync(hook, `#!/bin/sh\nexec '${HOOK}'\n`);
  chmodSync(hook, 0o755);
});

describe('the hook before a commit', () => {
  it('lets a good version pass, and what is no rule set, without a word', async () => {
    changeNumber(addVersion(repository, '1.1.0'));
    writeFileSync(join(repository, 'README.md'), 'rules of a venue');
    expect(await commit()).toEqual({ code: 0, text: '' });
    writeFileSync(join(repository, 'vendored.txt'), '');
    expect((await commit('mkdir -p lib/thing/1.2.3 && echo x > lib/thing/1.2.3/x.json && git add -A && git commit -q -m other')).code).toBe(
      0,
    );
  });

  it('refuses a bad staged version with file and line, and makes no commit', async () => {
    const folder = addVersion(repository, '1.1.0');
    edit(join(folder, 'safeguards.json'), '"jumpBand": null', '"jumpBand": 0.1');
    const { code, text } = await commit();
    expect(code).toBe(1);
    expect(text).toMatch(/^rules\/venue\/1\.1\.0\/safeguards\.json:5:\d+/m);
    expect((await runBash(repository, 'git log --oneline | wc -l')).text.trim()).toBe('1');
  });

  it('looks at what is staged, not at what lies in the folder', async () => {
    const folder = addVersion(repository, '1.1.0');
    const good = readFileSync(join(folder, 'safeguards.json'), 'utf8');
    writeFileSync(join(folder, 'safeguards.json'), good.replace('"jumpBand": null', '"jumpBand": 0.1'));
    await runBash(repository, 'git add -A');
    writeFileSync(join(folder, 'safeguards.json'), good);
    expect((await commit('git commit -q -m "bad staged, good beside"')).code).toBe(1);
    await runBash(repository, 'git add -A');
    writeFileSync(join(folder, 'safeguards.json'), '{');
    expect(await commit('git commit -q -m "good staged, bad beside"')).toEqual({ code: 0, text: '' });
  });

  it('checks the staged versions only: a bad one that is committed already holds nobody back', async () => {
    const folder = addVersion(repository, '1.1.0');
    edit(join(folder, 'safeguards.json'), '"jumpBand": null', '"jumpBand": 0.1');
    await commit('git add -A && git commit -q --no-verify -m bad');
    addVersion(repository, '1.2.0');
    expect(await commit()).toEqual({ code: 0, text: '' });
  });

  it('knows rule sets at the top of a repository too', async () => {
    await commit('git mv rules/venue venue && git mv rules/released.lock.json . && git commit -q --no-verify -m move');
    edit(join(repository, 'venue/1.0.0/safeguards.json'), '"jumpBand": null', '"jumpBand": 0.1');
    const { code, text } = await commit();
    expect(code).toBe(1);
    expect(text).toMatch(/^venue\/1\.0\.0\/safeguards\.json:5:\d+/m);
    expect(text).toMatch(/^venue\/1\.0\.0\/safeguards\.json:5: `venue@1\.0\.0` is released and no longer in order/m);
    expect(text.match(/expected /g)).toHaveLength(1);
  });

  it('refuses to change or to remove a released version, and to take it out of the lock', async () => {
    changeNumber(join(repository, 'rules/venue/1.0.0'));
    expect(await commit()).toEqual({ code: 1, text: expect.stringMatching(/^rules\/venue\/1\.0\.0: `venue@1\.0\.0` was released as /m) });
    rmSync(join(repository, 'rules/venue/1.0.0'), { recursive: true });
    expect(await commit()).toEqual({ code: 1, text: expect.stringMatching(/^rules\/venue\/1\.0\.0: is missing, but/m) });
    writeFileSync(join(repository, 'rules/released.lock.json'), '{}\n');
    expect(await commit()).toEqual({ code: 1, text: expect.stringMatching(/lock no longer names it: restore it/) });
  });
});

describe('the hook for the framework pre-commit', () => {
  const hooks = readFileSync(new URL('../../.pre-commit-hooks.yaml', import.meta.url), 'utf8');

  it('runs this script, for files of rule sets and for the lock', () => {
    expect(hooks).toMatch(/^ {2}entry: scripts\/pre-commit-rules\.sh$/m);
    const files = new RegExp(/^ {2}files: '(.+)'$/m.exec(hooks)?.[1] ?? 'nothing');
    for (const path of ['rules/venue/1.0.0/safeguards.json', 'venue/1.0.0/tests/a.json', 'rules/released.lock.json'])
      expect(path).toMatch(files);
    for (const path of ['rules/README.md', 'package-lock.json']) expect(path).not.toMatch(files);
  });
});
