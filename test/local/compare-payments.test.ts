import { describe, expect, it } from 'vitest';
import { inverseVersions, linearVersions } from '#cli/venue-page/venue-sets.ts';
import { workedBook } from '#cli/venue-page/worked-tables.ts';
import { Decimal, sum } from '#core/units/decimal.ts';
import type { ComparedDocument } from '#local/documents/comparison-document.ts';

/** Everything that anybody won or lost over the waves, at the marks of the book: nothing is made and nothing goes. */
const sumOf = ({ payments }: ComparedDocument): Decimal =>
  sum([
    ...payments.pools.map(({ change }) => new Decimal(change)),
    ...payments.assets.flatMap(({ fundPaid, fundReceived, takenOverPnl, fees }) => [
      new Decimal(fundPaid).negated(),
      new Decimal(fundReceived),
      new Decimal(takenOverPnl),
      new Decimal(fees),
    ]),
  ]);

const FILES = [
  ['docs/examples/venues/linear.json', linearVersions, '0'],
  // Values of inverse contracts are quotients, booked in whole quanta of 1e-12.
  ['docs/examples/venues/inverse.json', inverseVersions, '0.00000000001'],
] as const;

describe.each(FILES)('who pays what in %s', (file, versions, tolerance) => {
  it('adds up to nothing under every shipped version, and nothing is violated', async () => {
    const { ruleSets } = await workedBook(file, versions());
    expect(ruleSets.length).toBeGreaterThan(0);
    for (const each of ruleSets) {
      const name = `${each.ruleSet.id}@${each.ruleSet.version}`;
      expect(sumOf(each).abs().lte(new Decimal(tolerance)), `${name}: ${sumOf(each).toFixed()}`).toBe(true);
      expect([name, each.refusal, each.violations]).toEqual([name, null, []]);
      expect(each.payments.pools.length, name).toBeGreaterThan(0);
    }
  });
});
