import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { byLegOrder } from '#core/liquidation/leg-order.ts';
import { recoveryQuantities } from '#core/liquidation/recovery-quantities.ts';
import { shortageOf } from '#core/liquidation/recovery-target.ts';
import type { MarginAssessment } from '#core/margin/assess-margin.ts';
import { decimal } from '#core/units/decimal.ts';
import { money } from '#core/units/money.ts';
import { type Fraction, fraction, ZERO } from '../reference/fraction.ts';
import { excessAfter, recoveryQuantitiesOf, shortageOf as twinShortageOf } from '../reference/reduction.ts';
import { crossPool, type Mixture } from '../support/arbitraries.ts';
import { assessed } from '../support/assessed.ts';
import { exactly, expectExactly } from '../support/compare.ts';
import { expectAmount } from '../support/mixed-pools.ts';
import { referencePool } from '../support/pool-case.ts';
import { propertyRuns } from '../support/property-runs.ts';
import { coarsePool, coreSizing, referenceSizing, type SizingCase, sizingCase } from '../support/reduction-cases.ts';

const event = (minimumShortage = '0', minimumNotional = '0') =>
  ({
    type: 'REDUCE_TO_RECOVERY',
    minimumShortage: money(decimal(minimumShortage)),
    minimumNotional: money(decimal(minimumNotional)),
  }) as const;

const orderOf = ({ positions }: MarginAssessment, sizing: SizingCase): readonly number[] => {
  const inOrder = positions.toSorted(byLegOrder(sizing.order)).map((each) => positions.indexOf(each));
  return sizing.atOnce === 'ONE' ? inOrder.slice(0, 1) : inOrder;
};

const MIXTURES: readonly Mixture[] = ['LINEAR', 'INVERSE', 'MIXED'];

describe.each(MIXTURES)('a reduction to recovery in a pool of %s contracts', (mixture) => {
  it('closes what the twin finds by trying every lot: the smallest step that restores health, and one lot less does not', () => {
    let partial = 0;
    let met = 0;
    fc.assert(
      fc.property(coarsePool(mixture), sizingCase, (poolCase, sizing) => {
        const core = assessed(poolCase);
        const closing = recoveryQuantities(core, event(), coreSizing(sizing));
        const pool = referencePool(poolCase);
        const twin = recoveryQuantitiesOf(pool, orderOf(core, sizing), referenceSizing(sizing), { shortage: ZERO, notional: ZERO });
        for (const [at, close] of closing.entries()) {
          expectExactly(close, twin[at] ?? ZERO, `quantity of position ${at}`);
          if (close.gt(0) && close.lt(core.positions[at]?.position.quantity ?? close)) partial += 1;
        }
        if (!excessAfter(pool, closing.map(exactly), referenceSizing(sizing)).isBelow(ZERO)) met += 1;
      }),
      propertyRuns(),
    );
    expect(partial).toBeGreaterThan(100);
    expect(met).toBeGreaterThan(300);
  });
});

/** The quantities with the last partial one a lot smaller; null where every position is closed whole or not at all. */
const oneLotLess = (core: MarginAssessment, closing: readonly Fraction[]): readonly Fraction[] | null => {
  const at = core.positions.findIndex(
    ({ position }, index) => (closing[index]?.sign() ?? 0) > 0 && !closing[index]?.equals(exactly(position.quantity)),
  );
  const lotSize = core.positions[at]?.market.terms.lotSize;
  if (lotSize === undefined) return null;
  return closing.map((each, index) => (index === at ? each.minus(exactly(lotSize)) : each));
};

describe('a reduction to recovery of lots of any size', () => {
  it('meets the target, does not meet it with a lot less, and takes no more than is held', () => {
    let checked = 0;
    fc.assert(
      fc.property(crossPool, sizingCase, (poolCase, sizing) => {
        const core = assessed(poolCase);
        const policy = coreSizing({ ...sizing, atOnce: 'ALL' });
        const closing = recoveryQuantities(core, event(), policy);
        for (const [at, close] of closing.entries()) expect(close.lte(core.positions[at]?.position.quantity ?? 0)).toBe(true);
        const less = oneLotLess(core, closing.map(exactly));
        if (less === null) return;
        checked += 1;
        const twin = referencePool(poolCase);
        expect(excessAfter(twin, closing.map(exactly), referenceSizing(sizing)).isBelow(ZERO), 'short of its target').toBe(false);
        expect(excessAfter(twin, less, referenceSizing(sizing)).isBelow(ZERO), 'met with a lot less').toBe(true);
      }),
      propertyRuns(),
    );
    expect(checked).toBeGreaterThan(100);
  });

  it('gives nothing where the pool meets its target', () => {
    let met = 0;
    fc.assert(
      fc.property(crossPool, sizingCase, (poolCase, sizing) => {
        const core = assessed(poolCase);
        if (shortageOf(core, coreSizing(sizing)).gt(0)) return;
        expect(recoveryQuantities(core, event('50', '1000000'), coreSizing(sizing)).every((close) => close.isZero())).toBe(true);
        met += 1;
      }),
      propertyRuns(),
    );
    expect(met).toBeGreaterThan(200);
  });

  it('closes a position whole where the shortage or the position is below the minimum', () => {
    let whole = 0;
    fc.assert(
      fc.property(coarsePool(), sizingCase, fc.constantFrom('1', '1000', '100000000'), (poolCase, sizing, minimum) => {
        const core = assessed(poolCase);
        const closing = recoveryQuantities(core, event(minimum, minimum), coreSizing(sizing));
        const minimums = { shortage: fraction(minimum), notional: fraction(minimum) };
        const twin = recoveryQuantitiesOf(referencePool(poolCase), orderOf(core, sizing), referenceSizing(sizing), minimums);
        for (const [at, close] of closing.entries()) {
          expectExactly(close, twin[at] ?? ZERO, `quantity of position ${at}`);
          if (core.positions[at]?.position.quantity.eq(close)) whole += 1;
        }
      }),
      propertyRuns(),
    );
    expect(whole).toBeGreaterThan(200);
  });

  it('lacks what the twin says to its recovery margin', () => {
    fc.assert(
      fc.property(coarsePool('MIXED'), sizingCase, (poolCase, sizing) => {
        expectAmount(
          shortageOf(assessed(poolCase), coreSizing(sizing)),
          twinShortageOf(referencePool(poolCase), referenceSizing(sizing)),
          'shortage',
        );
      }),
      propertyRuns(),
    );
  });
});
