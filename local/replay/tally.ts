import { fundAccount, type JournalEntry } from '#core/account/ledger.ts';
import type { Order, Write } from '#core/commit.ts';
import type { Decision, DeleveragingDecision } from '#core/decision.ts';
import { present } from '#core/invariant.ts';
import type { LiquidationCase } from '#core/liquidation/liquidation-case.ts';
import { settledSum, valueAt } from '#core/market/valuation.ts';
import type { Decimal } from '#core/units/decimal.ts';
import type { CommitObserver } from '../store/memory-store.ts';
import type { MemoryTables } from '../store/memory-tables.ts';
import { countBlast, countSafeguard } from './tally-safeguards.ts';
import { type Counters, countUp, noCounters, noSafeguards } from './totals.ts';

/** Counts what commits do: the totals of a replay, whole and by market. */
export class Tally implements CommitObserver {
  readonly total = noCounters();
  readonly markets = new Map<string, Counters>();
  readonly safeguards = noSafeguards();
  readonly deleveragedAccounts = new Set<string>();
  evaluations = 0;

  constructor(marketIds: readonly string[]) {
    for (const marketId of marketIds) this.markets.set(marketId, noCounters());
  }

  readonly beforeCommit = (tables: MemoryTables, writes: readonly Write[]): void => {
    for (const write of writes) {
      if (write.table === 'Cases' && !tables.Cases.has(write.item.caseId)) this.#opened(write.item);
      if (write.table === 'Orders') this.#ordered(write.item, tables.Orders.get(write.item.orderId));
      if (write.table === 'Journal') this.#posted(write.entry);
      if (write.table === 'Decisions') this.#decided(tables, write.decision);
      if (write.table === 'Funds') this.#drawdown(tables, write.item.fundId, write.item.drawdown.active);
    }
  };

  /** Residuals of the cases that are open at the end. */
  finish(tables: MemoryTables): void {
    for (const { state, legs } of tables.Cases.values()) {
      if (state !== 'ADL_EXHAUSTED' && state !== 'HALTED') continue;
      for (const leg of legs) this.#add(leg.marketId, 'residualQuantity', leg.residualQuantity);
    }
  }

  #of(marketId: string): Counters {
    const counters = this.markets.get(marketId) ?? noCounters();
    this.markets.set(marketId, counters);
    return counters;
  }

  #add(marketId: string, key: 'marketFilledQuantity' | 'fundPaid' | 'fundReceived' | 'residualQuantity', amount: Decimal): void {
    this.total[key] = this.total[key].plus(amount);
    const counters = this.#of(marketId);
    counters[key] = counters[key].plus(amount);
  }

  #count(marketId: string, key: 'liquidationOrders' | 'marketFills' | 'deleveragingFills'): void {
    this.total[key] += 1;
    this.#of(marketId)[key] += 1;
  }

  #opened(liquidation: LiquidationCase): void {
    this.total.breaches += 1;
    for (const marketId of new Set(liquidation.legs.map((leg) => leg.marketId))) this.#of(marketId).breaches += 1;
  }

  #ordered(order: Order, before: Order | undefined): void {
    if (order.kind !== 'LIQUIDATION') return;
    if (before === undefined) this.#count(order.marketId, 'liquidationOrders');
    const isFill = order.status === 'ENDED' && order.filledQuantity.gt(0);
    if (!isFill) return;
    this.#count(order.marketId, 'marketFills');
    this.#add(order.marketId, 'marketFilledQuantity', order.filledQuantity);
  }

  #posted(entry: JournalEntry): void {
    for (const leg of entry.legs.filter((each) => each.account.startsWith(fundAccount('')))) {
      if (leg.value.lt(0)) this.#add(entry.marketId, 'fundPaid', leg.value.negated());
      else this.#add(entry.marketId, 'fundReceived', leg.value);
    }
  }

  #decided(tables: MemoryTables, decision: Decision): void {
    if (decision.kind === 'MARK' && decision.verdict.kind !== 'ACCEPTED') countUp(this.safeguards.quarantined, decision.verdict.reason);
    if (decision.kind === 'OPENING' && decision.deferral !== null) countUp(this.safeguards.deferred, decision.deferral);
    if (decision.kind === 'MARGIN') {
      this.evaluations += 1;
      if (decision.choice.kind === 'REFUSED') this.safeguards.refused += 1;
      if (decision.choice.kind === 'WARN') this.safeguards.warned += 1;
    }
    if (decision.kind === 'DELEVERAGING') this.#deleveraged(tables, decision);
    if (decision.kind === 'SAFEGUARD') countSafeguard(this.safeguards, decision.event);
    countBlast(this.safeguards, decision);
  }

  #deleveraged(tables: MemoryTables, decision: DeleveragingDecision): void {
    const { terms } = present(tables.Markets.get(decision.marketId), `market ${decision.marketId} has its terms`);
    for (const counters of [this.total, this.#of(decision.marketId)]) {
      counters.overshoot = counters.overshoot.plus(decision.overshoot);
      for (const { quantity, haircut } of decision.transfers) {
        counters.deleveragingFills += 1;
        counters.deleveragedQuantity = counters.deleveragedQuantity.plus(quantity);
        counters.deleveragedNotional = counters.deleveragedNotional.plus(
          settledSum(terms.contract, valueAt(terms, quantity, decision.markPrice)),
        );
        counters.haircuts = counters.haircuts.plus(haircut);
      }
    }
    for (const { accountId } of decision.transfers) this.deleveragedAccounts.add(accountId);
  }

  #drawdown(tables: MemoryTables, fundId: string, active: boolean): void {
    const before = tables.Funds.get(fundId)?.drawdown.active ?? false;
    if (active && !before) this.safeguards.drawdownStarts += 1;
    if (!active && before) this.safeguards.drawdownStops += 1;
  }
}
