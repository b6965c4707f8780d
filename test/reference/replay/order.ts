import { type Fraction, greatest, ZERO } from '../fraction.ts';
import { limitPriceOf, reserve, stepDownQuantity } from '../liquidation.ts';
import type { OpenedCase } from './opened-case.ts';
import { present } from './present.ts';
import { positionAtMark, type StatePosition, type VenueState } from './venue-state.ts';

export interface LiquidationOrder {
  readonly opened: OpenedCase;
  readonly position: StatePosition;
  readonly quantity: Fraction;
  /** Not positive where a SELL may fill at any price. */
  readonly limitPrice: Fraction;
}

interface CaseLeg {
  readonly position: StatePosition;
  /** Contracts that the case means to close. */
  readonly quantity: Fraction;
}

/** What a case means to close: whole positions, or of each position above the lowest tier what takes it one tier down. */
export const legsOf = (state: VenueState, { pool, kind }: OpenedCase): readonly CaseLeg[] =>
  pool.positions
    .map((position) => {
      const quantity = kind === 'REDUCE' ? stepDownQuantity(present(positionAtMark(state, position))) : position.quantity;
      return { position, quantity };
    })
    .filter(({ quantity }) => quantity.sign() > 0);

/**
 * Orders of a wave in opening order, without those that would be empty.
 *
 * A whole close reserves what filling it at the mark would cost the fund, out of the balance at the start of the wave; what the fund cannot
 * pay is cut down to the lot. A reduction reserves nothing and may fill down to its bankruptcy price.
 */
export const ordersOf = (state: VenueState, cases: readonly OpenedCase[]): readonly LiquidationOrder[] => {
  const available = new Map([...state.funds].map(([asset, balance]) => [asset, greatest(ZERO, balance)]));
  return cases.flatMap((opened) =>
    legsOf(state, opened).flatMap(({ position, quantity }) => {
      const atMark = present(positionAtMark(state, position));
      const bankruptcyValue = present(opened.bankruptcyValues.get(position.marketId));
      const { asset } = opened.pool;
      const left = present(available.get(asset));
      const reservation = opened.kind === 'REDUCE' ? { quantity, reserved: ZERO } : reserve(atMark, bankruptcyValue, left);
      if (reservation.quantity.sign() === 0) return [];
      available.set(asset, left.minus(reservation.reserved));
      return [{ opened, position, quantity: reservation.quantity, limitPrice: limitPriceOf(atMark, bankruptcyValue, reservation) }];
    }),
  );
};
