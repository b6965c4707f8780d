import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type DrawdownState, drawdownLine, SLICES_PER_WINDOW, trackDrawdown, windowPeak } from '#core/insurance/drawdown.ts';
import { decimal } from '#core/units/decimal.ts';
import { money } from '#core/units/money.ts';
import { epochMs } from '#core/units/time.ts';
import { fraction, ONE } from '../reference/fraction.ts';
import { drawdownModeAfter, rollingPeak } from '../reference/fund.ts';
import { exactly, expectExactly } from '../support/compare.ts';
import { coreDrawdownPolicy, drawdownTerms, twinDrawdownPolicy, WINDOW_MS } from '../support/drawdown-terms.ts';
import { propertyRuns } from '../support/property-runs.ts';

const SLICE_MS = WINDOW_MS / SLICES_PER_WINDOW;

/** Balances that meet 30 % and 25 % lines exactly, and times that jump within a slice, over slices and over whole windows. */
const course = fc.array(
  fc.record({
    afterMs: fc.oneof(
      fc.integer({ min: 1, max: SLICE_MS }),
      fc.integer({ min: 1, max: WINDOW_MS }),
      fc.constantFrom(SLICE_MS, WINDOW_MS, 2 * WINDOW_MS),
    ),
    balance: fc.oneof(fc.constantFrom(1000, 700, 750, 900, 300, 1), fc.integer({ min: 1, max: 2000 })),
  }),
  { minLength: 1, maxLength: 20 },
);

describe('the drawdown mode', () => {
  it('remembers the peak of the window, at most one slice longer', () => {
    fc.assert(
      fc.property(course, drawdownTerms, (steps, each) => {
        let state: DrawdownState = { peaks: [], active: false };
        let balance = money(decimal('1000'));
        let now = 1_760_000_000_000;
        const history = [{ atMs: now, balance: exactly(balance) }];
        for (const step of steps) {
          now += step.afterMs;
          // The fund is looked at before it changes and after.
          state = trackDrawdown(state, coreDrawdownPolicy(each), balance, epochMs(now));
          balance = money(decimal(String(step.balance)));
          history.push({ atMs: now, balance: exactly(balance) });
          state = trackDrawdown(state, coreDrawdownPolicy(each), balance, epochMs(now));
          const peak = exactly(windowPeak(state));
          expect(peak.isBelow(rollingPeak(history, now, WINDOW_MS)), 'forgets too early').toBe(false);
          expect(peak.isAbove(rollingPeak(history, now, WINDOW_MS + SLICE_MS)), 'remembers too long').toBe(false);
          expect(state.peaks.length).toBeLessThanOrEqual(SLICES_PER_WINDOW + 2);
        }
      }),
      propertyRuns(),
    );
  });

  it('goes on and off where the twin does, exactly on the lines too', () => {
    fc.assert(
      fc.property(course, drawdownTerms, (steps, each) => {
        let state: DrawdownState = { peaks: [], active: false };
        let now = 1_760_000_000_000;
        for (const step of steps) {
          now += step.afterMs;
          const balance = money(decimal(String(step.balance)));
          const wasOn = state.active;
          state = trackDrawdown(state, coreDrawdownPolicy(each), balance, epochMs(now));
          expect(state.active).toBe(drawdownModeAfter(wasOn, exactly(windowPeak(state)), exactly(balance), twinDrawdownPolicy(each)));
        }
      }),
      propertyRuns(),
    );
  });

  it('draws its line at peak · (1 − trigger), for a peak above the minimum balance', () => {
    fc.assert(
      fc.property(drawdownTerms, fc.integer({ min: 1, max: 2000 }), (each, balance) => {
        const state = trackDrawdown(
          { peaks: [], active: false },
          coreDrawdownPolicy(each),
          money(decimal(String(balance))),
          epochMs(1_760_000_000_000),
        );
        const line = drawdownLine(state, coreDrawdownPolicy(each));
        expect(line === null).toBe(balance <= Number(each.minimumBalance));
        if (line !== null) expectExactly(line, fraction(String(balance)).times(ONE.minus(fraction(each.trigger))), 'line');
      }),
      propertyRuns(),
    );
  });
});
