import { nextVersion } from '#core/commit.ts';
import { isFillable } from '#core/liquidation/limit-price.ts';
import type { LiquidationOrder } from '#core/liquidation/order.ts';
import { isTrading, type MarketState } from '#core/market/market-state.ts';
import { byCodeUnits } from '#core/ordering.ts';
import { type Decimal, smaller, ZERO } from '#core/units/decimal.ts';
import { type Price, type Quantity, quantity } from '#core/units/money.ts';
import type { MemoryStore } from '../store/memory-store.ts';

interface DepthUse {
  readonly sequence: number;
  readonly used: Decimal;
}

/**
 * A market that fills liquidation orders at the mark, up to a depth per market and mark in total, in opening order, and ends every order in the same
 * wave, filled or not. The mark is rounded to the tick as the limit was before they are compared; the fill is at the exact mark.
 */
export class SimulatedVenue {
  readonly #store: MemoryStore;
  readonly #depthPerMark: ReadonlyMap<string, Quantity>;
  readonly #uses = new Map<string, DepthUse>();

  constructor(store: MemoryStore, depthPerMark: ReadonlyMap<string, Quantity>) {
    this.#store = store;
    this.#depthPerMark = depthPerMark;
  }

  /** Works off the new orders of a wave. */
  async work(waveId: string): Promise<void> {
    for (const order of this.#newOrders(waveId)) {
      const filled = this.#fillable(order);
      const mark = this.#mark(order.marketId);
      const fill = filled.gt(0) && mark !== null ? { filledQuantity: filled, fillPrice: mark } : {};
      this.#use(order.marketId, filled);
      await this.#store.commit([{ table: 'Orders', item: nextVersion({ ...order, ...fill, status: 'ENDED' }, 'VENUE') }]);
    }
  }

  #newOrders(waveId: string): readonly LiquidationOrder[] {
    const { Cases, Orders } = this.#store.tables;
    const rankOf = (order: LiquidationOrder): number => Cases.get(order.caseId)?.waveRank ?? 0;
    const isNew = (order: { readonly kind: string }): order is LiquidationOrder => order.kind === 'LIQUIDATION';
    return [...Orders.values()]
      .filter(isNew)
      .filter((order) => order.wave === waveId && order.status === 'NEW')
      .sort((a, b) => rankOf(a) - rankOf(b) || byCodeUnits(a.orderId, b.orderId));
  }

  #market(marketId: string): MarketState | undefined {
    return this.#store.tables.Markets.get(marketId);
  }

  #mark(marketId: string): Price | null {
    return this.#market(marketId)?.accepted?.markPrice ?? null;
  }

  #usedNow(marketId: string): Decimal {
    const use = this.#uses.get(marketId);
    return use?.sequence === this.#market(marketId)?.accepted?.sequence ? (use?.used ?? ZERO) : ZERO;
  }

  #use(marketId: string, filled: Decimal): void {
    const used = this.#usedNow(marketId).plus(filled);
    this.#uses.set(marketId, { sequence: this.#market(marketId)?.accepted?.sequence ?? 0, used });
  }

  #fillable(order: LiquidationOrder): Quantity {
    const market = this.#market(order.marketId);
    const mark = this.#mark(order.marketId);
    if (market === undefined || mark === null || !isTrading(market.status)) return quantity(ZERO);
    if (!isFillable(order.side, order.limitPrice, mark, market.terms.tickSize)) return quantity(ZERO);
    const depth = this.#depthPerMark.get(order.marketId);
    if (depth === undefined) return order.quantity;
    const left = depth.minus(this.#usedNow(order.marketId));
    return quantity(left.gt(0) ? smaller(left, order.quantity) : ZERO);
  }
}
