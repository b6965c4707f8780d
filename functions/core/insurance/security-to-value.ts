import { heldPosition, type Pool } from '../account/pool.ts';
import { assessMargin } from '../margin/assess-margin.ts';
import type { SecurityPolicy } from '../market/containment-policy.ts';
import type { MarkedMarket, MarkedMarkets } from '../market/marked-market.ts';
import { stressFactors } from '../market/security-band.ts';
import type { Side } from '../market/side.ts';
import { valueAt } from '../market/valuation.ts';
import { type Decimal, larger, smaller, sum, ZERO } from '../units/decimal.ts';
import { type Money, money, price } from '../units/money.ts';
import { floorAtRest } from '../units/rounding.ts';

export interface SecurityInput {
  readonly marketId: string;
  /** Every market that the holders hold, as far as it has a mark. */
  readonly marked: MarkedMarkets;
  readonly longs: readonly Pool[];
  readonly shorts: readonly Pool[];
  /** Settlement asset. */
  readonly fundBalance: Decimal;
}

/** What stands behind a market and what it stands behind. Settlement asset. */
export interface Security {
  /** Σ positive margin balances of the pools in the market + balance of its fund. */
  readonly depth: Money;
  /** The larger side's notional value at the mark. */
  readonly openInterest: Money;
}

const depthOf = ({ longs, shorts, fundBalance }: SecurityInput, marked: MarkedMarkets): Decimal => {
  const pools = new Map([...longs, ...shorts].map((pool) => [pool.poolId, pool]));
  const balances = [...pools.values()].map((pool) => {
    const assessed = assessMargin(pool, marked);
    return assessed.ok ? larger(ZERO, assessed.value.marginBalance) : ZERO;
  });
  return sum([...balances, fundBalance]);
};

const openInterestOf = ({ marketId, longs, shorts }: SecurityInput, market: MarkedMarket): Decimal => {
  const notional = (side: Side, holders: readonly Pool[]): Decimal =>
    sum(holders.map((pool) => valueAt(market.terms, heldPosition(pool, marketId, side).quantity, market.markPrice)));
  return larger(notional('LONG', longs), notional('SHORT', shorts));
};

/**
 * Security behind a market at its mark (STV-1). A pool counts with all of its margin balance in every market that it holds, one below zero with nothing, one that cannot
 * be valued with nothing. Backstop capacity is the fund's: there is no other here. null without a mark.
 * Source: of the two meanings of "security-to-value" in use, locked collateral over open value, not security spending over value protected.
 */
export const securityOf = (input: SecurityInput): Security | null => {
  const market = input.marked.get(input.marketId);
  if (market === undefined) return null;
  return { depth: money(depthOf(input, input.marked)), openInterest: money(openInterestOf(input, market)) };
};

/** depth / open interest, 64 digits; null without open interest. */
export const securityRatio = ({ depth, openInterest }: Security): Decimal | null =>
  openInterest.isZero() ? null : depth.div(openInterest);

/** What would be left if the open value lost its shock and slippage (STV-2): depth − open interest·(shock + slippage). Below zero: not enough. */
export const securityBuffer = ({ depth, openInterest }: Security, { shock, slippage }: SecurityPolicy): Money =>
  money(depth.minus(openInterest.times(shock.plus(slippage))));

/**
 * Security after the market's mark moved by the shock (STV-4), the other marks as they are: depth at the shocked mark − slippage·open interest there, over
 * that open interest; the lower of both directions. null without a mark or without open interest.
 */
export const stressedRatio = (input: SecurityInput, policy: SecurityPolicy): Decimal | null => {
  const market = input.marked.get(input.marketId);
  if (market === undefined) return null;
  const ratios = stressFactors(policy).map((factor) => {
    const shocked = { ...market, markPrice: price(floorAtRest(market.markPrice.times(factor))) };
    const security = securityOf({ ...input, marked: new Map([...input.marked, [input.marketId, shocked]]) });
    if (security === null || security.openInterest.isZero()) return null;
    return security.depth.minus(security.openInterest.times(policy.slippage)).div(security.openInterest);
  });
  return ratios.reduce((least, each) => (least === null || each === null ? null : smaller(least, each)));
};

/**
 * Security behind a market: (Σ positive margin balances of the pools in it + balance of its fund) / open interest at the mark.
 * Open interest is the larger side's notional value. null without a mark or without open interest.
 */
export const securityToValue = (input: SecurityInput): Decimal | null => {
  const security = securityOf(input);
  return security === null ? null : securityRatio(security);
};

/** The ratio that the law judges a market by, down to 38 digits: in doubt a market is less safe. */
export const judgedRatio = (input: SecurityInput, policy: SecurityPolicy): Decimal | null => {
  const found = policy.measure === 'STRESSED' ? stressedRatio(input, policy) : securityToValue(input);
  return found === null ? null : floorAtRest(found);
};

/** Security behind several markets of one asset together: each pool and each fund once. null without open interest. */
export const totalSecurity = (inputs: readonly SecurityInput[], fundsBalance: Decimal): Decimal | null => {
  const pools = new Map(inputs.flatMap(({ longs, shorts }) => [...longs, ...shorts]).map((pool) => [pool.poolId, pool]));
  const marked: MarkedMarkets = new Map(inputs.flatMap((each) => [...each.marked]));
  const [first] = inputs;
  if (first === undefined) return null;
  const depth = depthOf({ ...first, longs: [...pools.values()], shorts: [], fundBalance: fundsBalance }, marked);
  const openInterest = sum(inputs.map((each) => securityOf(each)?.openInterest ?? ZERO));
  return openInterest.isZero() ? null : depth.div(openInterest);
};
