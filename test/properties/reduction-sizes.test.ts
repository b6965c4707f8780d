import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tierStepQuantity } from '#core/liquidation/close-quantity.ts';
import type { ReductionEvent } from '#core/liquidation/reduction-policy.ts';
import { reductionQuantities } from '#core/liquidation/reduction-quantities.ts';
import { remainingPart } from '#core/liquidation/remaining-part.ts';
import { assessPosition } from '#core/margin/assess-margin.ts';
import { decimal } from '#core/units/decimal.ts';
import { money, ratio } from '#core/units/money.ts';
import { durationMs, epochMs } from '#core/units/time.ts';
import { fraction } from '../reference/fraction.ts';
import { fractionQuantity, stepDownQuantity } from '../reference/liquidation.ts';
import { notionalAt, type ReferencePosition } from '../reference/margin.ts';
import { equalQuantitiesOf } from '../reference/reduction.ts';
import { tierIndexOf } from '../reference/tiers.ts';
import { crossPool } from '../support/arbitraries.ts';
import { assessed } from '../support/assessed.ts';
import { exactly, expectExactly } from '../support/compare.ts';
import { thousandths } from '../support/decimal-text.ts';
import { type PoolCase, referencePool } from '../support/pool-case.ts';
import { propertyRuns } from '../support/property-runs.ts';
import { ALL_BY_MARKET, coarsePool, coreSizing, referenceSizing, type SizingCase, sizingCase } from '../support/reduction-cases.ts';

const NOW = epochMs(1_760_130_964_000);

const sizes = (poolCase: PoolCase, event: ReductionEvent, sizing: SizingCase = ALL_BY_MARKET) =>
  reductionQuantities(assessed(poolCase), event, coreSizing(sizing), NOW);

const at = <Item>(items: readonly Item[], index: number): Item => {
  const item = items[index];
  if (item === undefined) throw new RangeError(`there is no item \`${index}\``);
  return item;
};

const tierWith = (position: ReferencePosition, closed: ReferencePosition['quantity']): number =>
  tierIndexOf(position.market.table, notionalAt({ ...position, quantity: position.quantity.minus(closed) }, position.market.markPrice));

describe('a reduction by several tiers', () => {
  it('closes what the twin closes: the least that lands so many tiers lower, or in the lowest', () => {
    let further = 0;
    fc.assert(
      fc.property(crossPool, fc.integer({ min: 1, max: 4 }), (poolCase, tiers) => {
        const twin = referencePool(poolCase).positions;
        for (const [index, close] of sizes(poolCase, { type: 'REDUCE_TO_TIER', tiers }).entries()) {
          const position = at(twin, index);
          expectExactly(close, stepDownQuantity(position, tiers), 'quantity');
          const before = tierWith(position, fraction('0'));
          if (close.isZero()) expect(before).toBe(0);
          else {
            const target = Math.max(0, before - tiers);
            expect(tierWith(position, exactly(close))).toBeLessThanOrEqual(target);
            const less = exactly(close).minus(position.market.lotSize);
            if (less.sign() >= 0) expect(tierWith(position, less)).toBeGreaterThan(target);
            if (tiers > 1 && before > 1) further += 1;
          }
        }
      }),
      propertyRuns(),
    );
    expect(further).toBeGreaterThan(100);
  });

  it('goes past a boundary that belongs to the higher tier', () => {
    let steps = 0;
    fc.assert(
      fc.property(crossPool, (poolCase) => {
        for (const { position, market } of assessed(poolCase).positions) {
          const { tierTable } = market.terms;
          const policy = { ...tierTable.policy, boundary: 'HIGHER_TIER' as const };
          const each = assessPosition(position, { ...market, terms: { ...market.terms, tierTable: { ...tierTable, policy } } });
          const close = tierStepQuantity(each, 1);
          if (each.tier.index === 0) expect(close.isZero()).toBe(true);
          else {
            expect(remainingPart(each, position.quantity.minus(close)).tier.index).toBeLessThan(each.tier.index);
            const less = close.minus(market.terms.lotSize);
            if (less.gte(0)) expect(remainingPart(each, position.quantity.minus(less)).tier.index).toBe(each.tier.index);
            steps += 1;
          }
        }
      }),
      propertyRuns(),
    );
    expect(steps).toBeGreaterThan(100);
  });
});

describe('a first part with a cooldown', () => {
  it('is the fraction of positions above the threshold and all of the others', () => {
    let whole = 0;
    fc.assert(
      fc.property(crossPool, thousandths(1, 1000), fc.constantFrom('0', '100', '100000', '10000000'), (poolCase, part, threshold) => {
        const twin = referencePool(poolCase).positions;
        const closing = sizes(poolCase, {
          type: 'REDUCE_BY_FRACTION',
          fraction: ratio(decimal(part)),
          cooldown: { notionalAbove: money(decimal(threshold)), length: durationMs(30_000), meanwhile: 'WAIT' },
        });
        for (const [index, close] of closing.entries()) {
          const position = at(twin, index);
          const isLarge = notionalAt(position, position.market.markPrice).isAbove(fraction(threshold));
          expectExactly(close, isLarge ? fractionQuantity(position, fraction(part)) : position.quantity, 'quantity');
          if (!isLarge) whole += 1;
        }
      }),
      propertyRuns(),
    );
    expect(whole).toBeGreaterThan(100);
  });
});

const GRIDS = [['0.2', '0.4', '0.6', '0.8', '1'], ['0.5', '0.1'], ['0.25']] as const;

describe('an equal share of every position', () => {
  it('is what the twin finds: the smallest of the grid that is enough, the same of all, up to the lot', () => {
    const chosen = new Set<string>();
    fc.assert(
      fc.property(
        coarsePool('MIXED'),
        sizingCase,
        fc.constantFrom(...GRIDS),
        fc.constantFrom('0.9', '0.5', '1'),
        (poolCase, sizing, grid, bound) => {
          const event: ReductionEvent = {
            type: 'REDUCE_EQUALLY',
            shares: grid.map((share) => ratio(decimal(share))),
            marginRatioBelow: ratio(decimal(bound)),
          };
          const ascending = [...grid].sort().map(fraction);
          const twin = equalQuantitiesOf(referencePool(poolCase), ascending, fraction(bound), referenceSizing(sizing));
          const closing = sizes(poolCase, event, sizing);
          for (const [index, close] of closing.entries()) expectExactly(close, at(twin, index), `position ${index}`);
          const [first] = assessed(poolCase).positions;
          chosen.add(`${first === undefined ? '' : closing[0]?.div(first.position.quantity).toFixed(1)}`);
        },
      ),
      propertyRuns(),
    );
    expect(chosen.size).toBeGreaterThan(4);
  });
});
