import { describe, expect, it } from 'vitest';
import { allocate, type Place } from '#core/adl/allocation/allocate.ts';
import type { AllocationPolicy } from '#core/adl/allocation/allocation-policy.ts';
import { fillToLevel } from '#core/adl/allocation/water-level.ts';
import { wantedBy } from '#core/adl/severity.ts';
import { decimal, sum, ZERO } from '#core/units/decimal.ts';
import { money, quantity, ratio } from '#core/units/money.ts';
import { textTable } from '../support/text-table.ts';

const d = decimal;

/**
 * Chitra, "Autodeleveraging: Impossibilities and Optimization", arXiv 2512.01112, section with e = (10, 5, 1, −3, −12), read 2026-11-22. Haircuts are stated in
 * money; at one money a contract they are contracts.
 */
const WINNERS = [
  { name: '1', equity: '10', profit: '8' },
  { name: '2', equity: '5', profit: '4' },
  { name: '3', equity: '1', profit: '0.5' },
];
const DEFICIT = '15';
const BUDGET = '7.5';

const placeOf = (equity: string, profit: string, limit = profit): Place => ({
  ranked: quantity(d(profit)),
  held: quantity(d(profit)),
  limit: quantity(d(limit)),
  profit: money(d(profit)),
  marginBalance: money(d(equity)),
  notionalValue: money(d(profit)),
});

const taken = (policy: AllocationPolicy, places: readonly Place[], needed: string): readonly string[] =>
  allocate(policy, quantity(d(needed)), places, null).taken.map((each) => each.toDecimalPlaces(6).toFixed());

describe('V10 three winners and a deficit of 15', () => {
  it('asks at a severity of one half for 7.5', () => {
    const severity = { kind: 'BUDGET_OF_DEFICIT', share: ratio(d('0.5')), maximumOvershoot: ratio(ZERO) } as const;
    const input = { open: quantity(d(DEFICIT)), lotSize: quantity(d('0.1')), haircutPerContract: d('1'), takenBefore: ZERO };
    expect(wantedBy(severity, input).inLots.toFixed()).toBe(BUDGET);
  });

  it('takes (3.5, 4, 0) down the queue 2, 1, 3 and leaves equities of (6.5, 1, 1)', () => {
    const [first, second, third] = WINNERS.map(({ equity, profit }) => placeOf(equity, profit));
    if (first === undefined || second === undefined || third === undefined) throw new RangeError('there are three winners');
    expect(taken('QUEUE', [second, first, third], BUDGET)).toEqual(['4', '3.5', '0']);
  });

  it('takes six tenths of every profit pro rata: (4.8, 2.4, 0.3), which keeps the order of the equities', () => {
    const places = WINNERS.map(({ equity, profit }) => placeOf(equity, profit));
    const given = taken('PRO_RATA_BY_PROFIT', places, BUDGET);
    expect(given).toEqual(['4.8', '2.4', '0.3']);
    expect(
      WINNERS.map(({ equity }, at) =>
        d(equity)
          .minus(given[at] ?? ZERO)
          .toFixed(),
      ),
    ).toEqual(['5.2', '2.6', '0.7']);
  });

  it('is infeasible beyond 12.5, the profits of all, and says what is left', () => {
    const places = WINNERS.map(({ equity, profit }) => placeOf(equity, profit));
    expect(allocate('CAPPED_PRO_RATA', quantity(d('15')), places, null).residual.toFixed()).toBe('2.5');
  });
});

describe('V11 capped pro rata', () => {
  it('takes (4, 3.1111, 0.3889) of profits (8, 4, 0.5) with caps of (0.5, 1, 1): a level of 0.777778', () => {
    const places = [placeOf('10', '8', '4'), placeOf('5', '4'), placeOf('1', '0.5')];
    const given = taken('CAPPED_PRO_RATA', places, BUDGET);
    expect(given).toEqual(['4', '3.111111', '0.388889']);
    // Whoever is below its cap gives this part of its profit.
    expect(
      d(given[1] ?? '0')
        .div('4')
        .toFixed(6),
    ).toBe('0.777778');
    expect(
      d(given[2] ?? '0')
        .div('0.5')
        .toFixed(6),
    ).toBe('0.777778');
  });
});

describe('V12 risk-aware pro rata', () => {
  it('takes (1.0909, 3.4091, 0.5) of profits (8, 4, 0.5) at leverages (2, 5, 10)', () => {
    // Equity of one, so that the notional value is the leverage.
    const places = [
      ['8', '2'],
      ['4', '5'],
      ['0.5', '10'],
    ].map(([profit = '', leverage = '']) => ({ ...placeOf('1', profit), notionalValue: money(d(leverage)) }));
    const given = taken('RISK_AWARE_PRO_RATA', places, '5');
    expect(given).toEqual(['1.090909', '3.409091', '0.5']);
    // τ = x / (w·λ²) of the two below their caps.
    expect([
      d(given[0] ?? '0')
        .div('32')
        .toFixed(7),
      d(given[1] ?? '0')
        .div('100')
        .toFixed(7),
    ]).toEqual(['0.0340909', '0.0340909']);
  });
});

/** Campbell, Hey, Moallemi, Nutz, "Risk-Based Auto-Deleveraging", arXiv 2603.15963, read 2026-11-22; the numbers are the domain bank's own. */
describe('V13 leverage drain', () => {
  it('takes 35 of A, 10 of B, nothing of C, at 10, 4 and 1 times: those who give end at 3 times', () => {
    const rows = textTable('account | quantity | equity | takes', 'A | 50 | 500 | 35 \n B | 40 | 1000 | 10 \n C | 30 | 3000 | 0');
    const places = rows.map(({ quantity: held, equity }) => ({ ...placeOf(equity, held), notionalValue: money(d(held).times(100)) }));
    const given = taken('LEVERAGE_DRAIN', places, '45');
    expect(given).toEqual(rows.map(({ takes }) => takes));
    const leverageAfter = rows.map(({ quantity: held, equity }, at) =>
      d(held)
        .minus(given[at] ?? ZERO)
        .times(100)
        .div(equity)
        .toFixed(),
    );
    expect(leverageAfter).toEqual(['3', '3', '1']);
  });
});

describe('a level', () => {
  it('fills no vessel without weight or cap, and all of them where they hold less than is needed', () => {
    const vessels = [
      { intercept: ZERO, weight: ZERO, cap: d('5') },
      { intercept: ZERO, weight: d('1'), cap: ZERO },
      { intercept: ZERO, weight: d('2'), cap: d('3') },
    ];
    expect(fillToLevel(d('9'), vessels).map((each) => each.toFixed())).toEqual(['0', '0', '3']);
  });
});

/** Parts of 10 contracts by weights of 1, 1 and 1 in lots of 1: floors undershoot by one lot, the largest remainder repairs it. */
describe('lots by the largest remainder', () => {
  const held = (count: number): Place => placeOf('1', String(count));
  const lots = (policy: AllocationPolicy, places: readonly Place[], needed: string): readonly string[] =>
    allocate(policy, quantity(d(needed)), places, quantity(d('1'))).taken.map((each) => each.toFixed());

  it.each(
    textTable(
      'held | needed | takes',
      `
      9 9 9     | 10   | 4 3 3      // equal remainders: the first place
      9 9 9     | 11   | 4 4 3
      1 9 9     | 10   | 0 5 5      // 0.526 4.737 4.737: the two with more cut off get a lot back
      2.5 9 9   | 20.5 | 2.5 9 9    // whole positions may be odd
      2.5 9 9   | 20   | 2 9 9      // 2.439 8.780 8.780: nobody keeps half a lot
      0.5 0.5 8 | 8    | 0.5 0.5 7  // 0.444 0.444 7.111: who holds less than a lot gives all or nothing
      0.5 0.5 8 | 7    | 0.5 0.5 6  // 0.389 0.389 6.222: a lot is left, and two halves fit in
      `,
    ),
  )('of $held take for $needed $takes', ({ held: texts, needed, takes }) => {
    const places = texts.split(' ').map((text) => ({ ...held(0), ...placeOf('1', text) }));
    expect(lots('PRO_RATA_BY_CONTRACTS', places, needed).join(' ')).toBe(takes);
  });

  it('give a lot to whoever lost most to the floor, also where that is the last lot below its limit', () => {
    // Shares of 1.9 and 1.1 of 3; the first holds more than the 2 that it may give.
    const places = [{ ...held(19), limit: quantity(d('2')) }, held(11)];
    expect(lots('PRO_RATA_BY_CONTRACTS', places, '3')).toEqual(['2', '1']);
  });

  it('in a queue a place that may not give all goes down to the lot, and the next one has the rest', () => {
    const places = [{ ...held(9), limit: quantity(d('2.5')) }, held(9)];
    expect(lots('QUEUE', places, '5')).toEqual(['2', '3']);
  });

  it('exact shares are never together more than the need, where each alone is rounded up', () => {
    const { taken, residual } = allocate('PRO_RATA_BY_CONTRACTS', quantity(d('2')), [held(9), held(9), held(9)], null);
    expect([sum(taken).toFixed(), residual.toFixed()]).toEqual(['2', '0']);
  });
});
