import { z } from 'zod';
import { Decimal, ZERO } from '#core/units/decimal.ts';
import { money, price, quantity, ratio } from '#core/units/money.ts';
import { durationMs, epochMs } from '#core/units/time.ts';
import { field } from './field-text.ts';

/**
 * The pieces that every schema is made of. Each checks a string's form and turns it into a typed value, and each can still be written as JSON
 * Schema (`z.toJSONSchema` with `io: 'input'`). A message that begins with `expected` gets what was found appended by `checkSchema`.
 */
const textOf = (pattern: RegExp, error: string): z.ZodString => z.string({ error }).regex(pattern, { error }).meta({ errorMessage: error });

/** Minus zero becomes zero, so that no value prints as `-0`. */
const toDecimal = (text: string): Decimal => {
  const value = new Decimal(text);
  return value.isZero() ? ZERO : value;
};

/** At most 20 digits before the point and 12 after it: every value at rest fits into 38. */
const anyDecimal = textOf(/^-?\d{1,20}(\.\d{1,12})?$/, 'expected a decimal string such as "0.5"');
const unsignedDecimal = textOf(/^\d{1,20}(\.\d{1,12})?$/, 'expected a decimal string that is not negative, such as "0.5"');
const positiveDecimal = textOf(/^(?=.*[1-9])\d{1,20}(\.\d{1,12})?$/, 'expected a decimal string above zero, such as "0.5"');

export const decimalText = anyDecimal.transform(toDecimal);

export const moneyText = anyDecimal.transform((text) => money(toDecimal(text)));
export const moneyNotNegative = unsignedDecimal.transform((text) => money(toDecimal(text)));
export const moneyPositive = positiveDecimal.transform((text) => money(toDecimal(text)));
export const priceText = positiveDecimal.transform((text) => price(toDecimal(text)));
export const quantityNotNegative = unsignedDecimal.transform((text) => quantity(toDecimal(text)));
export const quantityPositive = positiveDecimal.transform((text) => quantity(toDecimal(text)));
export const ratioNotNegative = unsignedDecimal.transform((text) => ratio(toDecimal(text)));
export const ratioPositive = positiveDecimal.transform((text) => ratio(toDecimal(text)));

/** A ratio r with 0 < r < 1. */
export const ratioBelowOne = textOf(
  /^0\.(?=\d*[1-9])\d{1,12}$/,
  'expected a decimal string between "0" and "1", both excluded, such as "0.004"',
).transform((text) => ratio(toDecimal(text)));

/** A ratio r with 0 < r ≤ 1. */
export const ratioUpToOne = textOf(
  /^(?:0\.(?=\d*[1-9])\d{1,12}|1(?:\.0{1,12})?)$/,
  'expected a decimal string above "0" and at most "1", such as "0.2"',
).transform((text) => ratio(toDecimal(text)));

/** A ratio r with 0 ≤ r < 1. */
export const ratioFromZeroBelowOne = textOf(
  /^0(?:\.\d{1,12})?$/,
  'expected a decimal string of at least "0" and below "1", such as "0.2"',
).transform((text) => ratio(toDecimal(text)));

/** A ratio r with r > 1. */
export const ratioAboveOne = textOf(
  /^(?:1\.(?=\d*[1-9])\d{1,12}|(?:[2-9]|[1-9]\d{1,5})(?:\.\d{1,12})?)$/,
  'expected a decimal string above "1", such as "5"',
).transform((text) => ratio(toDecimal(text)));

/** A ratio r with 0 ≤ r ≤ 1. */
export const ratioFromZeroToOne = textOf(
  /^(?:0(?:\.\d{1,12})?|1(?:\.0{1,12})?)$/,
  'expected a decimal string of at least "0" and at most "1", such as "0.5"',
).transform((text) => ratio(toDecimal(text)));

/** Ids of accounts, markets, assets, funds, rules and rule sets; `#` joins them into keys and is therefore not part of one. */
export const idText = textOf(/^[A-Za-z0-9_.-]{1,40}$/, 'expected an id of 1 to 40 letters, digits, `_`, `.` or `-`');

/** A market id, or `*` for every market. */
export const marketOrAny = textOf(/^(?:\*|[A-Za-z0-9_.-]{1,40})$/, 'expected a market id or "*"');

/** Three numbers; calendar versions such as `2024.10.24` are three numbers too. */
export const versionText = textOf(/^(?:0|[1-9]\d{0,5})(?:\.(?:0|[1-9]\d{0,5})){2}$/, 'expected a version of three numbers such as "1.0.0"');

const DURATION = /^P(?=[\dT])(?=.*[1-9])(?:(\d{1,4})D)?(?:T(?=\d)(?:(\d{1,5})H)?(?:(\d{1,6})M)?(?:(\d{1,7})S)?)?$/;

const durationOf = (text: string): number => {
  const [, days = '0', hours = '0', minutes = '0', seconds = '0'] = DURATION.exec(text) ?? [];
  return ((Number(days) * 24 + Number(hours)) * 60 + Number(minutes)) * 60_000 + Number(seconds) * 1000;
};

/** ISO 8601 length of time of days, hours, minutes and whole seconds, above zero; months and years have no fixed length and are refused. */
export const durationText = textOf(DURATION, 'expected a length of time above zero such as "PT60S", "PT8H" or "P1D"').transform((text) =>
  durationMs(durationOf(text)),
);

const TIMESTAMP_ERROR = 'expected a time in UTC such as "2025-10-10T21:16:04Z"';

/** Whether the calendar has the day and the clock the hour: parsing alone would turn 30 February into 2 March. */
const isOnCalendar = (text: string): boolean => {
  const at = Date.parse(text);
  return Number.isFinite(at) && new Date(at).toISOString().slice(0, 19) === text.slice(0, 19);
};

export const timestampText = textOf(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,3})?Z$/, TIMESTAMP_ERROR)
  .refine(isOnCalendar, { error: TIMESTAMP_ERROR })
  .transform((text) => epochMs(Date.parse(text)));

const DATE_ERROR = 'expected a date such as "2025-10-10"';

export const dateText = textOf(/^\d{4}-\d{2}-\d{2}$/, DATE_ERROR).refine((text) => isOnCalendar(`${text}T00:00:00Z`), {
  error: DATE_ERROR,
});

export const text = z.string({ error: 'expected a string' });

/** A literal where this version offers one choice only; the message says so and names it. */
export const only = <const Value extends string>(value: Value, what: string): z.ZodLiteral<Value> =>
  z.literal(value, { error: `expected "${value}", the only ${what} of this version` });

/** Keys that any object of a rule file may carry for people and editors; no decision reads them. */
export const ANNOTATIONS = {
  $schema: field(z.string().optional(), {
    title: 'JSON Schema',
    what: 'Where the JSON Schema of this file is, for editors. Read by no decision.',
  }),
  notes: field(z.unknown().optional(), {
    title: 'Notes',
    what: 'For people: the reason of a number. Not part of the hash, read by no decision.',
  }),
};

/** A closed object: the keys of `shape`, `$schema` and `notes`, nothing else. `hint` is told with an unknown key. */
export const closed = <Shape extends z.ZodRawShape>(shape: Shape, hint?: string) =>
  z.strictObject({ ...shape, ...ANNOTATIONS }, { error: (issue) => (issue.code === 'unrecognized_keys' ? hint : undefined) });
