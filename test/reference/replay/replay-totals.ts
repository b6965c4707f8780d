import { type Fraction, ZERO } from '../fraction.ts';

export const COUNTS = ['breaches', 'liquidationOrders', 'marketFills', 'deleveragingFills'] as const;
export const QUANTITIES = ['marketFilledQuantity', 'deleveragedQuantity', 'residualQuantity'] as const;
export const AMOUNTS = ['deleveragedNotional', 'fundPaid', 'fundReceived', 'haircuts', 'overshoot'] as const;

type Count = (typeof COUNTS)[number];
type Sum = (typeof QUANTITIES)[number] | (typeof AMOUNTS)[number];

/** What a replay counts and sums up, in total and for each market. */
export class ReplayTotals {
  /** Cases opened. A case counts once here and once in each of its markets. */
  cases = 0;
  readonly #counts = new Map<string, number>();
  readonly #sums = new Map<string, Fraction>();
  readonly #marketIds: readonly string[];

  constructor(marketIds: readonly string[]) {
    this.#marketIds = marketIds;
  }

  count(marketId: string, name: Count): void {
    this.#counts.set(`${marketId} ${name}`, this.countIn(marketId, name) + 1);
  }

  add(marketId: string, name: Sum, value: Fraction): void {
    this.#sums.set(`${marketId} ${name}`, this.sumIn(marketId, name).plus(value));
  }

  countIn(marketId: string, name: Count): number {
    return this.#counts.get(`${marketId} ${name}`) ?? 0;
  }

  sumIn(marketId: string, name: Sum): Fraction {
    return this.#sums.get(`${marketId} ${name}`) ?? ZERO;
  }

  totalCount(name: Count): number {
    if (name === 'breaches') return this.cases;
    return this.#marketIds.reduce((sum, marketId) => sum + this.countIn(marketId, name), 0);
  }

  totalSum(name: Sum): Fraction {
    return this.#marketIds.reduce((sum, marketId) => sum.plus(this.sumIn(marketId, name)), ZERO);
  }
}
