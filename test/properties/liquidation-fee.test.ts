import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { liquidationFeeRateOf } from '#core/liquidation/liquidation-fee.ts';
import { remainingPart } from '#core/liquidation/remaining-part.ts';
import { type Fraction, fraction, ONE, ZERO } from '../reference/fraction.ts';
import { assess, notionalAt } from '../reference/margin.ts';
import { feeOf, shrunkTo } from '../reference/reduction.ts';
import { assessed } from '../support/assessed.ts';
import { exactly } from '../support/compare.ts';
import { thousandths } from '../support/decimal-text.ts';
import { referencePool } from '../support/pool-case.ts';
import { propertyRuns } from '../support/property-runs.ts';
import { coarsePool, coreSizing, referenceSizing, sizingCase } from '../support/reduction-cases.ts';

/** A rate at rest has 38 digits and is rounded down. */
const RATE_ERROR_MAX = fraction(`0.${'0'.repeat(35)}1`);

describe('the liquidation fee rate that a leg is frozen with', () => {
  it('is the fee of the twin over the value closed, rounded for the trader', () => {
    let above = 0;
    fc.assert(
      fc.property(coarsePool('MIXED'), sizingCase, thousandths(1, 1000), (poolCase, sizing, part) => {
        const core = assessed(poolCase);
        const pool = referencePool(poolCase);
        for (const [at, each] of core.positions.entries()) {
          const position = pool.positions[at];
          if (position === undefined) throw new RangeError('both have the same positions');
          const left = each.position.quantity.minus(each.position.quantity.times(part));
          const rate = exactly(liquidationFeeRateOf(core, each, remainingPart(each, left), coreSizing(sizing)));
          const rest = shrunkTo(position, exactly(left));
          const value = notionalAt(position, position.market.markPrice).minus(notionalAt(rest, position.market.markPrice));
          const error = feeOf(pool, position, rest, referenceSizing(sizing)).over(value).minus(rate);
          expect(error.absolute().isAbove(RATE_ERROR_MAX), `off by ${error.toDecimalString(50)}`).toBe(false);
          if (rate.sign() > 0) above += 1;
        }
      }),
      propertyRuns(),
    );
    expect(above).toBeGreaterThan(300);
  });
});

describe('the fee of the margin left', () => {
  it('never makes a solvent pool bankrupt, whatever is closed of it at the mark', () => {
    let charged = 0;
    fc.assert(
      fc.property(coarsePool('MIXED'), sizingCase, (poolCase, sizing) => {
        const core = assessed(poolCase);
        const { marginBalance } = assess(referencePool(poolCase));
        if (marginBalance.sign() <= 0) return;
        const policy = coreSizing({ ...sizing, fee: { ...sizing.fee, kind: 'MARGIN_LEFT', rate: '1', share: '0.95' } });
        let paid: Fraction = ZERO;
        for (const each of core.positions) {
          const rate = liquidationFeeRateOf(core, each, remainingPart(each, each.position.quantity.times(0)), policy);
          paid = paid.plus(exactly(each.notionalValue).times(exactly(rate)));
        }
        if (paid.sign() > 0) charged += 1;
        expect(paid.isAbove(marginBalance.times(fraction('0.95')).times(ONE.plus(RATE_ERROR_MAX))), 'above 95 % of what is left').toBe(
          false,
        );
      }),
      propertyRuns(),
    );
    expect(charged).toBeGreaterThan(100);
  });
});
