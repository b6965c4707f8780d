import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { RULES_ROOT } from '#local/rule-set-folder.ts';
import { edit } from '../support/rules-folder.ts';
import { linesOf, runAdl } from '../support/run-adl.ts';
import { addVersion, changeNumber, hashOf, venueRules } from '../support/venue-rules.ts';

const release = (folder: string, ...given: readonly string[]) => runAdl(folder, 'rules', 'release', ...given);

const lockOf = (folder: string): unknown => JSON.parse(readFileSync(join(folder, 'rules/released.lock.json'), 'utf8'));

describe('adl rules release --check', () => {
  it('finds what this project ships as it was released', async () => {
    const { code, stdout } = await release(RULES_ROOT, '--check');
    expect([code, stdout]).toEqual([0, expect.stringMatching(/released versions are as released\n$/)]);
  });

  it('finds a changed, a broken and a missing version, and names drafts', async () => {
    const folder = venueRules();
    for (const version of ['1.1.0', '1.2.0', '1.3.0']) addVersion(folder, version);
    await release(folder, 'venue@1.0.0', 'venue@1.1.0', 'venue@1.2.0');
    expect((await release(folder, '--check')).code).toBe(0);
    changeNumber(join(folder, 'rules/venue/1.0.0'));
    edit(join(folder, 'rules/venue/1.1.0/safeguards.json'), '"jumpBand": null', '"jumpBand": 1');
    rmSync(join(folder, 'rules/venue/1.2.0'), { recursive: true });
    const { code, stdout } = await release(folder, '--check');
    const [changed, broken, missing, drafts, ...rest] = linesOf(stdout);
    expect([code, rest]).toEqual([1, []]);
    expect(changed).toMatch(/^rules\/venue\/1\.0\.0: `venue@1\.0\.0` was released as `sha256:\w+`, the folder holds `sha256:\w+`/);
    expect(broken).toMatch(/^rules\/venue\/1\.1\.0\/safeguards\.json:5: `venue@1\.1\.0` is released and no longer in order/);
    expect(missing).toMatch(/^rules\/venue\/1\.2\.0: is missing/);
    expect(drafts).toBe('not released: venue@1.3.0');
  });

  it('against an earlier lock finds a version that was taken out or put under another hash', async () => {
    const folder = venueRules();
    addVersion(folder, '1.1.0');
    await release(folder, 'venue@1.0.0', 'venue@1.1.0');
    const earlier = readFileSync(join(folder, 'rules/released.lock.json'), 'utf8');
    writeFileSync(join(folder, 'earlier.json'), earlier);
    expect((await release(folder, '--check', '--since', 'earlier.json')).code).toBe(0);
    changeNumber(join(folder, 'rules/venue/1.0.0'));
    rmSync(join(folder, 'rules/released.lock.json'));
    await release(folder, 'venue@1.0.0');
    expect((await release(folder, '--check')).code).toBe(0);
    expect(lockOf(folder)).toEqual({ 'venue@1.0.0': hashOf(join(folder, 'rules/venue/1.0.0')) });
    const { code, stdout } = await release(folder, '--check', '--since', 'earlier.json');
    expect(code).toBe(1);
    expect(linesOf(stdout)[0]).toMatch(
      /lock\.json: `venue@1\.0\.0` was released as `sha256:\w+`, the lock says `sha256:\w+` now: restore it/,
    );
    expect(linesOf(stdout)[1]).toMatch(/`venue@1\.1\.0` was released as `sha256:\w+`, the lock no longer names it: restore it/);
  });
});
