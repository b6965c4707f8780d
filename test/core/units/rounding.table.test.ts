import { describe, expect, it } from 'vitest';
import { decimal } from '#core/units/decimal.ts';
import { money, price, quantity } from '#core/units/money.ts';
import {
  ceilAtRest,
  ceilToLot,
  ceilToQuantum,
  ceilToTick,
  floorAtRest,
  floorToLot,
  floorToQuantum,
  floorToTick,
  shareOf,
} from '#core/units/rounding.ts';
import { textTable } from '../../support/text-table.ts';

describe('to a step', () => {
  it.each(
    textTable(
      'value  | step | floor | ceil',
      `
       94.99  | 0.5  | 94.5  | 95
       95     | 0.5  | 95    | 95
       95.01  | 0.5  | 95    | 95.5
       0.4    | 0.5  | 0     | 0.5
       7      | 3    | 6     | 9
       1e20   | 1e-8 | 100000000000000000000 | 100000000000000000000
       0.3    | 0.1  | 0.3   | 0.3     // three tenths are exactly three steps
      `,
    ),
  )('$value in steps of $step: down $floor, up $ceil', ({ value, step, floor, ceil }) => {
    expect(floorToLot(decimal(value), quantity(decimal(step))).toFixed()).toBe(floor);
    expect(ceilToLot(decimal(value), quantity(decimal(step))).toFixed()).toBe(ceil);
    expect(floorToTick(price(decimal(value)), price(decimal(step)))?.toFixed() ?? '0').toBe(floor);
    expect(ceilToTick(price(decimal(value)), price(decimal(step))).toFixed()).toBe(ceil);
  });

  it('a price below one tick has no tick below it', () => {
    expect(floorToTick(price(decimal('0.4')), price(decimal('0.5')))).toBeNull();
  });
});

describe('to the quantum of 1e-12', () => {
  it.each(
    textTable(
      'value             | floor           | ceil',
      `
       0.1234567890125   | 0.123456789012  | 0.123456789013
       -0.1234567890125  | -0.123456789013 | -0.123456789012  // down is towards what is owed
       0.0000000000001   | 0               | 0.000000000001
       5                 | 5               | 5
      `,
    ),
  )('$value: down $floor, up $ceil', ({ value, floor, ceil }) => {
    expect(floorToQuantum(decimal(value)).toFixed()).toBe(floor);
    expect(ceilToQuantum(decimal(value)).toFixed()).toBe(ceil);
  });
});

describe('to 38 digits at rest', () => {
  it('goes down and up in the last digit, whatever the size', () => {
    const third = decimal('1').div(3);
    expect(floorAtRest(third).toFixed()).toBe(`0.${'3'.repeat(38)}`);
    expect(ceilAtRest(third).toFixed()).toBe(`0.${'3'.repeat(37)}4`);
    expect(ceilAtRest(decimal('12.5')).toFixed()).toBe('12.5');
  });
});

describe('shares', () => {
  it.each(
    textTable(
      'total | part | whole | share',
      `
       100   | 1    | 3     | 33.333333333333
       -100  | 1    | 3     | -33.333333333334  // down, also below zero
       100   | 3    | 3     | 100               // the last part takes the rest
       100   | 0    | 3     | 0
       0     | 1    | 3     | 0
      `,
    ),
  )('$part of $whole of $total is $share', ({ total, part, whole, share }) => {
    expect(shareOf(money(decimal(total)), quantity(decimal(part)), quantity(decimal(whole))).toFixed()).toBe(share);
  });
});
