import type { Counterparty } from '#core/adl/counterparty.ts';
import { type DeleveragingPlan, decideDeleveraging, remainingAfter } from '#core/adl/decide-deleveraging.ts';
import { type RankedCounterparty, rankCounterparties, withoutAccount } from '#core/adl/rank-counterparties.ts';
import { residualAtPrice } from '#core/adl/settlement-price.ts';
import { present } from '#core/invariant.ts';
import { isOpening } from '#core/liquidation/decide-margin.ts';
import type { MarketState } from '#core/market/market-state.ts';
import { opposite, type Side } from '#core/market/side.ts';
import type { Quantity } from '#core/units/money.ts';
import type { RuleSet } from '#rule-sets/rule-set.ts';
import { type AssessedPool, assessBook, markedBook } from './assess-book.ts';
import type { Book } from './parse-book.ts';

const counterpartiesIn = (pools: readonly AssessedPool[], marketId: string, side: Side): readonly Counterparty[] =>
  pools.flatMap(({ assessment, judgement }) => {
    const assessed = assessment.positions.find((each) => each.position.marketId === marketId && each.position.side === side);
    return assessed === undefined ? [] : [{ assessment, assessed, inLiquidation: isOpening(judgement.choice) }];
  });

interface Queue {
  readonly ranking: readonly RankedCounterparty[];
  remaining: ReadonlyMap<string, Quantity>;
}

/**
 * Plans the deleveraging of each residual of a book, in the book's order, at the book's marks.
 *
 * Counterparties of one market and side are ranked once; a later residual finds what earlier ones left. A pool that the rules would liquidate counts as in
 * liquidation. Throws `BadInput` for a market without tiers anywhere.
 */
export const deleverageBook = async (file: string, book: Book, ruleSet: RuleSet): Promise<readonly DeleveragingPlan[]> => {
  const pools = await assessBook(file, book, ruleSet);
  const markets = new Map(markedBook(file, book, ruleSet).map((market): [string, MarketState] => [market.terms.marketId, market]));
  const queues = new Map<string, Queue>();
  return book.residuals.map((given) => {
    const market = present(markets.get(given.marketId), 'a residual is in a market of the book');
    const key = `${given.marketId}#${given.side}`;
    const counterparties = counterpartiesIn(pools, given.marketId, opposite(given.side));
    const queue = queues.get(key) ?? { ranking: rankCounterparties(counterparties, ruleSet.deleveraging), remaining: new Map() };
    queues.set(key, queue);
    const plan = decideDeleveraging({
      residual: residualAtPrice(market.terms, given.side, given.quantity, given.bankruptcyPrice),
      markPrice: present(market.accepted, 'a book has its marks').markPrice,
      ranking: withoutAccount(queue.ranking, ruleSet.deleveraging, given.accountId),
      remaining: queue.remaining,
    });
    queue.remaining = remainingAfter(plan, queue.remaining);
    return plan;
  });
};
