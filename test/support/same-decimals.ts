import { expect } from 'vitest';
import { Decimal } from '#core/units/decimal.ts';

/** Has `toEqual` and `toStrictEqual` compare decimals by value: minus zero is zero. */
export const compareDecimalsByValue = (): void => {
  expect.addEqualityTesters([
    (a: unknown, b: unknown) => {
      if (!(a instanceof Decimal) && !(b instanceof Decimal)) return undefined;
      return a instanceof Decimal && b instanceof Decimal && a.eq(b);
    },
  ]);
};
