import { expect } from 'vitest';
import type { Decimal } from '#core/units/decimal.ts';
import { type Fraction, fraction } from '../reference/fraction.ts';

/** Error that the core's one division may leave in a price or ratio, relative to the exact value. */
const RELATIVE_ERROR_MAX = fraction(`0.${'0'.repeat(39)}1`);

const READABLE_PLACES = 70;

/** The exact rational behind a decimal of the core. */
export const exactly = (value: Decimal): Fraction => fraction(value.toFixed());

/** The core's value is the twin's, to the last digit. */
export const expectExactly = (value: Decimal, twin: Fraction, what: string): void => {
  if (exactly(value).equals(twin)) return;
  expect(value.toFixed(), what).toBe(twin.toDecimalString(READABLE_PLACES));
  expect.fail(`${what}: \`${value.toFixed()}\` is not ${twin.numerator}/${twin.denominator}`);
};

/** The core's value is the twin's within one part in 10^40, and both are absent together. */
export const expectClosely = (value: Decimal | null, twin: Fraction | null, what: string): void => {
  if (value === null || twin === null) {
    expect(value === null ? null : value.toFixed(), what).toBe(twin === null ? null : twin.toDecimalString(READABLE_PLACES));
    return;
  }
  const error = exactly(value).minus(twin).absolute();
  if (error.isAbove(twin.absolute().times(RELATIVE_ERROR_MAX))) {
    expect(value.toFixed(), what).toBe(twin.toDecimalString(READABLE_PLACES));
  }
};
