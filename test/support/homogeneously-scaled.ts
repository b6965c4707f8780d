import { timesText } from './decimal-text.ts';
import type { PoolCase } from './pool-case.ts';

/** Prices × k and margins × k: everything measured in the settlement asset. */
export const homogeneouslyScaled = (poolCase: PoolCase, factor: string): PoolCase => {
  const scaled = (text: string): string => timesText(text, factor).toDecimalString(60);
  return {
    collateral: scaled(poolCase.collateral),
    markets: poolCase.markets.map((market) => ({
      ...market,
      markPrice: scaled(market.markPrice),
      tiers: market.tiers.map((tier) => ({
        ...tier,
        notionalFloor: scaled(tier.notionalFloor),
        notionalCap: tier.notionalCap === null ? null : scaled(tier.notionalCap),
        maintenanceAmount: tier.maintenanceAmount === null ? null : scaled(tier.maintenanceAmount),
      })),
    })),
    positions: poolCase.positions.map((position) => ({ ...position, entryValue: scaled(position.entryValue) })),
  };
};
