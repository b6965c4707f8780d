import type { Guard, Pool } from '#core/account/pool.ts';
import { byCodeUnits } from '#core/ordering.ts';
import type { Price } from '#core/units/money.ts';

interface Row {
  readonly price: Price;
  readonly poolId: string;
}

const compareRows = (a: Row, b: Row): number => a.price.comparedTo(b.price) || byCodeUnits(a.poolId, b.poolId);

/** First place whose row is not before `row`. */
const placeOf = (rows: readonly Row[], row: Row): number => {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const at = rows[middle];
    if (at !== undefined && compareRows(at, row) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
};

const insert = (rows: Row[], row: Row): void => {
  rows.splice(placeOf(rows, row), 0, row);
};

const remove = (rows: Row[], row: Row): void => {
  const place = placeOf(rows, row);
  if (rows[place]?.poolId === row.poolId) rows.splice(place, 1);
};

/** Guards of one market, sorted by price on either side, so that a mark that endangers nobody costs two binary searches. */
export class GuardIndex {
  readonly #below: Row[] = [];
  readonly #above: Row[] = [];
  readonly #due = new Set<string>();

  put(poolId: string, guard: Guard): void {
    if (guard.kind === 'DUE') this.#due.add(poolId);
    else {
      if (guard.below !== null) insert(this.#below, { price: guard.below, poolId });
      if (guard.above !== null) insert(this.#above, { price: guard.above, poolId });
    }
  }

  remove(poolId: string, guard: Guard): void {
    if (guard.kind === 'DUE') this.#due.delete(poolId);
    else {
      if (guard.below !== null) remove(this.#below, { price: guard.below, poolId });
      if (guard.above !== null) remove(this.#above, { price: guard.above, poolId });
    }
  }

  /** Pools whose guard the mark does not leave strictly inside: below ≥ mark or above ≤ mark. */
  crossedBy(mark: Price): readonly string[] {
    const below = this.#below.slice(placeOf(this.#below, { price: mark, poolId: '' }));
    const above = this.#above.slice(0, placeOf(this.#above, { price: mark, poolId: '\uffff' }));
    return [...below, ...above].map((row) => row.poolId);
  }

  due(): readonly string[] {
    return [...this.#due];
  }
}

/** Guard indexes of all markets, kept in step with the pools. */
export class GuardIndexes {
  readonly #markets = new Map<string, GuardIndex>();

  of(marketId: string): GuardIndex {
    const index = this.#markets.get(marketId) ?? new GuardIndex();
    this.#markets.set(marketId, index);
    return index;
  }

  replace(before: Pool | undefined, after: Pool): void {
    if (before?.guards === after.guards) return;
    for (const guard of before?.guards ?? []) this.of(guard.marketId).remove(after.poolId, guard);
    for (const guard of after.guards) this.of(guard.marketId).put(after.poolId, guard);
  }
}
