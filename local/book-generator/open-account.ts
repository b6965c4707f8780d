import { OPENING_LEVERAGE_SHARE, PROFIT_SHARE_MOST } from './assumed-shape.ts';
import { type CrashMarket, maximumLeverageOf, notionalOf, SETTLEMENT_ASSET } from './crash-markets.ts';
import type { Leg } from './deal-positions.ts';
import { decimalText } from './decimal-text.ts';
import type { GeneratedAccount, GeneratedPosition } from './generated-book.ts';
import { ENTRY_DISTANCE } from './published-shape.ts';
import { quantileOf } from './quantile-table.ts';

/** What is to be opened: one pool's legs at one leverage. */
export interface PoolPlan {
  readonly marginMode: 'CROSS' | 'ISOLATED';
  readonly leverage: number;
  readonly legs: readonly Leg[];
}

interface OpenPool {
  readonly marginCents: number;
  readonly positions: readonly GeneratedPosition[];
}

const CENTS = 100;

const markOf = (market: CrashMarket): number => market.markTicks / market.ticksPerUnit;

/** s·Q·(markPrice − entryPrice) [USDT]; s = +1 long, −1 short. */
const profitOf = (leg: Leg, entryPrice: number): number =>
  (leg.side === 'LONG' ? 1 : -1) * (leg.lots / leg.market.lotsPerUnit) * (markOf(leg.market) - entryPrice);

const drawnEntry = (leg: Leg): number => leg.market.entryPriceMean * quantileOf(ENTRY_DISTANCE, leg.entryFraction);

const boundedLeverage = ({ leverage, legs }: PoolPlan): number =>
  legs.reduce(
    (least, { market, lots }) => Math.min(least, OPENING_LEVERAGE_SHARE * maximumLeverageOf(market, notionalOf(market, lots))),
    leverage,
  );

/**
 * Opens a pool: marginBalance = Σ notional / leverage at the opening marks, margin paid in = marginBalance − Σ unrealizedPnl, up to the cent.
 * Where the drawn entries would earn more than `PROFIT_SHARE_MOST` of the balance, all of them move towards the mark in one proportion.
 */
const openPool = (plan: PoolPlan): OpenPool => {
  const marginBalance = plan.legs.reduce((total, { market, lots }) => total + notionalOf(market, lots), 0) / boundedLeverage(plan);
  const drawnProfit = plan.legs.reduce((total, leg) => total + profitOf(leg, drawnEntry(leg)), 0);
  const profitMost = PROFIT_SHARE_MOST * marginBalance;
  const nearness = drawnProfit > profitMost ? profitMost / drawnProfit : 1;
  const opened = plan.legs.map((leg) => {
    const entryPrice = markOf(leg.market) + (drawnEntry(leg) - markOf(leg.market)) * nearness;
    return { leg, entryTicks: Math.round(entryPrice * leg.market.ticksPerUnit) };
  });
  const profit = opened.reduce((total, { leg, entryTicks }) => total + profitOf(leg, entryTicks / leg.market.ticksPerUnit), 0);
  const marginCents = Math.max(1, Math.ceil((marginBalance - profit) * CENTS));
  const isolated = plan.marginMode === 'ISOLATED' ? { isolatedMargin: decimalText(marginCents, CENTS) } : {};
  const positions = opened.map(({ leg: { market, side, lots }, entryTicks }) => ({
    marketId: market.marketId,
    side,
    quantity: decimalText(lots, market.lotsPerUnit),
    entryPrice: decimalText(entryTicks, market.ticksPerUnit),
    marginMode: plan.marginMode,
    ...isolated,
  }));
  return { marginCents, positions };
};

/** Returns the account with its pools opened. At most one plan is `CROSS`; without one the account has no wallet balance. */
export const openAccount = (accountId: string, tags: readonly string[], plans: readonly PoolPlan[]): GeneratedAccount => {
  const opened = plans.map((plan) => ({ marginMode: plan.marginMode, ...openPool(plan) }));
  const cross = opened.find(({ marginMode }) => marginMode === 'CROSS');
  return {
    accountId,
    tags,
    walletBalances: cross === undefined ? {} : { [SETTLEMENT_ASSET]: decimalText(cross.marginCents, CENTS) },
    positions: opened.flatMap(({ positions }) => positions),
  };
};
