import type { MarginMode, Pool } from '#core/account/pool.ts';
import type { Position } from '#core/account/position.ts';
import type { ContractKind } from '#core/market/contract.ts';
import { USUAL_MARGIN_POLICY } from '#core/market/margin-policy.ts';
import { tierTable } from '#core/market/margin-tiers.ts';
import type { MarkedMarket, MarkedMarkets } from '#core/market/marked-market.ts';
import { decimal } from '#core/units/decimal.ts';
import { money, price, quantity, ratio } from '#core/units/money.ts';
import { fraction } from '../reference/fraction.ts';
import type { ReferenceMarket, ReferencePool } from '../reference/margin.ts';
import type { ReferenceMarginPolicy } from '../reference/tiers.ts';

/** A pool in plain texts: what a counterexample shows, and what both implementations are built from. */
export interface PoolCase {
  readonly collateral: string;
  readonly markets: readonly MarketCase[];
  /** Sorted by market, LONG before SHORT. */
  readonly positions: readonly PositionCase[];
}

export interface MarketCase {
  readonly marketId: string;
  /** LINEAR where it is not said. */
  readonly contract?: ContractKind;
  readonly multiplier: string;
  readonly markPrice: string;
  readonly takerFeeRate: string;
  readonly tickSize: string;
  readonly lotSize: string;
  readonly form: 'DEDUCTION' | 'MARGINAL' | 'FLAT';
  /** How the tiers are read; what is not said is as usual. */
  readonly policy?: ReferenceMarginPolicy;
  readonly tiers: readonly TierCase[];
}

export interface TierCase {
  readonly notionalFloor: string;
  readonly notionalCap: string | null;
  readonly maintenanceMarginRate: string;
  readonly maintenanceAmount: string | null;
  /** None where it is not said. */
  readonly maximumLeverage?: string | null;
}

export interface PositionCase {
  readonly marketId: string;
  readonly side: 'LONG' | 'SHORT';
  readonly quantity: string;
  readonly entryValue: string;
}

const coreMarket = (market: MarketCase): MarkedMarket => ({
  markPrice: price(decimal(market.markPrice)),
  terms: {
    marketId: market.marketId,
    contract: market.contract ?? 'LINEAR',
    multiplier: decimal(market.multiplier),
    settlementAsset: 'USDT',
    tickSize: price(decimal(market.tickSize)),
    lotSize: quantity(decimal(market.lotSize)),
    takerFeeRate: ratio(decimal(market.takerFeeRate)),
    tierTable: tierTable(
      market.form,
      market.tiers.map((tier) => ({
        notionalFloor: money(decimal(tier.notionalFloor)),
        notionalCap: tier.notionalCap === null ? null : money(decimal(tier.notionalCap)),
        maintenanceMarginRate: ratio(decimal(tier.maintenanceMarginRate)),
        maintenanceAmount: tier.maintenanceAmount === null ? null : money(decimal(tier.maintenanceAmount)),
        maximumLeverage: tier.maximumLeverage == null ? null : ratio(decimal(tier.maximumLeverage)),
      })),
      { ...USUAL_MARGIN_POLICY, ...market.policy },
    ),
  },
});

/** The markets of a case at their marks, as the core takes them. */
export const coreMarkets = (poolCase: PoolCase): MarkedMarkets =>
  new Map(poolCase.markets.map((market) => [market.marketId, coreMarket(market)]));

const corePosition = (position: PositionCase): Position => ({
  marketId: position.marketId,
  side: position.side,
  quantity: quantity(decimal(position.quantity)),
  entryValue: money(decimal(position.entryValue)),
});

/** The pool of a case as the core takes it. */
export const corePool = (poolCase: PoolCase, accountId = 'a1', marginMode: MarginMode = 'CROSS'): Pool => ({
  poolId: `${accountId}#${marginMode}#USDT`,
  accountId,
  marginMode,
  settlementAsset: 'USDT',
  tags: [],
  balance: money(decimal(poolCase.collateral)),
  positions: poolCase.positions.map(corePosition),
  guards: [],
  caseId: null,
  caseCount: 0,
  deferredSince: null,
  lastReduction: null,
  version: 1,
  lastWriter: 'VENUE',
});

const referenceMarket = (market: MarketCase): ReferenceMarket => ({
  marketId: market.marketId,
  contract: market.contract ?? 'LINEAR',
  multiplier: fraction(market.multiplier),
  markPrice: fraction(market.markPrice),
  takerFeeRate: fraction(market.takerFeeRate),
  tickSize: fraction(market.tickSize),
  lotSize: fraction(market.lotSize),
  table: {
    form: market.form,
    policy: market.policy ?? {},
    tiers: market.tiers.map((tier) => ({
      notionalFloor: fraction(tier.notionalFloor),
      notionalCap: tier.notionalCap === null ? null : fraction(tier.notionalCap),
      maintenanceMarginRate: fraction(tier.maintenanceMarginRate),
      maintenanceAmount: tier.maintenanceAmount === null ? null : fraction(tier.maintenanceAmount),
      maximumLeverage: tier.maximumLeverage == null ? null : fraction(tier.maximumLeverage),
    })),
  },
});

/** The pool of a case as the twins take it. */
export const referencePool = (poolCase: PoolCase): ReferencePool => ({
  collateral: fraction(poolCase.collateral),
  positions: poolCase.positions.map((position) => {
    const market = poolCase.markets.find((each) => each.marketId === position.marketId);
    if (market === undefined) throw new RangeError(`the case has no market \`${position.marketId}\``);
    return {
      market: referenceMarket(market),
      side: position.side,
      quantity: fraction(position.quantity),
      entryValue: fraction(position.entryValue),
    };
  }),
});
