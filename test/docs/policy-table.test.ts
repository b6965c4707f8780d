import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decimal, sum } from '#core/units/decimal.ts';
import { ratio } from '#core/units/money.ts';
import { policyTable } from '#local/policy-table/policy-table.ts';
import { publishedWaves } from '#local/policy-table/read-waves.ts';
import { type AssumedHolder, lotOf, takeFor } from '#local/policy-table/take-from-holders.ts';
import { POLICIES } from '../support/arbitrary-places.ts';
import { thousandths } from '../support/decimal-text.ts';
import { propertyRuns } from '../support/property-runs.ts';

const waves = publishedWaves();
const markets = waves.flatMap((wave) => wave.markets).filter(({ loss }) => loss.gt(0));

describe('docs/policy-table.md', () => {
  it('is what the command writes', () => {
    expect(readFileSync(new URL('../../docs/policy-table.md', import.meta.url), 'utf8')).toBe(policyTable());
  });
});

describe('the published waves', () => {
  it('need what the losses of their markets sum up to, to the rounding of the files', () => {
    expect(waves.map(({ wave }) => wave)).toEqual(['1', '2', '4', '5']);
    for (const { needed, markets: each } of waves) {
      const off = sum(each.map(({ loss }) => loss)).minus(needed);
      expect(off.abs().lt(decimal('0.0001')), off.toFixed()).toBe(true);
    }
  });
});

const factor = (min: number, max: number) => thousandths(min, max).map(decimal);

/** Holders who together hold enough: the first one alone does. */
const holders: fc.Arbitrary<AssumedHolder[]> = fc
  .array(fc.record({ share: factor(1, 2000), profitPerLoss: factor(1000, 9000), leverage: factor(500, 50_000) }), {
    minLength: 1,
    maxLength: 8,
  })
  .map(([first, ...others]) => [
    { share: decimal('1'), profitPerLoss: first?.profitPerLoss ?? decimal('2'), leverage: first?.leverage ?? decimal('3') },
    ...others,
  ]);

describe('what a policy takes of a market', () => {
  it('is what is needed, whoever holds what and whatever the allocation', () => {
    fc.assert(
      fc.property(fc.constantFrom(...markets), fc.constantFrom(...POLICIES), holders, (market, allocation, people) => {
        const { taken, lotsOff } = takeFor(market, { kind: 'FULL' }, allocation, people);
        expect(lotsOff.abs().lt(1), `${allocation} is ${lotsOff} lots off`).toBe(true);
        expect(
          market.loss
            .minus(taken)
            .abs()
            .lte(market.loss.times(lotOf(market.size)).div(market.size)),
        ).toBe(true);
      }),
      propertyRuns(),
    );
  });

  it('is a budget to less than a lot, and never more than it', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...markets),
        fc.constantFrom(...POLICIES),
        holders,
        factor(1, 1000),
        (market, allocation, people, share) => {
          const severity = { kind: 'BUDGET_OF_DEFICIT', share: ratio(share), maximumOvershoot: ratio(decimal('0')) } as const;
          const { taken, lotsOff } = takeFor(market, severity, allocation, people);
          expect(lotsOff.gte(0) && lotsOff.lt(1), `${allocation} is ${lotsOff} lots off`).toBe(true);
          expect(taken.lte(market.loss.times(share))).toBe(true);
        },
      ),
      propertyRuns(),
    );
  });
});
