import type { FundPolicy } from '../policy.ts';
import { type Decimal, larger, smaller, sum, ZERO } from '../units/decimal.ts';
import { type Money, money } from '../units/money.ts';
import { QUANTUM } from '../units/rounding.ts';
import { drawdownLine, windowPeak } from './drawdown.ts';
import { type MarketResult, NO_RESULT } from './fund-memory.ts';
import type { FundState } from './fund-state.ts';
import { type ResultGround, resultAllowance } from './market-result.ts';

/** The balance that no payment passes below: the floor, or the last unit where it stays in the fund and is more. The fund's asset. */
export const floorOf = ({ floor, keepsLastUnit }: FundPolicy): Money => money(keepsLastUnit ? larger(floor, QUANTUM) : floor);

export const amountOf = (amounts: ReadonlyMap<string, Money>, marketId: string): Decimal => amounts.get(marketId) ?? ZERO;

export const reservedTotal = (fund: FundState): Money => money(sum([...fund.reserved.values()]));

/** What a fund has beyond what it holds for orders, balance − Σ reserved; may be below zero. The fund's asset. */
export const leftOf = (fund: FundState): Money => money(fund.balance.minus(reservedTotal(fund)));

export const resultOf = ({ memory }: FundState, marketId: string): MarketResult => memory.results.get(marketId) ?? NO_RESULT;

export const groundOf = (fund: FundState, marketId: string): ResultGround => ({
  fundPeak: windowPeak(fund.drawdown),
  reserved: amountOf(fund.reserved, marketId),
});

/** Whether the fund pays nothing for a market now: its own deleveraging mode, by fall or by balance, or the market's. */
export const isDeleveraging = (fund: FundState, marketId: string): boolean =>
  fund.drawdown.active || fund.memory.isBelowTrigger || resultOf(fund, marketId).active;

/** What the caps leave to a market. Draws count in their interval, or for ever; what is reserved counts as drawn. */
const capLimits = ({ policy, draws, reserved, memory }: FundState, marketId: string): readonly Decimal[] => {
  const held = amountOf(reserved, marketId);
  const limits: Decimal[] = [];
  if (policy.drawCapPerMarket !== null) limits.push(policy.drawCapPerMarket.minus(amountOf(draws.byMarket, marketId)).minus(held));
  if (policy.drawCapPerMarketForever !== null)
    limits.push(policy.drawCapPerMarketForever.minus(amountOf(memory.paid, marketId)).minus(held));
  if (policy.drawCapPerInterval !== null)
    limits.push(policy.drawCapPerInterval.minus(sum([...draws.byMarket.values()])).minus(sum([...reserved.values()])));
  return limits;
};

/** How far the balance may fall: to the floor, the trigger of the balance and the line of the drawdown, whichever comes first. */
const balanceLimits = (fund: FundState): readonly Decimal[] => {
  const { policy } = fund;
  const left = leftOf(fund);
  const lines = [floorOf(policy), policy.balanceTrigger?.start ?? null, drawdownLine(fund.drawdown, policy.drawdown)];
  return lines.flatMap((line) => (line === null ? [] : [left.minus(line)]));
};

/**
 * What a fund may still bear of the difference between a settlement price and the bankruptcy price: as much as caps, floor and what is reserved leave; never
 * below zero. Its asset. No line and no mode limits it: they say when counterparties are asked instead of the fund, and these have been.
 * Source: OKX, which deleverages at the mark while its fund is 30 % below its peak.
 */
export const settlementAvailable = (fund: FundState, marketId: string): Money =>
  money(larger(ZERO, [leftOf(fund).minus(floorOf(fund.policy)), ...capLimits(fund, marketId)].reduce(smaller)));

/** What a fund could pay of a demand if no deleveraging mode were near. Its asset. */
export const payable = (fund: FundState, marketId: string, demanded: Money): Money =>
  money(smaller(demanded, settlementAvailable(fund, marketId)));

const resultLimits = (fund: FundState, marketId: string): readonly Decimal[] => {
  const { drawdown } = fund.policy;
  if (drawdown?.measure !== 'MARKET_RESULT') return [];
  const allowance = resultAllowance(resultOf(fund, marketId), drawdown, groundOf(fund, marketId));
  return allowance === null ? [] : [allowance];
};

/**
 * What a fund has above the first line at which counterparties are asked instead of it, whatever its caps; never below zero. Its asset.
 * Less than a lot costs is as good as nothing: a payment is cut to the lot, so that it comes to the line itself only by chance.
 */
export const aboveLines = (fund: FundState, marketId: string): Money =>
  money(larger(ZERO, [...balanceLimits(fund), ...resultLimits(fund, marketId)].reduce(smaller)));

/**
 * What a market may still reserve for its orders: the least of what its lines and its caps leave; never below zero.
 *
 * Lines: floor or last unit; start of the balance trigger; peak·(1 − trigger) of the fund, or the market's own highest result − trigger·peak. Nothing at
 * all while the deleveraging mode is on. Caps count draws of the interval, or of all time, and reservations. Asset of the fund.
 * Expects a fund brought to the present by `fundAt`.
 */
export const fundAvailable = (fund: FundState, marketId: string): Money => {
  if (isDeleveraging(fund, marketId)) return money(ZERO);
  return money(larger(ZERO, [aboveLines(fund, marketId), ...capLimits(fund, marketId)].reduce(smaller)));
};
