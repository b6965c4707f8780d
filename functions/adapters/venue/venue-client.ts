import type { NewPool, PoolChange } from '#core/account/change-pool.ts';
import type { Pool } from '#core/account/pool.ts';
import type { Order } from '#core/commit.ts';
import { paidOut, withdrawalCharge } from '#core/insurance/withdrawal-charge.ts';
import type { Fill } from '#core/liquidation/order.ts';
import { providerCapacity, type SupportProvider } from '#core/liquidation/provider-capacity.ts';
import type { MarginAssessment } from '#core/margin/assess-margin.ts';
import { type OpeningRefusal, type OpeningRequest, openingRefusal, withdrawable } from '#core/margin/opening-check.ts';
import type { OpeningPolicy } from '#core/market/containment-policy.ts';
import type { Money } from '#core/units/money.ts';
import { patience } from '../dynamodb/patience.ts';
import { type LawQuestions, lawQuestions } from './ask-law.ts';
import { changePools, loadPool, openPool, type PoolAnswer, type PoolBooking } from './change-pools.ts';
import { type PublishedObservation, publishObservation } from './publish-observation.ts';
import { acknowledgeCancel, loadOrder, reportOrder } from './report-order.ts';
import type { VenueAnswer, VenueTables } from './venue-tables.ts';

export interface VenueClientInput extends Pick<VenueTables, 'client' | 'tables'>, Partial<Pick<VenueTables, 'patience'>> {}

/** One fill and its number in its order. */
export interface FillInput extends Fill {
  readonly orderId: string;
  readonly fillSequence: number;
}

/** The end of an order after its last fill; 0 for an order that filled nothing. */
export interface EndInput {
  readonly orderId: string;
  readonly fillSequence: number;
}

/**
 * Everything that a venue does with the engine's tables (`docs/venue-contract.md`). Each write is conditional, may be repeated, and says what came of it.
 * All of them throw `VenueInputError` for what can never be written, and what the service throws when it does not answer for good: the outcome is unknown
 * then, and the same call may be made again.
 */
export interface VenueClient extends LawQuestions {
  readonly publishObservation: (observation: PublishedObservation) => Promise<VenueAnswer>;
  readonly loadPool: (poolId: string) => Promise<Pool | null>;
  readonly openPool: (pool: NewPool) => Promise<'WRITTEN' | 'ALREADY_THERE' | 'CONFLICT'>;
  readonly changePool: (pool: Pool, change: PoolChange) => Promise<PoolAnswer>;
  /** Several pools at once, such as both sides of a trade: all or none. */
  readonly changePools: (bookings: readonly PoolBooking[]) => Promise<PoolAnswer>;
  readonly loadOrder: (orderId: string) => Promise<Order | null>;
  readonly reportFill: (fill: FillInput) => Promise<VenueAnswer>;
  readonly endOrder: (end: EndInput) => Promise<VenueAnswer>;
  /** The last fills and the end in one write; the last of them is number `fillSequence`. */
  readonly reportAndEnd: (end: EndInput & { readonly fills: readonly Fill[] }) => Promise<VenueAnswer>;
  readonly acknowledgeCancel: (orderId: string) => Promise<VenueAnswer>;
  /** What of a withdrawal is paid out while a fund owes `owed` beyond all it has and everybody else has `total`: see `withdrawalCharge`. Reads nothing. */
  readonly paidOutWhileOwed: (amount: Money, owed: Money, total: Money) => Money;
  /** Why a position may not open or grow under a law, for a venue that knows its books itself; null when it may. Reads nothing: see `askTrade`. */
  readonly openingRefusal: (request: OpeningRequest, policy: OpeningPolicy) => OpeningRefusal | null;
  /** What an account may withdraw of a pool that needs `initialMargin`. Reads nothing: see `askWithdrawal`. */
  readonly withdrawable: (assessment: MarginAssessment, initialMargin: Money, policy: OpeningPolicy) => Money;
  /** Notional value that a support provider may still take of liquidation orders before they are filled in the market. Reads nothing. */
  readonly providerCapacity: (provider: SupportProvider) => Money;
}

export const venueClient = (input: VenueClientInput): VenueClient => {
  const venue: VenueTables = { patience, ...input };
  return {
    ...lawQuestions(venue),
    publishObservation: (observation) => publishObservation(venue, observation),
    loadPool: (poolId) => loadPool(venue, poolId),
    openPool: (pool) => openPool(venue, pool),
    openingRefusal,
    withdrawable: (assessment, initialMargin, { unrealizedProfitCap }) => withdrawable(assessment, initialMargin, unrealizedProfitCap),
    changePool: (pool, change) => changePools(venue, [{ pool, change }]),
    changePools: (bookings) => changePools(venue, bookings),
    loadOrder: (orderId) => loadOrder(venue, orderId),
    reportFill: ({ orderId, fillSequence, quantity, price }) =>
      reportOrder(venue, { orderId, fillSequence, fills: [{ quantity, price }], ends: false }),
    endOrder: ({ orderId, fillSequence }) => reportOrder(venue, { orderId, fillSequence, fills: [], ends: true }),
    reportAndEnd: ({ orderId, fillSequence, fills }) => reportOrder(venue, { orderId, fillSequence, fills, ends: true }),
    acknowledgeCancel: (orderId) => acknowledgeCancel(venue, orderId),
    paidOutWhileOwed: (amount, owed, total) => paidOut(amount, withdrawalCharge(owed, total)),
    providerCapacity,
  };
};
