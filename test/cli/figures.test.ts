import { describe, expect, it } from 'vitest';
import { readable, readablePrice, shown } from '#cli/print/figures.ts';
import { table } from '#cli/print/table.ts';
import { decimal } from '#core/units/decimal.ts';
import { derived, exact } from '#local/documents/exact-figures.ts';

describe('figures', () => {
  it.each([
    ['95983.93574297188755', '95,983.935743'],
    ['1234567', '1,234,567'],
    ['-1234.5', '-1,234.5'],
    ['0.5', '0.5'],
    ['0.00001234567891', '0.0000123457'],
    ['0.000000000123', '0.000000000123'],
  ])('show the price %s as %s', (price, readableText) => {
    expect(readablePrice(decimal(price))).toBe(readableText);
  });

  it('round money to the places asked for, without idle zeros', () => {
    expect(['1234.005', '1234.9999', '0.001', '-0.006'].map((text) => readable(decimal(text), 2))).toEqual([
      '1,234',
      '1,235',
      '0',
      '-0.01',
    ]);
  });

  it('keep every digit of an exact amount and 28 of one that a division made', () => {
    expect(exact(decimal('0.000000000001'))).toBe('0.000000000001');
    expect(derived(decimal('1').div(3))).toBe(`0.${'3'.repeat(28)}`);
  });

  it('show what does not exist as a dash', () => {
    expect(shown(null, readablePrice)).toBe('—');
  });
});

describe('a table', () => {
  it('aligns its first column left and the others right', () => {
    expect(
      table([
        ['', 'aa'],
        ['long head', 'b'],
        ['x', ''],
      ]),
    ).toBe('           aa\nlong head   b\nx');
  });
});
