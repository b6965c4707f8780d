import { describe, expect, it } from 'vitest';
import { poolsIn, poolsOf } from '#local/import-book.ts';
import { type Book, parseBook } from '#local/parse-book.ts';
import type { ScenarioPosition } from '../reference/replay/scenario.ts';
import { account, held, range, scenarioOf } from '../support/large-venue.ts';
import { bytesOf } from './book-document.ts';

const bookWith = (positions: readonly ScenarioPosition[]): Book => {
  const { book } = scenarioOf({ markets: 42, accounts: [account('small', '1', []), account('a1', '1', positions)], fund: '0', moves: [] });
  const parsed = parseBook('book.json', bytesOf(JSON.stringify(book)));
  if (!parsed.ok) throw new RangeError(parsed.refusal.message);
  return parsed.value;
};

const longs = (count: number) => range(count).map((market) => held(market, 'LONG', '1'));

const isolated = (market: number): ScenarioPosition => ({ ...held(market, 'LONG', '1'), marginMode: 'ISOLATED', isolatedMargin: '5' });

describe('the pools of a book that is replayed', () => {
  it('hold at most 40 markets: the position beyond is named', () => {
    expect(() => poolsIn('book.json', bookWith(longs(42)))).toThrow(
      'book.json $.accounts[1].positions[40]: a cross pool that is replayed holds at most `40` markets, and account `a1` holds more',
    );
  });

  it('may hold both sides of 40 markets, and isolated positions beside them', () => {
    const shorts = range(40).map((market) => held(market, 'SHORT', '1'));
    const book = bookWith([...longs(40), ...shorts, isolated(40), isolated(41)]);
    expect(poolsIn('book.json', book)).toEqual(poolsOf(book));
    expect(poolsOf(book)).toHaveLength(4);
  });

  it('are not bounded for an assessment, which writes nothing', () => {
    expect(poolsOf(bookWith(longs(42))).find(({ accountId }) => accountId === 'a1')?.positions).toHaveLength(42);
  });
});
