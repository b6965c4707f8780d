import fc from 'fast-check';
import { expect, it } from 'vitest';
import { booksOf, deliverGroup, type Engine, engineOf, violationsOf } from '../support/delivery.ts';
import { propertyRuns } from '../support/property-runs.ts';
import { HOUSE } from '../support/small-law.ts';
import { inputsOf, type SmallVenue } from '../support/small-venue.ts';

const mark = fc.integer({ min: 70, max: 120 });

/** Two longs near their bankruptcy, three shorts who may have to take them, a fund and a market too small for everybody. */
const venue = fc
  .record({
    margins: fc.tuple(fc.integer({ min: 20, max: 120 }), fc.integer({ min: 20, max: 120 })),
    shorts: fc.tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 })),
    fund: fc.constantFrom('0', '15', '500'),
    depth: fc.constantFrom('0', '3', '100'),
    marks: fc.tuple(mark, mark),
  })
  .map(
    ({ margins: [b1, b2], shorts: [s1, s2, s3], fund, depth, marks: [first, second] }): SmallVenue => ({
      accounts: `
        b1 | ${b1} | LONG 10 AAA 100
        b2 | ${b2} | LONG 8 AAA 100 + SHORT 1 BBB 50
        s1 | 400 | SHORT ${s1} AAA 100
        s2 | 300 | SHORT ${s2} AAA 105
        s3 | 200 | SHORT ${s3} AAA 99`,
      fund,
      depthPerMark: { AAA: depth },
      marks: `0 | ${first} | 50\n 15 | ${second} | -`,
    }),
  );

const delivered = async (each: SmallVenue, times: number): Promise<Engine> => {
  const inputs = inputsOf(each, HOUSE);
  const engine = engineOf(inputs);
  for (const group of inputs.groups) for (let time = 0; time < times; time += 1) await deliverGroup(engine, group);
  return engine;
};

it('an event that is delivered twice has one effect: the same books, and each decision once', async () => {
  let deleveraged = 0;
  await fc.assert(
    fc.asyncProperty(venue, async (each) => {
      const [once, twice] = [await delivered(each, 1), await delivered(each, 2)];
      expect(booksOf(twice)).toEqual(booksOf(once));
      expect([...twice.store.tables.Decisions.keys()].sort()).toEqual([...once.store.tables.Decisions.keys()].sort());
      expect(violationsOf(twice)).toEqual([]);
      if (once.tally.total.deleveragingFills > 0) deleveraged += 1;
    }),
    propertyRuns(),
  );
  expect(deleveraged).toBeGreaterThan(200);
});
