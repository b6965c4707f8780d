import { describe, expect, it } from 'vitest';
import type { MarginAssessment, PositionAssessment } from '#core/margin/assess-margin.ts';
import { bankruptcyPrice } from '#core/margin/bankruptcy-price.ts';
import { liquidationPrice } from '#core/margin/liquidation-price.ts';
import { type Decimal, Decimal as DecimalClone } from '#core/units/decimal.ts';
import type { Fraction } from '../reference/fraction.ts';
import { fraction } from '../reference/fraction.ts';
import { INVERSE_PRICES } from '../reference/inverse-goldens.ts';
import { bankruptcyPricesOf, liquidationPriceOf } from '../reference/prices.ts';
import { BINANCE_CROSS_VALUES, PUBLISHED_PRICES } from '../reference/venue-goldens.ts';
import { assessed } from '../support/assessed.ts';
import { referencePool } from '../support/pool-case.ts';

const placesOf = (published: string): number => published.split('.')[1]?.length ?? 0;

/** Rounded to the places that were printed, halves away from zero. */
const asPrinted = (value: Decimal | null, published: string): string | undefined =>
  value?.toFixed(placesOf(published), DecimalClone.ROUND_HALF_UP);

const isAsPrinted = (value: Fraction | null | undefined, published: string): boolean => {
  const half = fraction('0.5').times(fraction('0.1').toThePower(placesOf(published)));
  return value !== null && value !== undefined && !value.minus(fraction(published)).absolute().isAbove(half);
};

const legIn = (assessment: MarginAssessment, marketId: string): PositionAssessment => {
  const leg = assessment.positions.find((each) => each.position.marketId === marketId);
  if (leg === undefined) throw new RangeError(`the pool holds no \`${marketId}\``);
  return leg;
};

describe('published prices', () => {
  it.each([...PUBLISHED_PRICES, ...INVERSE_PRICES])('$name: liquidation at $liquidationPrice', (published) => {
    const assessment = assessed(published.pool);
    const leg = legIn(assessment, published.marketId);
    expect(asPrinted(liquidationPrice(assessment, leg), published.liquidationPrice)).toBe(published.liquidationPrice);
    expect(isAsPrinted(liquidationPriceOf(referencePool(published.pool), published.marketId), published.liquidationPrice), 'the twin').toBe(
      true,
    );
    if (published.bankruptcyPrice === undefined) return;
    expect(asPrinted(bankruptcyPrice(assessment, leg), published.bankruptcyPrice)).toBe(published.bankruptcyPrice);
    expect(isAsPrinted(bankruptcyPricesOf(referencePool(published.pool))[0], published.bankruptcyPrice), 'the twin').toBe(true);
  });

  it('come from marks that give back the published PnL and maintenance margin', () => {
    const assessment = assessed(BINANCE_CROSS_VALUES.pool);
    for (const marketId of ['ETH-USDT', 'BTC-USDT'] as const) {
      const leg = legIn(assessment, marketId);
      const published = BINANCE_CROSS_VALUES[marketId];
      expect(asPrinted(leg.unrealizedPnl, published.unrealizedPnl)).toBe(published.unrealizedPnl);
      expect(asPrinted(leg.maintenanceMargin, published.maintenanceMargin)).toBe(published.maintenanceMargin);
    }
  });
});
