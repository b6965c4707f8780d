import fc, { type Arbitrary } from 'fast-check';
import { type Decimal, decimal } from '#core/units/decimal.ts';
import { money, price, quantity } from '#core/units/money.ts';
import { epochMs } from '#core/units/time.ts';

/** Values with everything that a table may hold: 38 digits, 40-letter ids, names that objects have of their own. */

const LETTERS = [...'ABZabz059_.-'];

export const ids: Arbitrary<string> = fc.oneof(
  fc.string({ unit: fc.constantFrom(...LETTERS), minLength: 1, maxLength: 40 }),
  fc.constantFrom('constructor', '__proto__', 'toString', '0', '17', 'BTC-USDT'),
);

export const keys = fc.array(ids, { minLength: 1, maxLength: 3 }).map((parts) => parts.join('#'));
export const counts = fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER });
const versions = fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER });
export const times = counts.map(epochMs);
export const sides = fc.constantFrom('LONG' as const, 'SHORT' as const);
export const orderSides = fc.constantFrom('BUY' as const, 'SELL' as const);
const writers = fc.constantFrom('VENUE', 'WATCH', 'EVALUATE', 'OPEN', 'SETTLE', 'DELEVERAGE', 'OPERATOR');
/** What every mutable item has. */
export const stored = { version: versions, lastWriter: writers };

/** A decimal of at most `digits` digits with its point anywhere near them. */
const decimals = (digits: number): Arbitrary<Decimal> =>
  fc
    .record({
      text: fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 1, maxLength: digits }),
      // Sixty digits before the point are allowed.
      places: fc.integer({ min: digits > 60 ? digits - 60 : 0, max: 40 }),
      sign: fc.constantFrom('', '-'),
    })
    .map(({ text, places, sign }) => decimal(`${sign}${text}e-${places}`));

const signed = decimals(38);
const positive = decimals(38)
  .map((value) => value.abs())
  .filter((value) => value.gt(0));

/** Below 1e18, at most 18 decimal places: all that a venue may write. */
export const venuePrices = fc.bigInt({ min: 1n, max: 10n ** 36n - 1n }).map((units) => price(decimal(`${units}e-18`)));

export const amounts = signed.map(money);
export const prices = positive.map(price);
export const quantities = signed.map((value) => quantity(value.abs()));
export const recordedPrices = decimals(64)
  .map((value) => value.abs())
  .filter((value) => value.gt(0))
  .map(price);
export const amountsById = fc.array(fc.tuple(ids, amounts), { maxLength: 4 }).map((entries) => new Map(entries));
export const orNull = <Value>(values: Arbitrary<Value>): Arbitrary<Value | null> => fc.option(values, { nil: null });
export const few = <Value>(values: Arbitrary<Value>): Arbitrary<Value[]> => fc.array(values, { maxLength: 3 });
