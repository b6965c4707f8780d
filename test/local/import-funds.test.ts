import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decimal, ZERO } from '#core/units/decimal.ts';
import { money } from '#core/units/money.ts';
import { fundsOf } from '#local/import-funds.ts';
import type { Book } from '#local/parse-book.ts';
import type { RuleSet } from '#rule-sets/rule-set.ts';
import { propertyRuns } from '../support/property-runs.ts';
import { HOUSE } from '../support/small-law.ts';
import { bookOf } from '../support/small-venue.ts';

type Domain = readonly [fundId: string, markets: readonly string[]];

/** House with these domains in USDT. */
const lawWith = (...domains: readonly Domain[]): RuleSet => {
  const [usual] = HOUSE.funds;
  if (usual === undefined) throw new RangeError('house has a fund');
  return { ...HOUSE, funds: domains.map(([fundId, markets]) => ({ ...usual, fundId, markets })) };
};

const SMALL = bookOf({ accounts: 'a1 | 1 | -', marks: '0 | 100 | -' });

/** The markets AAA and BBB, both in USDT, with these funds of 10, 20, … */
const bookWith = (...fundIds: readonly string[]): Book => ({
  ...SMALL,
  insuranceFunds: fundIds.map((fundId, index) => {
    const balance = money(decimal(String(10 * (index + 1))));
    return { fundId, asset: 'USDT', balance, peakBalance: balance };
  }),
});

/** `market fund balance` of each market, and what was said. */
const backing = (book: Book, law: RuleSet) => {
  const { funds, fundIds, warnings } = fundsOf(book, law);
  const lines = book.markets.map(({ marketId }) => {
    const found = funds.filter(({ fundId }) => fundId === fundIds.get(marketId));
    return [marketId, ...found.map(({ fundId, balance }) => `${fundId} ${balance}`)].join(' ');
  });
  return { lines, warnings };
};

const APART = lawWith(['alpha', ['AAA']], ['beta', ['BBB']]);

describe('the funds of a book', () => {
  it('back the domain with their own id, and never another that has none', () => {
    expect(backing(bookWith('beta'), APART)).toEqual({
      lines: ['AAA alpha 0', 'BBB beta 10'],
      warnings: ['$.insuranceFunds: none is left for domain `alpha` of house@1.0.0: it begins empty'],
    });
  });

  it('go to the domains without one by the order of the markets where they are no domain’s, each to one', () => {
    expect(backing(bookWith('spare', 'beta'), APART)).toEqual({ lines: ['AAA spare 10', 'BBB beta 20'], warnings: [] });
    expect(backing(bookWith('spare'), APART).lines).toEqual(['AAA spare 10', 'BBB beta 0']);
  });

  it('are the first of the asset where it has one domain, whatever that is called', () => {
    expect(backing(bookWith('main', 'usdt'), lawWith(['usdt', ['*']]))).toEqual({ lines: ['AAA main 10', 'BBB main 10'], warnings: [] });
  });

  it('never back a market that no domain covers, where the asset has a domain', () => {
    expect(backing(bookWith('usdt'), lawWith(['usdt', ['AAA']]))).toEqual({
      lines: ['AAA usdt 10', 'BBB none.USDT 0'],
      warnings: ['$.insuranceFunds: none is left for domain `none.USDT` of house@1.0.0: it begins empty'],
    });
  });

  it('are the first of the asset where the rule set has no domain of it', () => {
    expect(backing(bookWith('main', 'more'), lawWith())).toEqual({ lines: ['AAA main 10', 'BBB main 10'], warnings: [] });
  });

  it('are not said to be missing where the book has none of the asset', () => {
    expect(backing(bookWith(), APART)).toEqual({ lines: ['AAA alpha 0', 'BBB beta 0'], warnings: [] });
  });

  it('have another id where the book gives that of an empty domain to a fund of another asset', () => {
    const book = bookWith('alpha');
    const inCoin: Book = { ...book, insuranceFunds: book.insuranceFunds.map((fund) => ({ ...fund, asset: 'USDC' })) };
    expect(backing(inCoin, APART).lines).toEqual(['AAA 2.alpha 0', 'BBB beta 0']);
  });

  it('each back one domain, and no money appears or is left to two', () => {
    const ids = fc.uniqueArray(fc.constantFrom('alpha', 'beta', 'spare', 'more', 'none.USDT', '2.alpha'), { maxLength: 5 });
    const laws = fc.constantFrom(
      APART,
      lawWith(['alpha', ['AAA']], ['beta', ['*']]),
      lawWith(['beta', ['BBB']], ['alpha', ['AAA']]),
      lawWith(['alpha', ['AAA']]),
      lawWith(['alpha', ['AAA']], ['gone', ['CCC']]),
    );
    let apart = 0;
    fc.assert(
      fc.property(ids, laws, (fundIds, law) => {
        const book = bookWith(...fundIds);
        const { funds, fundIds: backedBy } = fundsOf(book, law);
        expect(new Set(funds.map(({ fundId }) => fundId)).size).toBe(funds.length);
        for (const { fundId, balance } of funds)
          expect(balance.toFixed()).toBe((book.insuranceFunds.find((each) => each.fundId === fundId)?.balance ?? ZERO).toFixed());
        // AAA and BBB are in domains of their own under each of these laws.
        expect(backedBy.get('AAA')).not.toBe(backedBy.get('BBB'));
        apart += 1;
      }),
      propertyRuns(),
    );
    expect(apart).toBeGreaterThan(900);
  });
});
