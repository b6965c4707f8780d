import type { DeleveragingPlan } from '#core/adl/deleveraging-plan.ts';
import { afterFlow, fundFlowOf } from '#core/adl/fund-flow.ts';
import { fundAvailable } from '#core/insurance/fund-limits.ts';
import { type FundState, fundAt, reserve } from '#core/insurance/fund-state.ts';
import { present } from '#core/invariant.ts';
import type { Money } from '#core/units/money.ts';
import type { EpochMs } from '#core/units/time.ts';
import type { RuleSet } from '#rule-sets/rule-set.ts';
import { fundsOf } from './import-funds.ts';
import type { Book } from './parse-book.ts';

/** The funds of a book as the plans of its residuals use them up, one after the other. */
export class BookFunds {
  readonly #funds = new Map<string, FundState>();
  readonly #fundIds: ReadonlyMap<string, string>;
  readonly #at: EpochMs;

  constructor(book: Book, ruleSet: RuleSet) {
    const { funds, fundIds } = fundsOf(book, ruleSet);
    for (const fund of funds) this.#funds.set(fund.fundId, fundAt(fund, book.asOf));
    this.#fundIds = fundIds;
    this.#at = book.asOf;
  }

  /** What the fund of a market may still pay for it. */
  available(marketId: string): Money {
    return fundAvailable(this.#of(marketId), marketId);
  }

  /** Pays what a plan costs and takes in what it brings. */
  book(plan: DeleveragingPlan): void {
    const { marketId } = plan.residual.terms;
    const reserved = reserve(this.#of(marketId), marketId, plan.fundCost, plan.fundDemand);
    const after = afterFlow(reserved, marketId, fundFlowOf(plan.transfers), this.#at);
    this.#funds.set(after.fundId, after);
  }

  #of(marketId: string): FundState {
    return present(this.#funds.get(this.#fundIds.get(marketId) ?? ''), `market ${marketId} has a fund`);
  }
}
