import type { MarketState } from '#core/market/market-state.ts';
import { type Decimal, ZERO } from '#core/units/decimal.ts';

interface Use {
  readonly sequence: number;
  readonly used: Decimal;
}

/** Contracts filled per market at its present mark; a new mark brings the whole depth again. */
export class DepthUse {
  readonly #uses = new Map<string, Use>();

  /** Contracts filled so far at the market's accepted mark. */
  usedAt({ terms, accepted }: MarketState): Decimal {
    const use = this.#uses.get(terms.marketId);
    return use !== undefined && use.sequence === accepted?.sequence ? use.used : ZERO;
  }

  add(market: MarketState, filled: Decimal): void {
    if (market.accepted === null) return;
    this.#uses.set(market.terms.marketId, { sequence: market.accepted.sequence, used: this.usedAt(market).plus(filled) });
  }
}
