import { invariant } from '../invariant.ts';
import type { FundPolicy } from '../policy.ts';
import type { Decimal } from '../units/decimal.ts';
import { type Money, money } from '../units/money.ts';
import { type EpochMs, intervalStart } from '../units/time.ts';
import { afterDemand, type DrawdownState, reachesTrigger, trackDrawdown, windowPeak } from './drawdown.ts';
import {
  amountOf,
  floorOf,
  fundAvailable,
  groundOf,
  leftOf,
  payable,
  reservedTotal,
  resultOf,
  settlementAvailable,
} from './fund-limits.ts';
import type { FundMemory, MarketResult } from './fund-memory.ts';
import { resultPeak, trackResult, withChange } from './market-result.ts';

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
  readonly memory: FundMemory;
  readonly version: number;
  readonly lastWriter: string;
}

const withAmount = (amounts: ReadonlyMap<string, Money>, marketId: string, amount: Decimal): ReadonlyMap<string, Money> => {
  const next = new Map(amounts);
  if (amount.isZero()) next.delete(marketId);
  else next.set(marketId, money(amount));
  return next;
};

/**
 * Counters of the interval that `now` falls in; a new interval starts from nothing. A pool with legs in several domains is settled at the time of one of
 * them, which may be behind: what is late counts in the interval that has begun, else each domain would start the other's counters anew.
 */
const drawsAt = (fund: FundState, now: EpochMs): DrawCounters => {
  const start = intervalStart(now, fund.policy.interval);
  return start <= fund.draws.intervalStart ? fund.draws : { intervalStart: start, byMarket: new Map() };
};

/** Each market's result in the window as of `now`; none where the law does not measure by them. */
const resultsAt = (fund: FundState, now: EpochMs): ReadonlyMap<string, MarketResult> => {
  const { drawdown } = fund.policy;
  if (drawdown?.measure !== 'MARKET_RESULT') return new Map();
  const markets = new Set([...fund.memory.results.keys(), ...fund.reserved.keys()]);
  return new Map(
    [...markets].map((marketId) => [marketId, trackResult(resultOf(fund, marketId), drawdown, groundOf(fund, marketId), now)]),
  );
};

/** Whether the balance trigger's mode is on: from `start` down, until above `stop`. What is reserved counts as gone. */
const isBelowTrigger = ({ policy, memory }: FundState, left: Decimal): boolean => {
  const { balanceTrigger } = policy;
  return balanceTrigger !== null && left.lte(memory.isBelowTrigger ? balanceTrigger.stop : balanceTrigger.start);
};

/** The fund as of `now`: counters of the current interval, peaks of the current windows, deleveraging modes re-judged. */
export const fundAt = (fund: FundState, now: EpochMs): FundState => {
  const reserved = reservedTotal(fund);
  const drawdown = trackDrawdown(fund.drawdown, fund.policy.drawdown, fund.balance, now, reserved);
  const tracked = { ...fund, draws: drawsAt(fund, now), drawdown };
  const below = isBelowTrigger(fund, fund.balance.minus(reserved));
  return { ...tracked, memory: { ...fund.memory, results: resultsAt(tracked, now), isBelowTrigger: below } };
};

/** A market's mode after somebody asked for more than its line allows: see `afterDemand`. */
const resultsAfterDemand = (fund: FundState, marketId: string, demanded: Decimal): ReadonlyMap<string, MarketResult> => {
  const { drawdown } = fund.policy;
  const { results } = fund.memory;
  if (drawdown?.measure !== 'MARKET_RESULT') return results;
  const each = resultOf(fund, marketId);
  const peak = windowPeak(fund.drawdown);
  const lost = resultPeak(each).minus(each.result).plus(amountOf(fund.reserved, marketId)).plus(demanded);
  const starts = peak.gt(drawdown.minimumBalance) && reachesTrigger(lost, peak, drawdown);
  return starts ? new Map([...results, [marketId, { ...each, active: true }]]) : results;
};

/**
 * Holds `amount` of `demanded`; the demand may start a deleveraging mode, as far as caps and floor would have it paid: beyond them it never brings the fund
 * near a line.
 */
const hold = (fund: FundState, marketId: string, amount: Money, demanded: Money): FundState => {
  const reserved = amount.isZero() ? fund.reserved : withAmount(fund.reserved, marketId, amountOf(fund.reserved, marketId).plus(amount));
  const counted = payable(fund, marketId, demanded);
  if (counted.isZero()) return { ...fund, reserved };
  const left = money(leftOf(fund).minus(counted));
  const results = resultsAfterDemand(fund, marketId, counted);
  const below = isBelowTrigger(fund, left);
  return {
    ...fund,
    reserved,
    drawdown: afterDemand(fund.drawdown, fund.policy.drawdown, left),
    memory:
      results === fund.memory.results && below === fund.memory.isBelowTrigger
        ? fund.memory
        : { ...fund.memory, results, isBelowTrigger: below || fund.memory.isBelowTrigger },
  };
};

/**
 * Holds `amount` for the orders of a market, of `demanded` that closing everything there would have cost; the demand may start a deleveraging mode.
 * Throws `InvariantViolation` beyond what is available.
 */
export const reserve = (fund: FundState, marketId: string, amount: Money, demanded: Money): FundState => {
  invariant(amount.lte(fundAvailable(fund, marketId)), `fund ${fund.fundId} reserves only what is available`);
  return hold(fund, marketId, amount, demanded);
};

/**
 * Holds `amount` for transfers of a market, of `demanded` that settling all of them would have cost beyond the bankruptcy price, also while a mode is on.
 * Throws `InvariantViolation` beyond what is available for that.
 */
export const reserveForSettlement = (fund: FundState, marketId: string, amount: Money, demanded: Money): FundState => {
  invariant(amount.lte(settlementAvailable(fund, marketId)), `fund ${fund.fundId} bears only what its floor and caps leave`);
  return hold(fund, marketId, amount, demanded);
};

/** The results after a market cost its fund something or brought it something; as they were where the law does not measure by them. */
const resultsWith = (fund: FundState, marketId: string, amount: Decimal, now: EpochMs): ReadonlyMap<string, MarketResult> => {
  const { drawdown } = fund.policy;
  if (drawdown?.measure !== 'MARKET_RESULT' || amount.isZero()) return fund.memory.results;
  return new Map([...fund.memory.results, [marketId, withChange(resultOf(fund, marketId), amount, drawdown, now)]]);
};

/**
 * Ends a reservation and pays `drawn` ≤ `held` out of it for `marketId`, where the loss arose. Throws `InvariantViolation` when a draw would exceed what
 * was held or pass the floor, or more is ended than is held.
 */
export const drawReserved = (fund: FundState, marketId: string, held: Money, drawn: Money, now: EpochMs): FundState => {
  invariant(drawn.gte(0) && drawn.lte(held), `fund ${fund.fundId} draws at most what was reserved`);
  invariant(held.lte(amountOf(fund.reserved, marketId)), `fund ${fund.fundId} ends only what it holds`);
  const balance = money(fund.balance.minus(drawn));
  invariant(drawn.isZero() || balance.gte(floorOf(fund.policy)), `fund ${fund.fundId} stays at or above its floor`);
  const draws = drawsAt(fund, now);
  const byMarket = withAmount(draws.byMarket, marketId, amountOf(draws.byMarket, marketId).plus(drawn));
  const reserved = withAmount(fund.reserved, marketId, amountOf(fund.reserved, marketId).minus(held));
  const paid = withAmount(fund.memory.paid, marketId, amountOf(fund.memory.paid, marketId).plus(drawn));
  const memory = { ...fund.memory, paid, results: resultsWith(fund, marketId, drawn.negated(), now) };
  return fundAt({ ...fund, balance, reserved, draws: { ...draws, byMarket }, memory }, now);
};

/** Takes in a surplus or a fee of a market; what comes in serves later waves. */
export const receive = (fund: FundState, marketId: string, amount: Money, now: EpochMs): FundState => {
  invariant(amount.gte(0), 'a fund receives nothing negative');
  const memory = { ...fund.memory, results: resultsWith(fund, marketId, amount, now) };
  return fundAt({ ...fund, balance: money(fund.balance.plus(amount)), memory }, now);
};

/** What became of a reservation, all at least zero: `drawn` ≤ `held`. The fund's asset. */
export interface HeldOutcome {
  readonly held: Money;
  readonly drawn: Money;
  /** What came in with it. */
  readonly received: Money;
}

/** Ends a reservation, pays out of it and takes in what came with it, in this order: what comes in pays for nothing that was not held. */
export const settleHeld = (fund: FundState, marketId: string, { held, drawn, received }: HeldOutcome, now: EpochMs): FundState => {
  const paid = drawReserved(fund, marketId, held, drawn, now);
  return received.isZero() ? paid : receive(paid, marketId, received, now);
};
