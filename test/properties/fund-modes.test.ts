import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { surplusIncome } from '#core/insurance/fund-income.ts';
import { fundAvailable, isDeleveraging, resultOf } from '#core/insurance/fund-limits.ts';
import { fundEvents } from '#core/insurance/fund-mode.ts';
import { drawReserved, type FundState, fundAt, receive, reserve } from '#core/insurance/fund-state.ts';
import { RESULT_SLICES_PER_WINDOW, resultPeak } from '#core/insurance/market-result.ts';
import type { FundPolicy } from '#core/policy.ts';
import { decimal } from '#core/units/decimal.ts';
import { money, ratio } from '#core/units/money.ts';
import { epochMs } from '#core/units/time.ts';
import { fraction } from '../reference/fraction.ts';
import { balanceModeAfter, feeWithin, fundPart, highestResult, type ReferenceChange, ratioModeAfter } from '../reference/fund-modes.ts';
import { exactly, expectExactly } from '../support/compare.ts';
import { fundOf } from '../support/core-states.ts';
import { coreDrawdownPolicy, drawdownTerms, WINDOW_MS } from '../support/drawdown-terms.ts';
import { propertyRuns } from '../support/property-runs.ts';

const SLICE_MS = WINDOW_MS / RESULT_SLICES_PER_WINDOW;
const START_MS = 1_760_000_000_000;

const amount = (value: number | string) => money(decimal(String(value)));

const kept = (balance: string, terms: Partial<FundPolicy>): FundState => {
  const { policy, ...fund } = fundOf(balance);
  return fundAt({ ...fund, policy: { ...policy, ...terms } }, epochMs(START_MS));
};

/** Incomes and payments that meet the 30 % and 25 % lines of a fund of 1,000 exactly. */
const course = fc.array(
  fc.record({
    afterMs: fc.oneof(fc.integer({ min: 0, max: SLICE_MS }), fc.constantFrom(SLICE_MS, WINDOW_MS / 2, WINDOW_MS, 2 * WINDOW_MS)),
    change: fc.oneof(fc.constantFrom(-300, -50, 50, 100, 300), fc.integer({ min: -400, max: 400 })),
  }),
  { minLength: 1, maxLength: 15 },
);

/** Pays or takes in; what the fund may not pay stays unpaid, and its demand is told. */
const moved = (fund: FundState, change: number, now: number): { readonly fund: FundState; readonly paid: number } => {
  if (change >= 0) return { fund: receive(fund, 'AAA', amount(change), epochMs(now)), paid: change };
  const may = fundAvailable(fund, 'AAA');
  const paid = may.lt(-change) ? money(may.floor()) : amount(-change);
  return { fund: drawReserved(reserve(fund, 'AAA', paid, paid), 'AAA', paid, paid, epochMs(now)), paid: -Number(paid.toFixed()) };
};

describe('the deleveraging mode of a market', () => {
  it('remembers the highest result of the window, at most one slice longer, and goes on and off where the twin does', () => {
    fc.assert(
      fc.property(course, drawdownTerms, (steps, each) => {
        const policy = { ...coreDrawdownPolicy(each), measure: 'MARKET_RESULT' as const, minimumBalance: amount('0') };
        let fund = kept('1000', { drawdown: policy });
        const changes: ReferenceChange[] = [];
        let now = START_MS;
        for (const { afterMs, change } of steps) {
          now += afterMs;
          fund = fundAt(fund, epochMs(now));
          const wasOn = isDeleveraging(fund, 'AAA');
          const after = moved(fund, change, now);
          fund = after.fund;
          changes.push({ atMs: now, amount: fraction(String(after.paid)) });
          const result = resultOf(fund, 'AAA');
          const peak = exactly(resultPeak(result));
          expect(peak.isBelow(highestResult(changes, now, WINDOW_MS)), 'forgets too early').toBe(false);
          expect(peak.isAbove(highestResult(changes, now, WINDOW_MS + SLICE_MS)), 'remembers too long').toBe(false);
          const fundPeak = fund.drawdown.peaks.map((slice) => exactly(slice.peak)).reduce((a, b) => (a.isAbove(b) ? a : b));
          // A fund that was empty for a whole window has no peak to fall from.
          const share = fundPeak.sign() > 0 ? exactly(result.result).minus(peak).over(fundPeak) : fundPeak;
          const reference = { start: fraction(each.trigger).negated(), stop: fraction(each.release).negated(), operator: each.operator };
          expect(isDeleveraging(fund, 'AAA')).toBe(ratioModeAfter(wasOn, share, reference));
          expect(isDeleveraging(fund, 'BBB'), 'another market').toBe(false);
        }
      }),
      propertyRuns(),
    );
  });

  it('never lets a market cost more than trigger · peak below its highest result', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 500 }), fc.integer({ min: 0, max: 2000 }), (earned, demand) => {
        const policy = {
          ...coreDrawdownPolicy({ trigger: '0.3', release: '0.25', operator: 'GREATER_THAN', minimumBalance: '0' }),
          measure: 'MARKET_RESULT' as const,
        };
        const fund = receive(kept('1000', { drawdown: policy }), 'AAA', amount(earned), epochMs(START_MS));
        const line = fraction('0.3').times(fraction(String(1000 + earned)));
        expectExactly(fundAvailable(fund, 'AAA'), line, 'available');
        const paid = demand < Number(line.toDecimalString(0)) ? amount(demand) : fundAvailable(fund, 'AAA');
        const after = reserve(fund, 'AAA', paid, amount(demand));
        expect(isDeleveraging(after, 'AAA')).toBe(fraction(String(demand)).isAbove(line));
      }),
      propertyRuns(),
    );
  });
});

describe('the deleveraging mode of a balance', () => {
  it('starts, ends and holds where the twin does, whatever is reserved, and never pays below its start', () => {
    fc.assert(
      fc.property(course, fc.constantFrom(0, 100, 700), fc.constantFrom(0, 50, 300), (steps, start, gap) => {
        const trigger = { start: amount(start), stop: amount(start + gap) };
        let fund = kept('1000', { balanceTrigger: trigger });
        let isOn = balanceModeAfter(false, fraction('1000'), fraction(String(start)), fraction(String(start + gap)));
        let now = START_MS;
        for (const { afterMs, change } of steps) {
          now += afterMs;
          const before = fund;
          fund = moved(fundAt(fund, epochMs(now)), change, now).fund;
          isOn = balanceModeAfter(isOn, exactly(fund.balance), fraction(String(start)), fraction(String(start + gap)));
          expect(fund.memory.isBelowTrigger).toBe(isOn);
          expect(fund.balance.lt(start) && fund.balance.lt(before.balance), 'paid below its start').toBe(false);
          const events = fundEvents(before, fund).map(({ kind, cause }) => `${kind} ${cause}`);
          const turned = before.memory.isBelowTrigger === isOn ? [] : [isOn ? 'DELEVERAGING_START BALANCE' : 'DELEVERAGING_END BALANCE'];
          expect(events).toEqual(turned);
        }
      }),
      propertyRuns(),
    );
  });
});

describe('caps for ever and the last unit', () => {
  it('a market never draws more than its cap in all its life, and the fund never pays its last unit', () => {
    fc.assert(
      fc.property(course, fc.constantFrom(0, 100, 350), (steps, cap) => {
        let fund = kept('1000', { drawCapPerMarketForever: amount(cap), keepsLastUnit: true });
        let paid = 0;
        let now = START_MS;
        for (const { afterMs, change } of steps) {
          now += afterMs;
          const after = moved(fundAt(fund, epochMs(now)), change, now);
          fund = after.fund;
          paid += after.paid < 0 ? -after.paid : 0;
          expect(paid).toBeLessThanOrEqual(cap);
          expect(fund.balance.gte('0.000000000001')).toBe(true);
          expect(fund.memory.paid.get('AAA')?.toFixed() ?? '0').toBe(String(paid));
        }
      }),
      propertyRuns(),
    );
  });
});

describe('what a surplus brings', () => {
  const shares = fc.constantFrom('0', '0.1', '0.333333333333', '1');
  const values = fc.integer({ min: 0, max: 1_000_000 }).map((cents) => decimal(String(cents)).div(1000));

  it('is split as the twin says, between fund and venue, and never more than there is', () => {
    fc.assert(
      fc.property(
        values,
        values,
        shares,
        shares,
        fc.constantFrom('0', '0.0005', '2'),
        fc.constantFrom('FUND', 'TRADER'),
        fc.boolean(),
        (value, size, fee, surplus, rate, owner, isLoss) => {
          const difference = isLoss ? size.negated() : size;
          const input = { owner, value: money(value), liquidationFeeRate: ratio(decimal(rate)), difference };
          const income = surplusIncome(input, { liquidationFeeShare: ratio(decimal(fee)), surplusShare: ratio(decimal(surplus)) });
          const there = exactly(isLoss ? decimal('0') : size);
          const taken = owner === 'FUND' ? there : feeWithin(exactly(value), fraction(rate), there);
          const share = fraction(owner === 'FUND' ? surplus : fee);
          expectExactly(income.toFund, share.equals(fraction('1')) ? taken : fundPart(taken, share), 'to the fund');
          expectExactly(money(income.toFund.plus(income.toFees)), taken, 'taken');
        },
      ),
      propertyRuns(),
    );
  });
});
