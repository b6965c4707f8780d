import { describe, expect, it } from 'vitest';
import { type Decimal, decimal, larger, smaller, sum } from '#core/units/decimal.ts';
import { money, price, quantity, ratio } from '#core/units/money.ts';

const nine: Decimal = decimal('9');
const ten: Decimal = decimal('10');

describe('decimals refuse operators, which would compare them as text', () => {
  it.each<readonly [string, () => unknown]>([
    ['a < b', () => nine < ten],
    ['a >= b', () => nine >= ten],
    // @ts-expect-error: decimals are no operands of `+`
    ['a + 1', () => nine + 1],
    // @ts-expect-error: nor of `-`
    ['a - b', () => nine - ten],
    // @ts-expect-error: nor of `*`
    ['a * 2', () => nine * 2],
    ['-a', () => -nine],
    ['a == 9', () => equalsLoosely(nine, 9)],
    ['text + a', () => joined('', nine)],
    ['toNumber, which is an operator inside', () => nine.toNumber()],
  ])('%s throws', (_, operation) => {
    expect(operation).toThrow('decimals are compared and added by method, never by operator');
  });

  it('a template shows the plain digits', () => {
    expect(`${decimal('0.0000000000000000000000000001')} ${decimal('100000000000000000000000000')}`).toBe(
      '0.0000000000000000000000000001 100000000000000000000000000',
    );
  });
});

const joined = (text: string, value: Decimal): string => text + value;

const equalsLoosely = (a: unknown, b: unknown): boolean => {
  // biome-ignore lint/suspicious/noDoubleEquals: the trap of loose equality is what is tested
  return a == b;
};

describe('decimals', () => {
  it('are exact where doubles are not', () => {
    expect(sum([decimal('0.1'), decimal('0.2')]).toFixed()).toBe('0.3');
    expect(sum([]).toFixed()).toBe('0');
  });

  it('multiply values of 32 digits exactly, and divide to 64 digits half to even', () => {
    const digits = '9'.repeat(32);
    expect(decimal(digits).times(digits).toFixed()).toBe(`${'9'.repeat(31)}8${'0'.repeat(31)}1`);
    expect(decimal('1').div(3).toFixed()).toBe(`0.${'3'.repeat(64)}`);
    expect(decimal('2').div(3).toFixed()).toBe(`0.${'6'.repeat(63)}7`);
  });

  it('the smaller and the larger of two equal values is the value', () => {
    expect([smaller(nine, ten), larger(nine, ten), smaller(nine, nine)].map(String)).toEqual(['9', '10', '9']);
  });
});

describe('the constructors of units refuse what is none', () => {
  it.each([
    ['a price of zero', () => price(decimal('0')), 'a price is finite and above zero'],
    ['a price below zero', () => price(decimal('-1')), 'a price is finite and above zero'],
    ['a price without end', () => price(decimal('Infinity')), 'a price is finite and above zero'],
    ['a negative quantity', () => quantity(decimal('-0.1')), 'a quantity is finite and not negative'],
    ['a quantity that is no number', () => quantity(decimal('NaN')), 'a quantity is finite and not negative'],
    ['money that is no number', () => money(decimal('NaN')), 'an amount of money is finite'],
    ['a ratio without end', () => ratio(decimal('1').div(0)), 'a ratio is finite'],
  ] as const)('%s', (_, make, message) => expect(make).toThrow(message));

  it('a quantity of zero and money below zero are fine', () => {
    expect([quantity(decimal('0')), money(decimal('-1'))].map(String)).toEqual(['0', '-1']);
  });
});
