import { Decimal } from '#core/units/decimal.ts';
import { withThousands } from '#local/thousands.ts';
import { printable } from '#rule-sets/printable.ts';
import { isObject, type Step } from './json-leaves.ts';

const HUNDRED = new Decimal(100);

/** A ratio in percent, all its digits, at least `placesMin` after the point: 0.0125 → `1.25 %`. */
export const percent = (ratio: Decimal, placesMin = 0): string => {
  const value = ratio.times(HUNDRED);
  return `${value.toFixed(Math.max(placesMin, value.decimalPlaces()))} %`;
};

/** An exact amount with its thousands set apart. */
export const amount = (value: Decimal): string => withThousands(value.toFixed());

const SHORT_PLACES_MAX = 3;
const SHORT_UNITS = [
  ['B', new Decimal(1_000_000_000)],
  ['M', new Decimal(1_000_000)],
  ['k', new Decimal(1000)],
] as const;

/** A notional value as risk managers write it: 50000 → `50k`, 1200000 → `1.2M`. Exact: what cannot be shortened without loss stays whole. */
export const shortAmount = (value: Decimal): string => {
  for (const [unit, size] of SHORT_UNITS) {
    const short = value.div(size);
    if (value.gte(size) && short.decimalPlaces() <= SHORT_PLACES_MAX) return `${withThousands(short.toFixed())}${unit}`;
  }
  return amount(value);
};

const DURATION_UNITS = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['min', 60_000],
  ['s', 1000],
] as const;

/** A length of time in milliseconds in its largest whole unit: 3600000 → `1 h`, 90000 → `90 s`. */
export const duration = (milliseconds: Decimal): string => {
  const [unit, size] = DURATION_UNITS.find(([, each]) => milliseconds.mod(each).isZero()) ?? ['ms', 1];
  return `${withThousands(milliseconds.div(size).toFixed())} ${unit}`;
};

/** `maintenanceMarginRate` → `maintenance margin rate`; names in capitals stay. */
export const words = (name: string): string =>
  /^[A-Z\d_]+$/.test(name) ? name : name.replace(/([a-z\d])([A-Z])/g, (_, end: string, start: string) => `${end} ${start.toLowerCase()}`);

export const stepsInWords = (steps: readonly Step[]): string =>
  steps.map((step) => (typeof step === 'number' ? String(step) : words(printable(step)))).join(' ');

/** A foreign text that no output takes for anything but text. */
export const quoted = (text: string): string => `\`${printable(text).replaceAll('`', "'")}\``;

/** Members of a list that a sentence names; the rest is counted. */
const NAMED_MAX = 6;

/** `a, b and 3 more`. */
export const listed = (items: readonly string[]): string =>
  items.length <= NAMED_MAX ? items.join(', ') : `${items.slice(0, NAMED_MAX).join(', ')} and ${items.length - NAMED_MAX} more`;

export const counted = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`;

const PLAIN = /^[A-Za-z0-9_.:+-]+$/;

/** A JSON value in a sentence. */
export const written = (value: unknown): string => {
  if (value === undefined) return 'not given';
  if (value === null) return 'none';
  if (typeof value === 'string') return PLAIN.test(value) ? value : quoted(value);
  if (Array.isArray(value)) return value.length === 0 ? 'none' : listed(value.map(written));
  return isObject(value) ? 'empty' : String(value);
};
