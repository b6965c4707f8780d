import { describe, expect, it } from 'vitest';
import { explainDecision } from '#local/explain/explain-decision.ts';
import { type DecisionRecordFile, decisionsIn } from '#local/explain/read-record.ts';
import { hasEmbeddedTables } from '../support/embedded-tables.ts';
import { HOUSE } from '../support/small-law.ts';
import { inputsOf, replayed } from '../support/small-venue.ts';
import { onStack } from './waves-of-all-kinds.ts';

/**
 * At 85 / 96 the loser is 50 under water and its order finds nobody. `torn` leads the queue by its leverage of 850 / 350 against 850 / 10150, but its LONG of
 * 9600 needs 400 where it has 350: it steps down in the same wave, as far as the market lets it, and no case is left behind.
 */
const ACCOUNTS = `
  loser | 100   | LONG 10 AAA 100
  torn  | 600   | SHORT 10 AAA 100 + LONG 100 BBB 100
  calm  | 10000 | SHORT 10 AAA 100
`;

const venueWith = (depth: string) => ({
  accounts: ACCOUNTS,
  tiers: '2000 0.01 + null 0.05',
  marks: '0 | 100 | 100\n 15 | 85 | 96',
  depthPerMark: { AAA: '0', BBB: depth },
});

/** The step of some 79 contracts of BBB leaves it far above the 28.5 that it needs then; 10 of them leave it below what it needs. */
const CASES = [
  ['finds nobody', '0', 'calm'],
  ['finds too few', '10', 'calm'],
  ['finds enough', '1000', 'torn'],
] as const;

const HELD = ['torn', 'calm'] as const;

const poolIdOf = (accountId: string): string => `${accountId}#CROSS#USDT`;

type Load = (accountId: string) => Promise<{ readonly positions: readonly { readonly marketId: string; readonly side: string }[] } | null>;

/** Who no longer holds the SHORT that both came with. */
const askedOf = async (load: Load): Promise<string> => {
  const asked: string[] = [];
  for (const accountId of HELD) {
    const pool = await load(poolIdOf(accountId));
    if (pool?.positions.some(({ marketId, side }) => marketId === 'AAA' && side === 'SHORT') === false) asked.push(accountId);
  }
  return asked.join();
};

describe('a pool whose reduction in this very wave', () => {
  it.each(CASES)('%s (depth %s) is asked only where it has its margin again: %s gives', async (_name, depth, gives) => {
    const { store } = await replayed(venueWith(depth), HOUSE);
    expect(await askedOf(async (poolId) => store.tables.Pools.get(poolId) ?? null)).toBe(gives);
    expect(store.tables.Pools.get(poolIdOf('torn'))).toMatchObject({ caseId: null });
  });

  it.each(CASES)('%s (depth %s) is ranked the same from the record', async (_name, depth) => {
    const { record } = await replayed(venueWith(depth), HOUSE);
    const terms = new Map(
      inputsOf(venueWith(depth), HOUSE).initial.markets.map((market) => [market.terms.marketId, market.terms] as const),
    );
    const file: DecisionRecordFile = { file: 'record.jsonl', ruleSet: HOUSE, terms, lines: record.lines };
    const decisions = decisionsIn(file, '"kind":"DELEVERAGING"', ({ kind }) => kind === 'DELEVERAGING');
    const explained = await Promise.all(decisions.map((decision) => explainDecision(file, decision)));
    expect(explained.map(({ recomputes }) => recomputes)).toEqual([true]);
  });
});

describe.skipIf(!hasEmbeddedTables)('on the local stack a pool whose reduction in this very wave', () => {
  it.each(CASES)('%s (depth %s) is asked as in process: %s gives', async (_name, depth, gives) => {
    await onStack(inputsOf(venueWith(depth), HOUSE), async (whole, venue) => {
      await venue.run();
      expect(await askedOf(whole.ports.loadPool)).toBe(gives);
    });
  });
});
