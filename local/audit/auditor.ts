import type { JournalEntry } from '#core/account/ledger.ts';
import type { Write } from '#core/commit.ts';
import { reservedTotal } from '#core/insurance/fund-limits.ts';

import { isLive } from '#core/liquidation/liquidation-case.ts';
import { type Decimal, ZERO } from '#core/units/decimal.ts';
import type { CommitObserver } from '../store/memory-store.ts';
import type { InitialState, MemoryTables } from '../store/memory-tables.ts';
import { conservationFaults } from './check-conservation.ts';
import { itemsFaults } from './check-items.ts';
import { waterfallFaults } from './check-waterfall.ts';
import { addQuantities, addTo, entriesOf, type KnownMarkets, ledgerValue, type Sums } from './ledger-value.ts';

/** Violations kept word for word; beyond that they are only counted. */
const VIOLATIONS_KEPT_MAX = 100;

/**
 * Checks the invariants on every commit, before it is applied, and keeps running totals for the end: Σ quantity per market and Σ value per asset over
 * pools, funds and the accounts outside must be what they were at the start.
 */
export class Auditor implements CommitObserver {
  readonly violations: string[] = [];
  commitsChecked = 0;
  readonly #markets: KnownMarkets;
  readonly #quantities: Sums = new Map();
  readonly #values: Sums = new Map();
  readonly #outsideQuantities: Sums = new Map();
  readonly #outsideValues: Sums = new Map();

  constructor(initial: InitialState) {
    this.#markets = new Map(initial.markets.map((market) => [market.terms.marketId, market]));
    this.#total(initial.pools, initial.funds, this.#quantities, this.#values);
  }

  readonly beforeCommit = (tables: MemoryTables, writes: readonly Write[]): void => {
    const faults = [...conservationFaults(tables, writes), ...itemsFaults(tables, writes), ...waterfallFaults(tables, writes)];
    for (const fault of faults) this.#report(fault);
    for (const entry of entriesOf(writes)) this.posted(entry);
    this.commitsChecked += 1;
  };

  /** Counts what an entry moved to or from the accounts outside the tables. */
  posted(entry: JournalEntry): void {
    for (const leg of entry.legs.filter((each) => /^(VENUE|FEE|TAKEOVER|SOCIALIZED)#/.test(each.account))) {
      addTo(this.#outsideValues, entry.asset, leg.value);
      if (leg.marketId !== null) addTo(this.#outsideQuantities, leg.marketId, leg.quantity);
    }
  }

  /** Checks what only the end can show. Call once, when the last wave is done. */
  finish(tables: MemoryTables): void {
    const quantities: Sums = new Map(this.#outsideQuantities);
    const values: Sums = new Map(this.#outsideValues);
    this.#total([...tables.Pools.values()], [...tables.Funds.values()], quantities, values);
    this.#compare('quantity in', this.#quantities, quantities);
    this.#compare('value in', this.#values, values);
    for (const fund of tables.Funds.values()) {
      if (!reservedTotal(fund).isZero()) this.#report(`fund \`${fund.fundId}\` still holds reservations`);
    }
    for (const { caseId, state } of tables.Cases.values()) {
      const resting = !isLive(state) || state === 'ADL_EXHAUSTED' || state === 'HALTED';
      if (!resting) this.#report(`case \`${caseId}\` stopped halfway in ${state}`);
    }
    if (tables.Rings.size + tables.Nominations.size > 0) this.#report('rings or nominations were left over');
  }

  #total(pools: InitialState['pools'], funds: InitialState['funds'], quantities: Sums, values: Sums): void {
    for (const pool of pools) {
      addQuantities(quantities, pool, 1);
      addTo(values, pool.settlementAsset, ledgerValue(pool, this.#markets));
    }
    for (const fund of funds) addTo(values, fund.asset, fund.balance);
  }

  #compare(what: string, before: Sums, after: Sums): void {
    for (const key of new Set([...before.keys(), ...after.keys()])) {
      const was: Decimal = before.get(key) ?? ZERO;
      const is: Decimal = after.get(key) ?? ZERO;
      if (!was.eq(is)) this.#report(`total ${what} \`${key}\` was ${was.toFixed()} and is ${is.toFixed()}`);
    }
  }

  #report(fault: string): void {
    if (this.violations.length < VIOLATIONS_KEPT_MAX) this.violations.push(fault);
  }
}
