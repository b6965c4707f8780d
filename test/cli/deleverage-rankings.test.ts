import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { VENUE_RANKINGS } from '../reference/venue-rankings.ts';
import { folderWith } from '../support/folder.ts';
import { sixAccounts } from '../support/published-books.ts';
import { copyRules } from '../support/rules-folder.ts';
import { documentOf, runAdl } from '../support/run-adl.ts';
import { shipped } from '../support/shipped-deleveraging.ts';

const place = z.object({
  accountId: z.string(),
  score: z.string().nullable(),
  indicator: z.number(),
  eligible: z.boolean(),
  reason: z.string().nullable(),
  factors: z.record(z.string(), z.string().nullable()),
});

const document = z.object({
  plans: z.array(z.object({ ranking: z.array(place), residualQuantity: z.string(), policy: z.object({ ranking: z.string() }) })),
});

const OWNERS: Readonly<Record<string, readonly string[]>> = { '2': ['owner.one'], '4': ['desk', 'owner.two'], '9': ['owner.one', 'desk'] };

/** The six longs, of which account 2 has the owner of the bankrupt account 9, and account 4 another tag in common with it. */
const book = () => {
  const six = sixAccounts();
  const bankrupt = { accountId: '9', walletBalances: { USD: '0' }, positions: [] };
  return { ...six, accounts: [...six.accounts, bankrupt].map((each) => ({ ...each, tags: OWNERS[each.accountId] ?? [] })) };
};

const LAWS = {
  factors: VENUE_RANKINGS['Binance, Aevo, ebi.xyz'],
  keys: VENUE_RANKINGS.Ethereal,
  seeded: { ...VENUE_RANKINGS['dYdX v4'], exclude: { tags: [], ownerTagPrefix: 'owner.' }, indicator: { kind: 'RANK_QUANTILE', steps: 5 } },
} as const;

const plans = new Map<string, z.infer<typeof document>['plans'][number]>();

beforeAll(async () => {
  const folder = folderWith({ 'book.json': book() });
  for (const [name, members] of Object.entries(LAWS)) {
    const rules = copyRules(folder, 'house', name);
    writeFileSync(join(rules, 'deleveraging.json'), JSON.stringify({ ...shipped(), $schema: undefined, ...members }));
    const [plan] = document.parse(documentOf(await runAdl(folder, 'deleverage', 'book.json', '--rules', name, '--json'))).plans;
    if (plan !== undefined) plans.set(name, plan);
  }
});

const rankingOf = (name: keyof typeof LAWS) => plans.get(name)?.ranking ?? [];

describe('adl deleverage', () => {
  it('prints the score of chosen factors, and each factor by its name', () => {
    const [first] = rankingOf('factors');
    // account 2: UPnL 1600 on an isolated margin of 1700; maintenance margin 33 of a balance of 3300
    expect(first).toMatchObject({ accountId: '2', factors: { marginRatio: '0.01' } });
    expect(Number(first?.factors.pnlOverWallet)).toBeCloseTo(1600 / 1700, 12);
    expect(Number(first?.score)).toBeCloseTo((1600 / 1700) * 0.01, 12);
  });

  it('prints no score and the keys of a lexicographic ranking', () => {
    const ranking = rankingOf('keys');
    expect(ranking.every(({ score }) => score === null)).toBe(true);
    expect(ranking.map(({ accountId, factors }) => [accountId, factors.unrealizedPnl])).toEqual([
      ['4', '3600'],
      ['5', '2800'],
      ['2', '1600'],
      ['3', '1200'],
      ['1', '1000'],
      ['6', '800'],
    ]);
  });

  it('walks from the same seeded start again, past the account that has the owner of the bankrupt one', () => {
    const ranking = rankingOf('seeded');
    const ids = ranking.filter(({ eligible }) => eligible).map(({ accountId }) => accountId);
    // A ring: the ids ascend but for one step down.
    expect(ids.filter((id, at) => id < (ids[at - 1] ?? ''))).toHaveLength(ids[0] === '1' ? 0 : 1);
    expect(ranking.filter(({ eligible }) => !eligible).map(({ accountId, reason }) => [accountId, reason])).toEqual([['2', 'SAME_OWNER']]);
    expect(ranking.map(({ factors }) => factors)).toEqual(Array.from({ length: 6 }, () => ({})));
    expect(ranking.map(({ indicator }) => indicator)).toEqual([5, 4, 3, 2, 1, 0]);
  });

  it('names the formula of the ranking in the policy', () => {
    expect([...plans.values()].map(({ policy }) => policy.ranking)).toEqual(['FACTORS', 'LEXICOGRAPHIC', 'SEEDED_START']);
  });
});
