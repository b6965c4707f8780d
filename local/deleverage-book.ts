import { appliedTo } from '#core/adl/applied-deleveraging.ts';
import type { Counterparty } from '#core/adl/counterparty.ts';
import { decideDeleveraging } from '#core/adl/decide-deleveraging.ts';
import { type DeleveragingPlan, givenAfter, remainingAfter } from '#core/adl/deleveraging-plan.ts';
import { onlyMark, type ReferencePrices } from '#core/adl/deleveraging-price.ts';
import { type RankedCounterparty, rankCounterparties } from '#core/adl/rank-counterparties.ts';
import { bankruptPartyOf, rankingFor } from '#core/adl/residual-eligibility.ts';
import { residualAtPrice } from '#core/adl/settlement-price.ts';
import { present } from '#core/invariant.ts';
import { isOpening } from '#core/liquidation/decide-margin.ts';
import type { MarketState } from '#core/market/market-state.ts';
import { opposite, type Side } from '#core/market/side.ts';
import type { Money, Quantity } from '#core/units/money.ts';
import type { RuleSet } from '#rule-sets/rule-set.ts';
import { type AssessedPool, assessBook, markedBook } from './assess-book.ts';
import { BookFunds } from './book-funds.ts';
import type { Book } from './parse-book.ts';

/** Who holds one side of a market, as the engine sees them at the marks of a book. */
export const counterpartiesIn = (pools: readonly AssessedPool[], marketId: string, side: Side): readonly Counterparty[] =>
  pools.flatMap(({ assessment, judgement }) => {
    const assessed = assessment.positions.find((each) => each.position.marketId === marketId && each.position.side === side);
    return assessed === undefined ? [] : [{ assessment, assessed, inLiquidation: isOpening(judgement.choice) }];
  });

interface Queue {
  readonly ranking: readonly RankedCounterparty[];
  remaining: ReadonlyMap<string, Quantity>;
  given: ReadonlyMap<string, Money>;
}

/** A book has no past: its mark stands for the mark at opening, the one before and the last price. */
export const bookReferences = (market: MarketState): ReferencePrices => {
  const { markPrice, indexPrice } = present(market.accepted, 'a book has its marks');
  return { ...onlyMark(markPrice), indexPrice };
};

/**
 * Plans the deleveraging of each residual of a book, in the book's order, at the book's marks and out of its funds.
 *
 * Counterparties of one market and side are ranked once; a later residual finds what earlier ones left. A pool that the rules would liquidate counts as in
 * liquidation. Throws `BadInput` for a market without tiers anywhere.
 */
export const deleverageBook = async (file: string, book: Book, ruleSet: RuleSet): Promise<readonly DeleveragingPlan[]> => {
  const pools = await assessBook(file, book, ruleSet);
  const markets = new Map(markedBook(file, book, ruleSet).map((market): [string, MarketState] => [market.terms.marketId, market]));
  const funds = new BookFunds(book, ruleSet);
  const queues = new Map<string, Queue>();
  return book.residuals.map((given) => {
    const market = present(markets.get(given.marketId), 'a residual is in a market of the book');
    const key = `${given.marketId}#${given.side}`;
    const counterparties = counterpartiesIn(pools, given.marketId, opposite(given.side));
    const queue = queues.get(key) ?? {
      ranking: rankCounterparties(counterparties, ruleSet.deleveraging, `BOOK#${book.asOf}#${key}`),
      remaining: new Map(),
      given: new Map(),
    };
    queues.set(key, queue);
    const residual = residualAtPrice(market.terms, given.side, given.quantity, given.bankruptcyPrice);
    const references = bookReferences(market);
    const tags = book.accounts.find(({ accountId }) => accountId === given.accountId)?.tags ?? [];
    const policy = appliedTo(ruleSet.deleveraging, given.marginMode);
    const bankrupt = bankruptPartyOf(residual, references, policy, { accountId: given.accountId, tags });
    const plan = decideDeleveraging({
      residual,
      markPrice: present(market.accepted, 'a book has its marks').markPrice,
      ranking: rankingFor(queue.ranking, policy, bankrupt),
      remaining: queue.remaining,
      terms: {
        policy,
        references,
        given: queue.given,
        fundAvailable: funds.available(given.marketId),
      },
    });
    funds.book(plan);
    queue.remaining = remainingAfter(plan, queue.remaining);
    queue.given = givenAfter(plan, queue.given);
    return plan;
  });
};
