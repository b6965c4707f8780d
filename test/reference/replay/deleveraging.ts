import { allocateByQueue } from '../allocation.ts';
import { type Fraction, greatest, least, total, ZERO } from '../fraction.ts';
import { assess, broughtBy, notionalAt, type ReferenceSide } from '../margin.ts';
import { priceBringing } from '../prices.ts';
import { rank } from '../ranking.ts';
import { noteDustProfit, noteDustTies } from './dust-tie.ts';
import { judge } from './margin-call.ts';
import { cut, type OpenedCase, shareOf, takeOut } from './opened-case.ts';
import { present } from './present.ts';
import type { ReplayTotals } from './replay-totals.ts';
import { poolAtMarks, positionAtMark, type StatePool, type StatePosition, type VenueState } from './venue-state.ts';

/** The neutral ranking: profit ratio × leverage; losers are not asked. */
const POLICY = { pnlRatioWeight: 1, leverageWeight: 1, losers: 'EXCLUDE', tieBreak: ['accountId'] } as const;

interface Holding {
  readonly pool: StatePool;
  readonly position: StatePosition;
}

interface Residual extends Holding {
  readonly opened: OpenedCase;
}

const holdingIn = (pool: StatePool, marketId: string, side: ReferenceSide): readonly Holding[] =>
  pool.positions.filter((position) => position.marketId === marketId && position.side === side).map((position) => ({ pool, position }));

/** Positions that may be asked, best first: in profit, of solvent pools without an open case that nothing would be opened for at these marks. */
const rankedCounterparties = (state: VenueState, marketId: string, side: ReferenceSide): readonly Holding[] => {
  const holdings = state.pools
    .filter((pool) => pool.openCase === null && judge(state, pool)?.wants === 'NONE')
    .flatMap((pool) => holdingIn(pool, marketId, side));
  const candidates = holdings.flatMap(({ pool, position }) => {
    const atMarks = poolAtMarks(state, pool);
    if (atMarks === null) return [];
    const assessment = assess(atMarks);
    const values = present(assessment.positions[pool.positions.indexOf(position)]);
    if (present(state.markets.get(marketId)).contract === 'INVERSE') noteDustProfit(state, pool, values);
    return [{ accountId: pool.accountId, poolId: pool.poolId, ...position, ...values, marginBalance: assessment.marginBalance }];
  });
  const queue = rank(candidates, POLICY).map(({ candidate, score }) => ({
    ...present(holdings.find(({ pool }) => pool.poolId === candidate.poolId)),
    key: score,
  }));
  noteDustTies(state, queue);
  return queue;
};

/** The price at which a close brings what the position may bring, after the fee. null where that is no price. */
const bankruptcyPriceOf = (state: VenueState, { opened, position }: Residual): Fraction | null =>
  priceBringing(present(positionAtMark(state, position)), present(opened.bankruptcyValues.get(position.marketId)));

/** Both close against each other at the bankruptcy price: the bankrupt is left with what it may bring, the counterparty pays no fee. */
const transfer = (state: VenueState, residual: Residual, from: Holding, quantity: Fraction, totals: ReplayTotals): void => {
  const { marketId } = residual.position;
  const price = present(bankruptcyPriceOf(state, residual));
  const { bankruptcyValues } = residual.opened;
  const before = present(bankruptcyValues.get(marketId));
  const owed = shareOf(before, quantity, residual.position.quantity);
  bankruptcyValues.set(marketId, before.minus(owed));
  const { pool, position } = residual;
  const closed = present(positionAtMark(state, position));
  pool.collateral = pool.collateral.plus(owed).minus(broughtBy(closed, takeOut(pool, position, quantity)));

  const given = { ...present(positionAtMark(state, from.position)), quantity };
  const valueAtMark = notionalAt(given, given.market.markPrice);
  const valueAtPrice = cut(notionalAt(given, price));
  const entryValue = takeOut(from.pool, from.position, quantity);
  from.pool.collateral = from.pool.collateral.plus(broughtBy(given, valueAtPrice.minus(entryValue)));
  totals.count(marketId, 'deleveragingFills');
  totals.add(marketId, 'deleveragedQuantity', quantity);
  totals.add(marketId, 'deleveragedNotional', valueAtMark);
  totals.add(marketId, 'haircuts', broughtBy(given, valueAtMark.minus(valueAtPrice)));
};

/** What a counterparty of the residual loses on so much of it: the value at the mark less that at the price; negative when it gains. */
const haircutOf = (state: VenueState, { position }: Residual, price: Fraction, quantity: Fraction): Fraction => {
  const given = { ...present(positionAtMark(state, position)), quantity };
  return broughtBy(given, notionalAt(given, price).minus(notionalAt(given, given.market.markPrice)));
};

const serveResidual = (state: VenueState, residual: Residual, queue: readonly Holding[], totals: ReplayTotals): void => {
  const { marketId, quantity } = residual.position;
  const price = bankruptcyPriceOf(state, residual);
  if (price === null) return;
  const asked = queue.filter(({ pool }) => pool.accountId !== residual.pool.accountId);
  const { taken, residual: left } = allocateByQueue(
    quantity,
    asked.map(({ position }) => position.quantity),
    present(state.markets.get(marketId)).lotSize,
  );
  const exact = least(quantity, total(asked.map(({ position }) => position.quantity)));
  for (const [at, from] of asked.entries()) {
    const part = present(taken[at]);
    if (part.sign() > 0) transfer(state, residual, from, part, totals);
  }
  totals.add(marketId, 'overshoot', greatest(ZERO, haircutOf(state, residual, price, exact.minus(quantity.minus(left)))).negated());
};

/**
 * Deleverages what the wave's whole closes left, market by market, bankrupt LONG positions first, in opening order. Counterparties are ranked
 * once for each market and side, at the state that stands then; what one keeps stays in the queue.
 */
export const deleverage = (state: VenueState, cases: readonly OpenedCase[], totals: ReplayTotals): void => {
  const whole = cases.filter(({ kind }) => kind === 'LIQUIDATE');
  for (const marketId of [...state.markets.keys()].toSorted()) {
    for (const side of ['LONG', 'SHORT'] as const) {
      const residuals = whole.flatMap((opened) => holdingIn(opened.pool, marketId, side).map((holding) => ({ ...holding, opened })));
      if (residuals.length === 0) continue;
      const queue = rankedCounterparties(state, marketId, side === 'LONG' ? 'SHORT' : 'LONG');
      for (const residual of residuals) serveResidual(state, residual, queue, totals);
    }
  }
};
