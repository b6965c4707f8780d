import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { COMPARISON } from '../support/contract-shapes.ts';
import { shapeFaults } from '../support/document-shape.ts';
import { documentOf, linesOf, runAdl } from '../support/run-adl.ts';
import { comparedFolder, SEVEN } from './rules-compare-folder.ts';

const amounts = z.record(z.string(), z.string());
const transfer = z.looseObject({ accountId: z.string(), quantity: z.string(), haircut: z.string() });
const column = z.looseObject({
  ruleSet: z.object({ id: z.string(), version: z.string(), hash: z.string() }),
  refusal: z.object({ file: z.string(), path: z.string(), message: z.string() }).nullable(),
  pools: z.array(z.unknown()),
  residuals: z.array(z.unknown()),
  bankruptPositions: z.array(
    z.looseObject({
      accountId: z.string(),
      settlementPrice: z.string().nullable(),
      ranking: z.array(z.looseObject({ accountId: z.string(), eligible: z.boolean() })),
      transfers: z.array(transfer),
    }),
  ),
  payments: z.object({ pools: z.array(amounts), assets: z.array(amounts) }),
});
const schema = z.object({ book: z.string(), ruleSets: z.array(column) });

let folder: string;

beforeAll(() => {
  folder = comparedFolder();
});

const compare = (...given: readonly string[]) => runAdl(folder, 'rules', 'compare', ...given);
const compared = async (...given: readonly string[]) => schema.parse(documentOf(await compare(...given, '--json')));

describe('adl rules compare --json', () => {
  it('prints one document with exactly the keys of the contract, the rule sets in the order of the arguments', async () => {
    const run = await compare('house-guarded', 'house', 'losers', '--book', 'book.json', '--json');
    expect([run.code, run.stderr]).toEqual([0, '']);
    expect(shapeFaults(documentOf(run), COMPARISON)).toEqual([]);
    const { book, ruleSets } = schema.parse(documentOf(run));
    expect(book).toBe('book.json');
    expect(ruleSets.map(({ ruleSet }) => ruleSet.id)).toEqual(['house-guarded', 'house', 'house']);
  });

  it('says of pools and residuals what `adl assess` and `adl deleverage` say', async () => {
    const { ruleSets } = await compared('house', 'house-guarded', '--book', 'book.json');
    for (const { ruleSet, pools, residuals } of ruleSets) {
      const given = ['book.json', '--rules', `${ruleSet.id}@${ruleSet.version}`, '--json'];
      expect(documentOf(await runAdl(folder, 'assess', ...given))).toMatchObject({ pools });
      expect(documentOf(await runAdl(folder, 'deleverage', ...given))).toMatchObject({ plans: residuals });
    }
  });

  it('ranks the counterparties of a bankrupt position by each law, also where the fund pays and nobody is asked', async () => {
    const { ruleSets } = await compared('house', 'losers', 'poor', '--book', 'rich.json');
    const queues = ruleSets.map(({ bankruptPositions: [first] }) => first);
    expect(queues.map((queue) => queue?.ranking.filter(({ eligible }) => eligible).map(({ accountId }) => accountId))).toEqual([
      ['s1', 's2'],
      ['s1', 's2', 's3'],
      ['s1', 's2'],
    ]);
    // 1,000,000 in the fund, of which `poor` may pay nothing: 2 · 1,000 below bankruptcy, by s1 with 1.5 and s2 with the rest.
    expect(queues.map((queue) => queue?.transfers.map(({ accountId, quantity, haircut }) => [accountId, quantity, haircut]))).toEqual([
      [],
      [],
      [
        ['s1', '1.5', '1500'],
        ['s2', '0.5', '500'],
      ],
    ]);
    expect(queues.map((queue) => queue?.settlementPrice)).toEqual([null, null, '91000']);
  });

  it('says who pays: the loss beyond the margin is made up by fund and counterparties, to the last digit', async () => {
    const { ruleSets } = await compared('house', 'poor', '--book', 'rich.json');
    const [house, poor] = ruleSets.map(({ payments }) => payments);
    expect(house?.pools).toEqual([expect.objectContaining({ poolId: 'l1#ISOLATED#BTC-USDT#LONG', change: '2000' })]);
    expect(house?.assets).toEqual([expect.objectContaining({ asset: 'USDT', fundPaid: '2000', fundBalance: '998000', haircuts: '0' })]);
    expect(poor?.pools.map(({ accountId, change }) => [accountId, change])).toEqual([
      ['l1', '2000'],
      ['s1', '-1500'],
      ['s2', '-500'],
    ]);
    expect(poor?.assets).toEqual([expect.objectContaining({ fundPaid: '0', fundBalance: '1000000', haircuts: '2000' })]);
  });

  it('lets the others go on where one rule set cannot use the book', async () => {
    const run = await compare('untiered', 'house', '--book', 'book.json', '--json');
    expect(run.code).toBe(0);
    expect(shapeFaults(documentOf(run), COMPARISON)).toEqual([]);
    const [untiered, house] = schema.parse(documentOf(run)).ruleSets;
    expect(untiered).toMatchObject({ refusal: { file: 'book.json', path: '$.markets[0].marginTiers' }, pools: [] });
    expect([house?.refusal, house?.pools.length]).toEqual([null, 4]);
  });
});

describe('adl rules compare', () => {
  it.each([2, 3, 6])('aligns %s rule sets within 160 columns', async (count) => {
    const { stdout, code } = await compare(...SEVEN.slice(0, count), '--book', 'book.json');
    expect(code).toBe(0);
    const rows = linesOf(stdout);
    const heads = rows.filter((line) => line.includes('@1.0.0'));
    expect(heads).toHaveLength(1);
    expect(heads[0]?.match(/@1\.0\.0/g)).toHaveLength(count);
    const ends = [...(heads[0] ?? '').matchAll(/@1\.0\.0/g)].map((match) => match.index + match[0].length);
    for (const line of rows.filter((each) => each.startsWith('    liquidation price')))
      expect([...line.matchAll(/[\d,.]+\d|—/g)].map((match) => match.index + match[0].length)).toEqual(ends);
    expect(rows.filter((line) => line.length > 160)).toEqual([]);
  });

  it('stacks what does not fit beside each other in blocks, each with all figures', async () => {
    const { stdout } = await compare(...SEVEN, '--book', 'book.json');
    const rows = linesOf(stdout);
    expect(rows.filter((line) => /^( +@1\.0\.0)+$/.test(line)).map((line) => line.match(/@1\.0\.0/g)?.length)).toEqual([6, 1]);
    expect(rows.filter((line) => line.startsWith('  fund paid'))).toHaveLength(2);
    expect(rows.filter((line) => line.length > 160)).toEqual([]);
  });

  it('shows prices, order, places, settlement and payments with thousands, and the beginning of a hash where names are the same', async () => {
    const { stdout } = await compare('house', 'poor', '--book', 'rich.json');
    expect(stdout).toMatch(/^ +sha256:[0-9a-f]{8} +sha256:[0-9a-f]{8}$/m);
    expect(stdout).toMatch(/^ {4}bankruptcy price +91,000 +91,000$/m);
    expect(stdout).toMatch(/^ {2}order +SELL 2 BTC-USDT at +none$/m);
    expect(stdout).toMatch(/^ {2}s1 +1 · [\d.]+ · \d +1 · [\d.]+ · \d$/m);
    expect(stdout).toMatch(/^ {2}settlement price +— +91,000$/m);
    expect(stdout).toMatch(/^ {2}s1 gives +0 +1\.5 for 1,500$/m);
    expect(stdout).toMatch(/^ {2}l1 +-2,000 → 0 +-2,000 → 0$/m);
    expect(stdout).toMatch(/^ {2}fund paid +2,000 +0$/m);
  });

  it('says in its column why a rule set cannot use the book', async () => {
    const { stdout, stderr, code } = await compare('untiered', 'house', '--book', 'book.json');
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toContain('cannot use the book');
    expect(stdout.replace(/\s+/g, ' ')).toContain('expected tiers for market');
  });

  it.each([
    ['no rule set', ['--book', 'book.json'], /missing required argument `set`/],
    ['no book', ['house'], /`--book <book.json>` not specified/],
    ['the same rule set twice', ['house', 'house@1.0.0', '--book', 'book.json'], /^adl: house@1\.0\.0: .*`house` has the same content$/],
    ['an unknown rule set', ['nobody', '--book', 'book.json'], /^adl: nobody: expected a rule set/],
    ['a bad book', ['house', '--book', 'bad.json'], /^adl: bad\.json:1 \$/],
    ['a book that none can use', ['untiered', '--book', 'book.json'], /^adl: book\.json \$\.markets\[0\]\.marginTiers: expected tiers/],
  ])('ends with 2 and one line for %s', async (_, given, line) => {
    const { code, stdout, stderr } = await compare(...given);
    expect([code, stdout]).toEqual([2, '']);
    expect(linesOf(stderr)).toHaveLength(1);
    expect(linesOf(stderr)[0]).toMatch(line);
  });
});
