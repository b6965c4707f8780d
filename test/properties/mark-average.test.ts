import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { averageAfter, isVolatile, type MarkAverage } from '#core/market/mark-average.ts';
import { decimal } from '#core/units/decimal.ts';
import { price, ratio } from '#core/units/money.ts';
import { durationMs, epochMs } from '#core/units/time.ts';
import { type Fraction, fraction } from '../reference/fraction.ts';
import { averageOf, isFar } from '../reference/mark-average.ts';
import { expectClosely } from '../support/compare.ts';
import { observation } from '../support/core-states.ts';
import { propertyRuns } from '../support/property-runs.ts';

const WINDOW_MS = 3_600_000;
const policyOf = (most: string) => ({ window: durationMs(WINDOW_MS), ratio: ratio(decimal(most)) });

const course = fc.array(
  fc.record({
    afterMs: fc.oneof(fc.integer({ min: 0, max: 120_000 }), fc.constantFrom(0, WINDOW_MS / 2, WINDOW_MS, 2 * WINDOW_MS)),
    mark: fc.oneof(fc.integer({ min: 1, max: 1000 }), fc.constantFrom(20, 100, 500)),
  }),
  { minLength: 1, maxLength: 12 },
);

describe('the average of marks', () => {
  it('is where the twin has it after any course, and takes the same marks for too far', () => {
    fc.assert(
      fc.property(course, fc.constantFrom('1.5', '2', '5'), (steps, most) => {
        let average: MarkAverage | null = null;
        let twin: Fraction | null = null;
        let now = 0;
        for (const { afterMs, mark } of steps) {
          now += afterMs;
          const seen = observation(1, String(mark), String(mark), epochMs(now));
          expect(isVolatile(seen.markPrice, average, policyOf(most))).toBe(isFar(fraction(String(mark)), twin, fraction(most)));
          const elapsed: number = average === null ? 0 : afterMs;
          average = averageAfter(average, seen, policyOf(most));
          twin = averageOf(twin, fraction(String(mark)), fraction(String(elapsed)), fraction(String(WINDOW_MS)), fraction(most));
          // Kept with 38 digits: the twin goes on from what is kept.
          const kept = fraction(average.price.toFixed());
          expect(kept.minus(twin).absolute().isAbove(fraction('0.00000000000000000000000000000001'))).toBe(false);
          twin = kept;
        }
      }),
      propertyRuns(),
    );
  });

  it('lets one false mark move it by no more than its share of the window, and believes a true move in the end', () => {
    const policy = policyOf('5');
    const start: MarkAverage = { price: price(decimal('100')), at: epochMs(0) };
    const after = averageAfter(start, observation(2, '100000', '100000', epochMs(WINDOW_MS / 100)), policy);
    expectClosely(after.price, fraction('104'), 'after a false mark');
    let average = start;
    let marks = 0;
    while (isVolatile(price(decimal('10000')), average, policy) && marks < 1000) {
      marks += 1;
      average = averageAfter(average, observation(2, '10000', '10000', epochMs(marks * 60_000)), policy);
    }
    expect(marks).toBeLessThan(60);
  });
});
