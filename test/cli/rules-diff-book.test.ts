import { beforeAll, describe, expect, it } from 'vitest';
import { linesOf, runAdl } from '../support/run-adl.ts';
import { diffDocument, rulesAndBooks } from './rules-diff-folder.ts';

let folder: string;

beforeAll(() => {
  folder = rulesAndBooks();
});

describe('adl rules diff --book', () => {
  it('says which pools change, the most affected first, and what becomes of the residuals', async () => {
    const { book: compared } = await diffDocument(folder, 'a', 'b', '--json', '--book', 'book.json');
    expect(compared).toMatchObject({ pools: 4, poolsChanged: 3, liquidated: { before: 0, after: 1 } });
    const [worst, ...others] = compared?.changed ?? [];
    // Maintenance margin 10 before and 12.5 after, of a balance of 11. Closed whole, at its bankruptcy price of 98.9 or better.
    expect(worst).toMatchObject({
      poolId: 'a2#ISOLATED#X-USDT#LONG',
      before: { state: 'SAFE', decision: 'NONE', orders: [] },
      after: { state: 'LIQUIDATABLE', decision: 'LIQUIDATE', orders: ['SELL 10 X-USDT at 98.9'] },
    });
    // Short: 2,000 / 10.1 = 198.0198 and 2,000 / 10.125 = 197.5309, a move of 0.4889; long: 95.9596 and 96.2025, of 0.2429.
    expect(
      others.map(({ poolId, liquidationPrices: [price] }) => [
        poolId,
        price?.before?.slice(0, 8),
        price?.after?.slice(0, 8),
        price?.percentOfMark?.slice(0, 7),
      ]),
    ).toEqual([
      ['a4#ISOLATED#X-USDT#SHORT', '198.0198', '197.5308', '-0.4889'],
      ['a1#ISOLATED#X-USDT#LONG', '95.95959', '96.20253', '0.24293'],
    ]);
    expect(compared?.residuals).toEqual([
      expect.objectContaining({
        before: expect.objectContaining({ residualQuantity: '0' }),
        after: expect.objectContaining({ residualQuantity: '5' }),
      }),
    ]);
  });

  it('prints the totals and a table, in text and in Markdown', async () => {
    const { stdout } = await runAdl(folder, 'rules', 'diff', 'a', 'b', '--book', 'book.json');
    expect(stdout).toContain('book.json: 3 pools of 4 change; 1 more is liquidated\n');
    expect(stdout).toMatch(/a2#ISOLATED#X-USDT#LONG +SAFE → LIQUIDATABLE +NONE → LIQUIDATE +none → SELL 10 X-USDT at 98\.9 /);
    expect(stdout).toContain('  residual 0, LONG 5 X-USDT: counterparties 1 → 0, left 0 → 5, taken 25 → 0, 1 transfer differs');
    const markdown = await runAdl(folder, 'rules', 'diff', 'a', 'b', '--book', 'book.json', '--format', 'markdown');
    expect(markdown.stdout).toContain('### Book `book.json`\n\n3 pools of 4 change; 1 more is liquidated.\n');
    expect(markdown.stdout).toContain('| `a1#ISOLATED#X-USDT#LONG` | SAFE | NONE | none | LONG X-USDT 95.959596 → 96.202532 | +0.2429 % |');
  });

  it('shows the twenty most affected pools and counts the rest', async () => {
    const { stdout } = await runAdl(folder, 'rules', 'diff', 'a', 'b', '--book', 'crowd.json');
    expect(stdout).toContain('crowd.json: 23 pools of 23 change\n');
    expect(linesOf(stdout).filter((line) => line.includes('#ISOLATED#'))).toHaveLength(20);
    expect(linesOf(stdout)).toContain('  and 3 more pools');
  });
});
