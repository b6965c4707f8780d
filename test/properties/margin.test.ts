import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tierIndexOf } from '#core/margin/assess-margin.ts';
import { maintenanceMarginIn, tierOf } from '#core/market/margin-tiers.ts';
import { decimal } from '#core/units/decimal.ts';
import { money } from '#core/units/money.ts';
import { fraction } from '../reference/fraction.ts';
import { assess } from '../reference/margin.ts';
import { maintenanceMarginOf } from '../reference/tiers.ts';
import { crossPool, singlePositionPool } from '../support/arbitraries.ts';
import { assessed } from '../support/assessed.ts';
import { exactly, expectClosely, expectExactly } from '../support/compare.ts';
import { timesText } from '../support/decimal-text.ts';
import { homogeneouslyScaled } from '../support/homogeneously-scaled.ts';
import { coreMarkets, type PoolCase, referencePool } from '../support/pool-case.ts';
import { propertyRuns } from '../support/property-runs.ts';

describe('margin', () => {
  it('is what the twin says, pool by pool and position by position', () => {
    fc.assert(
      fc.property(crossPool, (poolCase) => {
        const core = assessed(poolCase);
        const twin = assess(referencePool(poolCase));
        expectExactly(core.marginBalance, twin.marginBalance, 'margin balance');
        expectExactly(core.maintenanceMargin, twin.maintenanceMargin, 'maintenance margin');
        expectExactly(core.closingFee, twin.closingFee, 'closing fee');
        expectExactly(core.marginExcess, twin.marginExcess, 'margin excess');
        expectExactly(core.notionalValue, twin.notionalValue, 'notional value');
        expectClosely(core.marginRatio, twin.marginRatio, 'margin ratio');
        expect(core.insolvent).toBe(twin.marginBalance.sign() <= 0);
        expect(tierIndexOf(core)).toBe(Math.max(...twin.positions.map((position) => position.tierIndex)));
        for (const [at, position] of twin.positions.entries()) {
          const each = core.positions[at];
          if (each === undefined) throw new RangeError('the core assesses every position');
          expectExactly(each.notionalValue, position.notionalValue, 'notional value of a position');
          expectExactly(each.unrealizedPnl, position.unrealizedPnl, 'unrealized PnL of a position');
          expectExactly(each.maintenanceMargin, position.maintenanceMargin, 'maintenance margin of a position');
          expect(each.tier.index).toBe(position.tierIndex);
        }
      }),
      propertyRuns(),
    );
  });

  it('does not depend on the order of the positions', () => {
    fc.assert(
      fc.property(crossPool, (poolCase) => {
        const forwards = assessed(poolCase);
        const backwards = assessed({ ...poolCase, positions: poolCase.positions.toReversed() });
        expectExactly(backwards.marginExcess, exactly(forwards.marginExcess), 'margin excess');
        expectExactly(backwards.marginBalance, exactly(forwards.marginBalance), 'margin balance');
      }),
      propertyRuns(),
    );
  });

  it('of a pool without positions is its balance, with a ratio of zero, never insolvent', () => {
    for (const collateral of ['0', '-1', '1000']) {
      const core = assessed({ collateral, markets: [], positions: [] });
      expect(core.marginRatio?.toFixed()).toBe('0');
      expect(core.marginExcess.toFixed()).toBe(collateral);
      expect(core.insolvent).toBe(false);
    }
  });

  it('grows k times when prices and money grow k times, and ratios stay', () => {
    fc.assert(
      fc.property(crossPool, fc.constantFrom('2', '0.5', '1000', '0.0625'), (poolCase, factor) => {
        const before = assessed(poolCase);
        const after = assessed(homogeneouslyScaled(poolCase, factor));
        expectExactly(after.marginBalance, exactly(before.marginBalance).times(fraction(factor)), 'margin balance');
        expectExactly(after.maintenanceMargin, exactly(before.maintenanceMargin).times(fraction(factor)), 'maintenance margin');
        expectExactly(after.marginExcess, exactly(before.marginExcess).times(fraction(factor)), 'margin excess');
        expectClosely(after.marginRatio, before.marginRatio === null ? null : exactly(before.marginRatio), 'margin ratio');
      }),
      propertyRuns(),
    );
  });
});

describe('maintenance margin', () => {
  const coreMargin = (poolCase: PoolCase, notional: string) => {
    const table = [...coreMarkets(poolCase).values()][0]?.terms.tierTable;
    if (table === undefined) throw new RangeError('the case has a market');
    const notionalValue = money(decimal(notional));
    return maintenanceMarginIn(tierOf(table, notionalValue), notionalValue);
  };
  const firstTable = (poolCase: PoolCase) => {
    const table = referencePool(poolCase).positions[0]?.market.table;
    if (table === undefined) throw new RangeError('the case has a position');
    return table;
  };
  const caps = (poolCase: PoolCase): readonly string[] =>
    (poolCase.markets[0]?.tiers ?? []).flatMap((tier) => (tier.notionalCap === null ? [] : [tier.notionalCap]));

  it('is the twin on, just below and just above every boundary, and far beyond the last', () => {
    fc.assert(
      fc.property(singlePositionPool, (poolCase) => {
        for (const cap of caps(poolCase)) {
          for (const factor of ['1', '0.999999999999', '1.000000000001', '1000']) {
            const notional = timesText(cap, factor);
            expectExactly(
              coreMargin(poolCase, notional.toDecimalString(60)),
              maintenanceMarginOf(firstTable(poolCase), notional),
              `at ${cap} × ${factor}`,
            );
          }
        }
      }),
      propertyRuns(),
    );
  });

  it('is continuous at every boundary unless the tiers are flat or their amounts were given', () => {
    const continuous = singlePositionPool.filter((poolCase) =>
      poolCase.markets.every((market) => market.form !== 'FLAT' && market.tiers.every((tier) => tier.maintenanceAmount === null)),
    );
    fc.assert(
      fc.property(continuous, (poolCase) => {
        for (const cap of caps(poolCase)) {
          const tiny = fraction('0.000000000000000001');
          const justAbove = fraction(cap).plus(tiny).toDecimalString(60);
          const step = exactly(coreMargin(poolCase, justAbove)).minus(exactly(coreMargin(poolCase, cap)));
          expect(step.isAbove(tiny), `jump at ${cap}`).toBe(false);
          expect(step.sign(), `fall at ${cap}`).toBeGreaterThan(0);
        }
      }),
      propertyRuns(),
    );
  });

  it('never falls when the notional grows, unless given amounts make it', () => {
    const derived = singlePositionPool.filter((poolCase) =>
      poolCase.markets.every((market) => market.tiers.every((tier) => tier.maintenanceAmount === null)),
    );
    const growth = fc.tuple(fc.integer({ min: 0, max: 3000 }), fc.integer({ min: 0, max: 3000 }));
    fc.assert(
      fc.property(derived, growth, (poolCase, [start, more]) => {
        const unit = timesText(caps(poolCase)[0] ?? '1', '0.001');
        const lower = unit.times(fraction(String(start)));
        const higher = lower.plus(unit.times(fraction(String(more))));
        const fall = exactly(coreMargin(poolCase, lower.toDecimalString(60))).minus(
          exactly(coreMargin(poolCase, higher.toDecimalString(60))),
        );
        expect(fall.sign()).toBeLessThanOrEqual(0);
      }),
      propertyRuns(),
    );
  });
});
