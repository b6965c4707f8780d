import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { contentsOf, layOut } from '../support/folder.ts';
import { edit } from '../support/rules-folder.ts';
import { documentOf, linesOf, runAdl } from '../support/run-adl.ts';
import { addVersion, changeNumber, hashOf, venueRules } from '../support/venue-rules.ts';

const release = (folder: string, ...given: readonly string[]) => runAdl(folder, 'rules', 'release', ...given);

const lockOf = (folder: string): unknown => JSON.parse(readFileSync(join(folder, 'rules/released.lock.json'), 'utf8'));

describe('adl rules release', () => {
  it('locks the hash and says in the changelog what changed since the version before', async () => {
    const folder = venueRules();
    const first = await release(folder, 'venue@1.0.0');
    expect([first.code, first.stderr]).toEqual([0, '']);
    changeNumber(addVersion(folder, '1.1.0'));
    const second = await release(folder, 'rules/venue/1.1.0');
    expect([second.code, second.stderr]).toEqual([0, '']);
    expect(lockOf(folder)).toEqual({
      'venue@1.0.0': hashOf(join(folder, 'rules/venue/1.0.0')),
      'venue@1.1.0': hashOf(join(folder, 'rules/venue/1.1.0')),
    });
    const changelog = readFileSync(join(folder, 'CHANGELOG.md'), 'utf8');
    expect(changelog).toMatch(/### Rules\n\n- `venue@1\.0\.0`: first release\.\n {2}- Neutral rules/);
    expect(changelog).toMatch(/- `venue@1\.1\.0`, after `venue@1\.0\.0`:\n {2}- [^\n]*10 s → 20 s/);
    expect(second.stdout).toContain('written: rules/released.lock.json, CHANGELOG.md');
  });

  it('of the same content again changes nothing and says so', async () => {
    const folder = venueRules();
    await release(folder, 'venue@1.0.0');
    const before = contentsOf(folder);
    const again = await release(folder, 'venue@1.0.0');
    expect(again).toEqual({ code: 0, stdout: expect.stringContaining('is released already with this content'), stderr: '' });
    edit(join(folder, 'rules/venue/1.0.0/margin.rules.json'), /"notes": "A pool[^"]*"/, '"notes": "another note"');
    expect((await release(folder, 'venue@1.0.0')).code).toBe(0);
    expect({ ...contentsOf(folder), 'rules/venue/1.0.0/margin.rules.json': '' }).toEqual({
      ...before,
      'rules/venue/1.0.0/margin.rules.json': '',
    });
  });

  it('refuses a released version that was changed, naming both hashes, and writes nothing', async () => {
    const folder = venueRules();
    await release(folder, 'venue@1.0.0');
    const released = hashOf(join(folder, 'rules/venue/1.0.0'));
    changeNumber(join(folder, 'rules/venue/1.0.0'));
    const before = contentsOf(folder);
    const { code, stdout } = await release(folder, 'venue@1.0.0');
    expect(code).toBe(1);
    expect(linesOf(stdout)[0]).toBe(
      `rules/venue/1.0.0: \`venue@1.0.0\` was released as \`${released}\`, the folder holds \`${hashOf(join(folder, 'rules/venue/1.0.0'))}\`: a change is a new version`,
    );
    expect(contentsOf(folder)).toEqual(before);
  });

  it('compares with the newest earlier version by number, several at once too', async () => {
    const folder = venueRules();
    changeNumber(addVersion(folder, '1.9.0'));
    addVersion(folder, '1.10.0');
    const run = await release(folder, 'rules/venue/1.10.0', 'venue@1.0.0', 'venue@1.9.0', '--json');
    const { versions } = z
      .object({ versions: z.array(z.object({ ruleSet: z.object({ version: z.string() }), before: z.string().nullable() })) })
      .parse(documentOf(run));
    expect(versions.map(({ ruleSet: { version }, before }) => [version, before])).toEqual([
      ['1.0.0', null],
      ['1.9.0', 'venue@1.0.0'],
      ['1.10.0', 'venue@1.9.0'],
    ]);
    expect(readFileSync(join(folder, 'rules/released.lock.json'), 'utf8')).toMatch(/1\.0\.0.*1\.9\.0.*1\.10\.0/s);
  });

  it('refuses a version whose test fails, naming file and case', async () => {
    const folder = venueRules();
    layOut(join(folder, 'rules/venue/1.0.0/tests'), {
      'wrong.json': {
        name: 'a healthy pool is liquidated',
        facts: { margin: { marginExcess: '1', tierIndex: '0' } },
        expect: { verdicts: [{ rule: 'liquidate', outcome: 'FIRED' }] },
      },
    });
    const { code, stdout } = await release(folder, 'venue@1.0.0');
    expect(code).toBe(1);
    expect(linesOf(stdout)).toEqual([
      'rules/venue/1.0.0/tests/wrong.json $: test `a healthy pool is liquidated` fails',
      'nothing is released',
    ]);
  });

  it('refuses a version whose tests cover too little, unless less is asked for; one refused version holds back the others', async () => {
    const folder = venueRules();
    rmSync(join(addVersion(folder, '1.1.0'), 'tests'), { recursive: true });
    const before = contentsOf(folder);
    const { code, stdout } = await release(folder, 'venue@1.0.0', 'venue@1.1.0');
    expect(code).toBe(1);
    expect(stdout).toMatch(/venue@1\.0\.0 could be released, but is not/);
    expect(stdout).toMatch(/rules\/venue\/1\.1\.0: its tests cover 0 % of its rules and conditions, 100 % are needed/);
    expect(contentsOf(folder)).toEqual(before);
    expect((await release(folder, 'venue@1.0.0', 'venue@1.1.0', '--coverage', '0')).code).toBe(0);
  });

  it('writes the changelog that it is told to, keeping what is there', async () => {
    const folder = venueRules();
    writeFileSync(join(folder, 'HISTORY.md'), '# History\n\n## [Unreleased]\n\n### Rules\n\n- by hand\n\n## [1.0.0]\n');
    expect((await release(folder, 'venue@1.0.0', '--changelog', 'HISTORY.md')).code).toBe(0);
    const text = readFileSync(join(folder, 'HISTORY.md'), 'utf8');
    expect(text).toMatch(
      /^# History\n\n## \[Unreleased\]\n\n### Rules\n\n- by hand\n- `venue@1\.0\.0`: first release\.\n {2}- .*\n\n## \[1\.0\.0\]\n$/,
    );
    expect(Object.keys(contentsOf(folder))).not.toContain('CHANGELOG.md');
  });

  it('goes on where it was cut off between changelog and lock, without a second entry', async () => {
    const folder = venueRules();
    await release(folder, 'venue@1.0.0');
    const whole = contentsOf(folder);
    rmSync(join(folder, 'rules/released.lock.json'));
    expect((await release(folder, 'venue@1.0.0')).code).toBe(0);
    expect(contentsOf(folder)).toEqual(whole);
  });

  /** A repository that the refusals below leave as it is; it is made once. */
  const untouched = ((): (() => string) => {
    let made: string | null = null;
    return () => {
      if (made !== null) return made;
      made = venueRules();
      edit(join(addVersion(made, '1.1.0'), 'safeguards.json'), '"jumpBand": null', '"jumpBand": 0.1');
      edit(join(addVersion(made, '1.2.0'), 'rule-set.json'), '"version": "1.2.0"', '"version": "1.0.0"');
      return made;
    };
  })();

  it.each([
    ['rules with a fault', ['venue@1.1.0'], /^adl: rules\/venue\/1\.1\.0\/safeguards\.json:5 \$\.jumpBand: expected /],
    ['a folder that is another version than it says', ['venue@1.2.0'], /^adl: rules\/venue\/1\.2\.0\/rule-set\.json: says `venue@1\.0\.0`/],
    ['a folder that is no version', ['rules'], /^adl: rules: expected the folder of a version/],
    ['nothing', [], /^adl: adl rules release: expected the folder or the name of a version/],
    ['what is not there', ['venue@9.0.0'], /^adl: venue@9\.0\.0: expected a rule set such as/],
    ['a coverage beyond 100', ['venue@1.0.0', '--coverage', '101'], /^adl: --coverage: expected whole percent/],
    ['--since without --check', ['venue@1.0.0', '--since', 'x'], /^adl: --since: goes with `--check`/],
    ['--check of a named version', ['venue@1.0.0', '--check'], /^adl: --check: looks at all released versions/],
  ])('ends with 2 for %s and writes nothing', async (_claim, given, complaint) => {
    const folder = untouched();
    const before = contentsOf(folder);
    const { code, stdout, stderr } = await release(folder, ...given);
    expect([code, stdout, linesOf(stderr).length]).toEqual([2, '', 1]);
    expect(stderr).toMatch(complaint);
    expect(contentsOf(folder)).toEqual(before);
  });

  it('ends with 2 for a faulty lock, in one line with file and line', async () => {
    const folder = venueRules();
    writeFileSync(join(folder, 'rules/released.lock.json'), '{\n "venue@1.0.0": "sha256:no" }\n');
    for (const given of [['venue@1.0.0'], ['--check']]) {
      const { code, stderr } = await release(folder, ...given);
      expect([code, linesOf(stderr).length]).toEqual([2, 1]);
      expect(stderr).toMatch(/^adl: rules\/released\.lock\.json:2 .*: expected the hash of a released version/);
    }
  });
});
