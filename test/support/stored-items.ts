import fc, { type Arbitrary } from 'fast-check';
import type { Guard, Pool } from '#core/account/pool.ts';
import { memberBeyondVenueBounds } from '#core/account/venue-bounds.ts';
import type { DeleveragingOrder, Order } from '#core/commit.ts';
import type { CaseLeg, LiquidationCase } from '#core/liquidation/liquidation-case.ts';
import type { CancelInstruction, LiquidationOrder } from '#core/liquidation/order.ts';
import type { MarkObservation } from '#core/market/market-state.ts';
import { quantity, ratio } from '#core/units/money.ts';
import {
  amounts,
  counts,
  few,
  ids,
  keys,
  orderSides,
  orNull,
  prices,
  quantities,
  recordedPrices,
  sides,
  stored,
  times,
  venuePrices,
} from './stored-values.ts';

export const observations: Arbitrary<MarkObservation> = fc
  .record({
    marketId: ids,
    sequence: counts,
    markPrice: venuePrices,
    indexPrice: venuePrices,
    observedAt: times,
  })
  .chain((observation) =>
    fc
      .option(venuePrices, { nil: undefined })
      .map((interest) => (interest === undefined ? observation : { ...observation, openInterest: quantity(interest) })),
  );

const guards: Arbitrary<Guard> = fc.oneof(
  fc.record({ kind: fc.constant('INTERVAL' as const), marketId: ids, below: orNull(prices), above: orNull(prices) }),
  fc.record({ kind: fc.constant('DUE' as const), marketId: ids }),
);

/** A venue keeps to its bounds; everyone else has 38 digits. */
const withinBounds = (pool: Pool): Pool => (memberBeyondVenueBounds(pool) === null ? pool : { ...pool, lastWriter: 'OPERATOR' });

const anyPools: Arbitrary<Pool> = fc.record({
  ...stored,
  poolId: keys,
  accountId: ids,
  marginMode: fc.constantFrom('CROSS' as const, 'ISOLATED' as const),
  settlementAsset: ids,
  tags: few(fc.string()),
  balance: amounts,
  positions: few(fc.record({ marketId: ids, side: sides, quantity: quantities, entryValue: amounts })),
  guards: few(guards),
  caseId: orNull(keys),
  caseCount: counts,
  deferredSince: orNull(times),
  lastReduction: orNull(fc.record({ rule: ids, at: times, until: times })),
});

export const pools: Arbitrary<Pool> = anyPools.map(withinBounds);

const legs: Arbitrary<CaseLeg> = fc.record({
  marketId: ids,
  side: sides,
  quantityAtOpening: quantities,
  residualQuantity: quantities,
  bankruptcyValue: amounts,
  bankruptcyPrice: orNull(recordedPrices),
  markAtOpening: prices,
  contributed: amounts,
  liquidationFeeRate: amounts.map(ratio),
  awaitsDeleveraging: fc.boolean(),
});

export const cases: Arbitrary<LiquidationCase> = fc.record({
  ...stored,
  caseId: keys,
  poolId: keys,
  accountId: ids,
  settlementAsset: ids,
  kind: fc.constantFrom('REDUCE' as const, 'LIQUIDATE' as const, 'TAKE_OVER' as const),
  state: fc.constantFrom('ORDERED' as const, 'ADL_WAIT' as const, 'CLOSED_TAKEN_OVER' as const, 'HALTED' as const),
  ruleSet: fc.record({ id: ids, version: fc.constant('1.20.3'), hash: fc.constant(`sha256:${'0a'.repeat(32)}`) }),
  openedAt: times,
  wave: keys,
  waveRank: fc.integer({ min: 0, max: 999_999 }),
  attempt: counts,
  legs: few(legs),
  drawn: amounts,
  received: amounts,
  transferCount: counts,
});

const liquidations: Arbitrary<LiquidationOrder> = fc.record({
  ...stored,
  orderId: keys,
  caseId: keys,
  poolId: keys,
  kind: fc.constant('LIQUIDATION' as const),
  wave: keys,
  marketId: ids,
  positionSide: sides,
  side: orderSides,
  quantity: quantities,
  limitPrice: prices,
  reserved: amounts,
  fundId: ids,
  expiresAt: times,
  status: fc.constantFrom('NEW' as const, 'ENDED' as const, 'SETTLED' as const),
  fillSequence: counts,
  filledQuantity: quantities,
  fills: few(fc.record({ quantity: quantities, price: prices })),
});

const cancellations: Arbitrary<CancelInstruction> = fc.record({
  ...stored,
  orderId: keys,
  caseId: keys,
  kind: fc.constant('CANCEL_ORDERS' as const),
  accountId: ids,
  marketIds: few(ids),
  status: fc.constantFrom('NEW' as const, 'ACKNOWLEDGED' as const),
});

const deleveragings: Arbitrary<DeleveragingOrder> = fc.record({
  ...stored,
  orderId: keys,
  kind: fc.constant('DELEVERAGING' as const),
  caseId: keys,
  poolId: keys,
  accountId: ids,
  marketId: ids,
  side: orderSides,
  quantity: quantities.map((value) => value.toFixed()),
  price: recordedPrices.map((value) => value.toFixed()),
});

export const orders: Arbitrary<Order> = fc.oneof(liquidations, cancellations, deleveragings);
