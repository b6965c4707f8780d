import { beforeAll, describe, expect, it } from 'vitest';
import { linesOf, runAdl } from '../support/run-adl.ts';
import { diffDocument, rulesAndBooks } from './rules-diff-folder.ts';

let folder: string;

beforeAll(() => {
  folder = rulesAndBooks();
});

const TIER_LINE = 'maintenance 1.0 % → 1.25 %; a 100k long at 20× is liquidated 0.24 % earlier';

describe('adl rules diff', () => {
  it('groups what concerns all before the markets, and ends with 0', async () => {
    const { code, stdout, stderr } = await runAdl(folder, 'rules', 'diff', 'a', 'b');
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout.split('\n\n').map((part) => part.trim())).toEqual([
      expect.stringMatching(/^house@1\.0\.0 → house@1\.1\.0 {2}\(sha256:[0-9a-f]{12} → sha256:[0-9a-f]{12}\)$/),
      'Deleveraging\n  deleveraging: excluded tags none → vip: accounts tagged `vip` are never deleveraged',
      'Rule set\n  rule set: version 1.0.0 → 1.1.0',
      `Every market without a table of its own (\`*\`)\n  \`*\` tier 0, above 0: ${TIER_LINE}`,
      expect.stringMatching(/^Tiers are counted from 0/),
    ]);
  });

  it('gives Markdown with sections, bullets and a table for tiers', async () => {
    const { code, stdout } = await runAdl(folder, 'rules', 'diff', 'a', 'b', '--format', 'markdown');
    expect(code).toBe(0);
    const lines = linesOf(stdout);
    expect(lines[0]).toBe('## Rules: `house@1.0.0` → `house@1.1.0`');
    expect(lines.filter((line) => line.startsWith('### '))).toEqual([
      '### Deleveraging',
      '### Rule set',
      '### Every market without a table of its own (`*`)',
    ]);
    expect(lines).toContain('- rule set: version 1.0.0 → 1.1.0');
    expect(lines).toContain('| 0 | above 0 | maintenance 1.0 % → 1.25 % | a 100k long at 20× is liquidated 0.24 % earlier |');
  });

  it('gives one JSON document with the values behind each line, exact, and what the schema says of them', async () => {
    const { same, changes, book: compared } = await diffDocument(folder, 'a', 'b', '--json');
    expect([same, compared]).toEqual([false, undefined]);
    const [excluded, version, tier] = changes;
    expect([excluded?.section, version?.section, tier?.marketId]).toEqual(['DELEVERAGING', 'RULE_SET', '*']);
    expect(tier?.sentence).toBe(`\`*\` tier 0, above 0: ${TIER_LINE}`);
    // 95 / 0.9875 − 95 / 0.99, of 100.
    expect(tier?.band?.example.distancePercent).toMatch(/^0\.242935/);
    expect(tier?.values).toEqual([
      expect.objectContaining({
        file: 'margin-tiers.json',
        path: '$.markets["*"][0].maintenanceMarginRate',
        before: '0.01',
        after: '0.0125',
      }),
    ]);
    expect(tier?.values[0]?.description).toMatch(/maintenance margin/i);
    expect(await diffDocument(folder, 'a', 'b', '--format', 'json')).toEqual(await diffDocument(folder, 'a', 'b', '--json'));
  });

  it('says that there is no difference, in every format', async () => {
    expect((await runAdl(folder, 'rules', 'diff', 'a', 'a')).stdout).toMatch(
      /^house@1\.0\.0 → house@1\.0\.0: no difference \(sha256:\w{12}\)\n$/,
    );
    expect((await runAdl(folder, 'rules', 'diff', 'a', 'a', '--format', 'markdown')).stdout).toMatch(
      /\n\nNo difference \(`sha256:\w{12}`\)\.\n$/,
    );
    expect(await diffDocument(folder, 'a', 'a', '--json')).toMatchObject({ same: true, changes: [] });
  });

  it('knows released versions by name', async () => {
    const { before, after, changes } = await diffDocument(folder, 'house', 'house-guarded@1.0.0', '--json');
    expect([before.id, after.id]).toEqual(['house', 'house-guarded']);
    expect(changes.map(({ sentence }) => sentence)).toContain('safeguards: jump band off → 10 %: marks that jump further are held back');
  });
});

describe('how it ends', () => {
  it.each([
    [['a', 'b'], 0],
    [['a', 'b', '--exit-code'], 1],
    [['a', 'a', '--exit-code'], 0],
  ] as const)('%j: %i', async (given, code) => expect((await runAdl(folder, 'rules', 'diff', ...given)).code).toBe(code));

  it.each([
    [['a', 'nowhere'], /^adl: nowhere: expected a rule set such as/],
    [['a', 'broken'], /^adl: broken\/margin\.rules\.json:10 \$\.rules\[0\]\.conditions\.all\[0\]\.operator: expected/],
    [['a', 'b', '--book', 'bad.json'], /^adl: bad\.json:1 \$/],
    [['a', 'b', '--format', 'html'], /^adl: .*`html` is invalid/],
    [['a'], /^adl: missing required argument `b`\n$/],
  ] as const)('%j: 2, in one line', async (given, complaint) => {
    const { code, stdout, stderr } = await runAdl(folder, 'rules', 'diff', ...given);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(complaint);
    expect(linesOf(stderr)).toHaveLength(1);
  });
});
