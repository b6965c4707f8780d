import { describe, expect, it } from 'vitest';
import { poolsOf } from '#local/import-book.ts';
import { parseBook } from '#local/parse-book.ts';
import { inverseBook } from '../support/inverse-crash.ts';
import { bytesOf } from './book-document.ts';

const positionIn = (changes: object, marketChanges: object = {}) => {
  const book = inverseBook();
  const [market, other] = book.markets;
  const position = { marketId: 'BTC-USD', side: 'LONG', quantity: '3', entryPrice: '7', marginMode: 'CROSS', ...changes };
  return {
    ...book,
    markets: [{ ...market, multiplier: '1', ...marketChanges }, other],
    accounts: [{ accountId: 'a1', walletBalances: { BTC: '1' }, positions: [position] }],
  };
};

const parsed = (document: object) => parseBook('book.json', bytesOf(JSON.stringify(document)));

const bookOf = (document: object) => {
  const book = parsed(document);
  if (!book.ok) throw new RangeError(`${book.refusal.path}: ${book.refusal.message}`);
  return book.value;
};

const entryValueIn = (document: object) => poolsOf(bookOf(document))[0]?.positions[0]?.entryValue.toFixed();

describe('a book with an inverse market', () => {
  it('keeps the kind of contract and its multiplier', () => {
    expect(bookOf(inverseBook()).markets.map(({ contract, multiplier }) => [contract, multiplier.toFixed()])).toEqual([
      ['INVERSE', '100'],
      ['LINEAR', '1'],
    ]);
  });

  it.each([
    ['LONG', '0.428571428571428571'],
    ['SHORT', '0.428571428571428572'],
  ])('values 3 dollars at 7 for a %s at %s coins, at the cost of who holds them', (side, value) => {
    expect(entryValueIn(positionIn({ side }))).toBe(value);
  });

  it('exactly where the quotient ends', () => {
    expect(entryValueIn(positionIn({ quantity: '10000', entryPrice: '8000' }))).toBe('1.25');
    expect(entryValueIn(positionIn({ quantity: '125', entryPrice: '8000' }, { multiplier: '100' }))).toBe('1.5625');
  });

  it.each([
    ['more dollars than 38 digits tell', '12345678901234567890.000001', '1', '1234567890123.000001', /multiplier needs more than `38`/],
    ['a value of 1e20 coins and more', '99999999999999999999', '0.5', '1', /\/ price is at or above `1e20`/],
  ])('refuses %s', (_, quantity, entryPrice, multiplier, message) => {
    const book = parsed(positionIn({ quantity, entryPrice }, { multiplier }));
    expect(book.ok ? null : book.refusal).toMatchObject({
      path: '$.accounts[0].positions[0].quantity',
      message: expect.stringMatching(message),
    });
  });

  it('accepts a price that no product of 38 digits would have, for the quotient is cut', () => {
    const long = { quantity: '1234567890123456789.000001', entryPrice: '33333333333333.000000000001' };
    expect(parsed(positionIn(long)).ok).toBe(true);
    expect(parsed(positionIn(long, { contract: 'LINEAR' })).ok).toBe(false);
  });

  it("warns that a rule set's tiers are read in the coin where the market has none of its own", () => {
    const [market] = inverseBook().markets;
    const { marginTiers, ...bare } = market ?? {};
    expect(marginTiers).toBeDefined();
    expect(bookOf(positionIn({}, bare)).warnings).toEqual([]);
    expect(bookOf(positionIn({}, { marginTiers: undefined })).warnings).toEqual([
      "$.markets[0].marginTiers: none given; the rule set's tiers are used with their bounds and amounts read in `BTC`",
    ]);
  });
});
