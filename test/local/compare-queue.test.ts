import { describe, expect, it } from 'vitest';
import { bankruptPositions, queueOf } from '#local/compare/bankrupt-positions.ts';
import { compareBook } from '#local/compare/compare-book.ts';
import { parseBook } from '#local/parse-book.ts';
import { accepted } from '#local/read-input.ts';
import type { RuleSet } from '#rule-sets/rule-set.ts';
import { HOUSE } from '../support/small-law.ts';
import { bookDocumentOf } from '../support/small-venue.ts';
import { bytesOf } from './book-document.ts';

const LAW: RuleSet = {
  ...HOUSE,
  deleveraging: {
    ...HOUSE.deleveraging,
    ranking: {
      formula: 'PROFIT_TIMES_LEVERAGE',
      weights: { pnlRatio: 1, effectiveLeverage: 1 },
      losers: 'DIVIDE',
      tieBreak: ['accountId'],
    },
    settlementPrice: 'INDEX_CAPPED_AT_BANKRUPTCY',
    exclude: { ...HOUSE.deleveraging.exclude, bankruptcyPriceCrossed: true },
  },
};

/** At a mark of 90 `l1` is bankrupt at 92 and `s1` at 91; the fund pays for `l1`, so that nobody is asked. */
const ACCOUNTS = `
  l1 | 0 | LONG 10 AAA 100 80
  s1 | 0 | SHORT 1 AAA 80 11
  s2 | 0 | SHORT 9 AAA 100 1000
`;

const reasonsAt = async (indexPrice: string) => {
  const document = bookDocumentOf({ accounts: ACCOUNTS, fund: '1000' });
  const markets = document.markets.map((market) => ({ ...market, markPrice: '90', indexPrice }));
  const book = accepted(parseBook('book.json', bytesOf(JSON.stringify({ ...document, markets }))));
  const outcomes = (await compareBook('book.json', book, [LAW])).flatMap((each) => (each.kind === 'COMPARED' ? [each.outcome] : []));
  return outcomes.flatMap((outcome) =>
    bankruptPositions(outcomes).flatMap((bankrupt) => queueOf(outcome, bankrupt).map(({ accountId, reason }) => [accountId, reason])),
  );
};

describe('the queue of a bankrupt position that nobody was asked to take', () => {
  it('bars by the settlement price at the index of the book, not at its mark', async () => {
    expect(await reasonsAt('90')).toEqual([
      ['s2', null],
      ['s1', null],
    ]);
    // min(95, 92) lies beyond 91.
    expect(await reasonsAt('95')).toEqual([
      ['s2', null],
      ['s1', 'BANKRUPTCY_CROSSED'],
    ]);
  });
});
