import { invariant } from '../invariant.ts';
import type { FundPolicy } from '../policy.ts';
import { type Decimal, smaller, sum, ZERO } from '../units/decimal.ts';
import { type Money, money } from '../units/money.ts';
import { type EpochMs, intervalStart } from '../units/time.ts';
import { afterDemand, type DrawdownState, drawdownLine, trackDrawdown } from './drawdown.ts';

/** What a fund paid in the current interval. */
export interface DrawCounters {
  readonly intervalStart: EpochMs;
  readonly byMarket: ReadonlyMap<string, Money>;
}

/** An insurance fund and the policy it is kept by. */
export interface FundState {
  readonly fundId: string;
  readonly asset: string;
  readonly policy: FundPolicy;
  readonly balance: Money;
  /** Held for orders that may still cost something, by market. */
  readonly reserved: ReadonlyMap<string, Money>;
  readonly draws: DrawCounters;
  readonly drawdown: DrawdownState;
  readonly version: number;
  readonly lastWriter: string;
}

const amountOf = (amounts: ReadonlyMap<string, Money>, marketId: string): Decimal => amounts.get(marketId) ?? ZERO;

const withAmount = (amounts: ReadonlyMap<string, Money>, marketId: string, amount: Decimal): ReadonlyMap<string, Money> => {
  const next = new Map(amounts);
  if (amount.isZero()) next.delete(marketId);
  else next.set(marketId, money(amount));
  return next;
};

export const reservedTotal = (fund: FundState): Money => money(sum([...fund.reserved.values()]));

/** Counters of the interval that `now` falls in; a new interval starts from nothing. */
const drawsAt = (fund: FundState, now: EpochMs): DrawCounters => {
  const start = intervalStart(now, fund.policy.interval);
  return start === fund.draws.intervalStart ? fund.draws : { intervalStart: start, byMarket: new Map() };
};

/** The fund as of `now`: counters of the current interval, peaks of the current window, drawdown mode re-judged. */
export const fundAt = (fund: FundState, now: EpochMs): FundState => ({
  ...fund,
  draws: drawsAt(fund, now),
  drawdown: trackDrawdown(fund.drawdown, fund.policy.drawdown, fund.balance, now, reservedTotal(fund)),
});

/**
 * What a market may still reserve: the least of balance − reserved − floor, the distance to the drawdown line, and what the caps leave; never below zero.
 *
 * Drawdown line: peak·(1 − trigger); nothing at all while the drawdown mode is on. Caps count draws of the interval and reservations. Settlement asset.
 * Expects a fund brought to the present by `fundAt`.
 */
export const fundAvailable = (fund: FundState, marketId: string): Money => {
  const { policy, draws } = fund;
  const reserved = reservedTotal(fund);
  const limits: Decimal[] = [fund.balance.minus(reserved).minus(policy.floor)];
  const line = drawdownLine(fund.drawdown, policy.drawdown);
  if (fund.drawdown.active) limits.push(ZERO);
  else if (line !== null) limits.push(fund.balance.minus(reserved).minus(line));
  if (policy.drawCapPerMarket !== null) {
    limits.push(policy.drawCapPerMarket.minus(amountOf(draws.byMarket, marketId)).minus(amountOf(fund.reserved, marketId)));
  }
  if (policy.drawCapPerInterval !== null) {
    limits.push(policy.drawCapPerInterval.minus(sum([...draws.byMarket.values()])).minus(reserved));
  }
  const least = limits.reduce(smaller);
  return money(least.gt(0) ? least : ZERO);
};

/**
 * Holds `amount` for a market, of `demanded` that closing everything there would have cost; the demand may start the drawdown mode.
 * Throws `InvariantViolation` beyond what is available.
 */
export const reserve = (fund: FundState, marketId: string, amount: Money, demanded: Money): FundState => {
  invariant(amount.lte(fundAvailable(fund, marketId)), `fund ${fund.fundId} reserves only what is available`);
  const leftAfterDemand = money(fund.balance.minus(reservedTotal(fund)).minus(demanded));
  return {
    ...fund,
    reserved: amount.isZero() ? fund.reserved : withAmount(fund.reserved, marketId, amountOf(fund.reserved, marketId).plus(amount)),
    drawdown: demanded.isZero() ? fund.drawdown : afterDemand(fund.drawdown, fund.policy.drawdown, leftAfterDemand),
  };
};

/**
 * Ends a reservation and pays `drawn` ≤ `held` out of it. Throws `InvariantViolation` when a draw would exceed what was held or pass the floor.
 */
export const drawReserved = (fund: FundState, marketId: string, held: Money, drawn: Money, now: EpochMs): FundState => {
  invariant(drawn.gte(0) && drawn.lte(held), `fund ${fund.fundId} draws at most what was reserved`);
  const balance = money(fund.balance.minus(drawn));
  invariant(drawn.isZero() || balance.gte(fund.policy.floor), `fund ${fund.fundId} stays at or above its floor`);
  const draws = drawsAt(fund, now);
  const byMarket = withAmount(draws.byMarket, marketId, amountOf(draws.byMarket, marketId).plus(drawn));
  const reserved = withAmount(fund.reserved, marketId, amountOf(fund.reserved, marketId).minus(held));
  return fundAt({ ...fund, balance, reserved, draws: { ...draws, byMarket } }, now);
};

/** Takes in a surplus or a fee; what comes in serves later waves. */
export const receive = (fund: FundState, amount: Money, now: EpochMs): FundState => {
  invariant(amount.gte(0), 'a fund receives nothing negative');
  return fundAt({ ...fund, balance: money(fund.balance.plus(amount)) }, now);
};
