import { nextVersion } from '#core/commit.ts';
import type { Fill, LiquidationOrder } from '#core/liquidation/order.ts';
import { sum, ZERO } from '#core/units/decimal.ts';
import { type Quantity, quantity } from '#core/units/money.ts';
import type { MemoryStore } from '../store/memory-store.ts';
import { DepthUse } from './depth-use.ts';
import { byFillingOrder, matchedQuantity } from './match-order.ts';

/**
 * A market that fills liquidation orders at the mark, up to a depth per market and mark in total, in opening order, and ends every order in the same
 * wave, filled or not. The mark is rounded to the tick as the limit was before they are compared; the fill is at the exact mark.
 */
export class SimulatedVenue {
  readonly #store: MemoryStore;
  readonly #depthPerMark: ReadonlyMap<string, Quantity>;
  readonly #depth = new DepthUse();

  constructor(store: MemoryStore, depthPerMark: ReadonlyMap<string, Quantity>) {
    this.#store = store;
    this.#depthPerMark = depthPerMark;
  }

  /** Works off the new orders of a wave. */
  async work(waveId: string): Promise<void> {
    for (const order of this.#newOrders(waveId)) {
      const fills = this.#fill(order);
      const filled = { fillSequence: fills.length, filledQuantity: quantity(sum(fills.map((fill) => fill.quantity))), fills };
      await this.#store.commit([{ table: 'Orders', item: nextVersion({ ...order, ...filled, status: 'ENDED' }, 'VENUE') }]);
    }
  }

  #newOrders(waveId: string): readonly LiquidationOrder[] {
    const { Cases, Orders } = this.#store.tables;
    return [...Orders.values()]
      .filter((order) => order.kind === 'LIQUIDATION')
      .filter((order) => order.wave === waveId && order.status === 'NEW')
      .map((order) => ({ order, waveRank: Cases.get(order.caseId)?.waveRank ?? 0 }))
      .sort(byFillingOrder)
      .map(({ order }) => order);
  }

  #fill(order: LiquidationOrder): readonly Fill[] {
    const market = this.#store.tables.Markets.get(order.marketId) ?? null;
    const used = market === null ? ZERO : this.#depth.usedAt(market);
    const filled = matchedQuantity(order, market, this.#depthPerMark.get(order.marketId), used);
    if (market === null || market.accepted === null || filled.isZero()) return [];
    this.#depth.add(market, filled);
    return [{ quantity: filled, price: market.accepted.markPrice }];
  }
}
