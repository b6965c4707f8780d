import fc from 'fast-check';
import { expect, it } from 'vitest';
import { decimal } from '#core/units/decimal.ts';
import { productFitsAtRest } from '#local/significant-digits.ts';

it.each([
  ['38 digits', ['1'.repeat(38)], true],
  ['39 digits', ['1'.repeat(39)], false],
  ['39 digits that end in a zero', [`${'1'.repeat(38)}0`], true],
  ['40 digits after leading zeros', [`0.00${'1'.repeat(40)}`], false],
  ['long factors whose product is short', ['0.5', '2', `${'1'.repeat(38)}`], true],
  ['a product that a precision of 64 would round to few digits', [`1${'0'.repeat(31)}1`, `1${'0'.repeat(31)}1`], false],
  ['zero', ['0', '1'.repeat(50)], true],
])('counts %s', (_, factors, fits) => {
  expect(productFitsAtRest(factors.map(decimal))).toBe(fits);
});

it('agrees with counting the digits of the whole-number product', () => {
  const digits = fc.bigInt({ min: 1n, max: 10n ** 20n });
  fc.assert(
    fc.property(digits, digits, fc.nat(12), (a, b, places) => {
      const scaled = decimal(`${a}e-${places}`);
      const fits = (a * b).toString().replace(/0+$/, '').length <= 38;
      expect(productFitsAtRest([scaled, decimal(`${b}`)])).toBe(fits);
    }),
    { numRuns: 1_000 },
  );
});
