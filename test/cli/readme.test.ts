import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runShell } from '../support/run-adl.ts';

const README = readFileSync('README.md', 'utf8');
const blocks = [...README.matchAll(/```\n([\s\S]*?)\n```/g)].map(([, block = '']) => block);
const root = process.cwd();

/** Rows of a printed table, without the spaces that widths put between cells. */
const rowsOf = (text: string): readonly string[] => text.split('\n').map((line) => line.trim().replace(/ {2,}/g, '  '));

describe('the README', () => {
  it('shows what `adl assess` prints for the liquidation worked by hand', async () => {
    const { stdout } = await runShell(root, `"${process.execPath}" cli/adl.ts assess docs/examples/one-liquidation/book.json`);
    const shown = blocks.find((block) => block.startsWith('ann#ISOLATED')) ?? '';
    expect(stdout).toContain(shown);
    expect(shown.split('\n').length).toBeGreaterThan(4);
  });

  it('shows the waterfalls that `npm start` prints, figure by figure', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'adl-readme-'));
    // In one process: that the stack gives the same totals is shown elsewhere, and by every `npm start`.
    const { stdout, code } = await runShell(folder, `"${process.execPath}" "${join(root, 'cli', 'start.ts')}" --in-process`);
    expect(code).toBe(0);
    const shown = rowsOf(blocks.find((block) => block.includes('breaches (liquidations opened)')) ?? '');
    expect(shown.length).toBeGreaterThan(12);
    expect(rowsOf(stdout)).toEqual(expect.arrayContaining([...shown]));
  });
});
