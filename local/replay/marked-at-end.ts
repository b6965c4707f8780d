import type { MarkedMarkets } from '#core/market/marked-market.ts';
import type { Book } from '../parse-book.ts';
import type { MemoryTables } from '../store/memory-tables.ts';

/** The markets of a book at their last accepted marks; one that never had one at the book's. */
export const markedAtEnd = (tables: Pick<MemoryTables, 'Markets'>, book: Book): MarkedMarkets =>
  new Map(
    book.markets.flatMap(({ marketId, markPrice }) => {
      const market = tables.Markets.get(marketId);
      return market === undefined ? [] : [[marketId, { terms: market.terms, markPrice: market.accepted?.markPrice ?? markPrice }] as const];
    }),
  );
