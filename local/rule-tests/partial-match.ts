import { Decimal, decimal } from '#core/units/decimal.ts';
import { jsonPath } from '#rule-sets/json-path.ts';
import { DECIMAL_TEXT } from './expected-figure.ts';

type Path = readonly (string | number)[];

/** Where what came out is not what was stated. */
export interface Mismatch {
  readonly path: Path;
  readonly expected: string;
  readonly got: string;
}

const SHOWN_MAX = 400;

/** A value as a person reads it in a failure; what is very long is cut. */
export const valueText = (value: unknown): string => {
  const text = value === undefined ? 'nothing' : JSON.stringify(value);
  return text.length > SHOWN_MAX ? `${text.slice(0, SHOWN_MAX)}…` : text;
};

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null && !Array.isArray(value);

const memberOf = (value: unknown, key: string): unknown =>
  isObject(value) && Object.hasOwn(value, key) ? Reflect.get(value, key) : undefined;

const isDecimalText = (value: unknown): value is string => typeof value === 'string' && DECIMAL_TEXT.test(value);

/** For people and editors; nothing that a result has. */
const isAnnotation = (key: string): boolean => key === 'notes' || key === '$schema';

/** Ids are texts even where they are all digits. */
const isId = (key: string | number | undefined): boolean => typeof key === 'string' && key.endsWith('Id');

/** Places after the point; `toDecimalPlaces` would not count idle zeros. */
const placesIn = (text: string): number => text.split('.')[1]?.length ?? 0;

const isRoundedTo = (rounded: string, got: unknown): boolean =>
  isDecimalText(got) && decimal(got).toDecimalPlaces(placesIn(rounded), Decimal.ROUND_HALF_UP).eq(decimal(rounded));

const isSame = (expected: unknown, got: unknown, key: string | number | undefined): boolean => {
  if (isDecimalText(expected) && isDecimalText(got) && !isId(key)) return decimal(expected).eq(decimal(got));
  return expected === got;
};

/** Members by which the entries of a list are found instead of by their place. */
const KEYS: Readonly<Record<string, readonly string[]>> = { positions: ['marketId', 'side'], verdicts: ['rule'] };

/** Lists of which a test may state the beginning only. */
const MAY_END_EARLY: ReadonlySet<string> = new Set(['ranking']);

const named = (value: unknown, keys: readonly string[]): string => keys.map((key) => String(memberOf(value, key))).join(' ');

/** The entries of `got` that `expected` names by some of their members; what else is stated is compared. Several of one name are met in turn. */
export const keyedMismatches = (
  expected: readonly unknown[],
  got: readonly unknown[],
  keys: readonly string[],
  path: Path,
): readonly Mismatch[] => {
  const left = [...got];
  return expected.flatMap((each, index) => {
    const at = left.findIndex((candidate) => keys.every((key) => memberOf(candidate, key) === memberOf(each, key)));
    const [found] = at < 0 ? [] : left.splice(at, 1);
    if (found !== undefined) return mismatches(each, found, [...path, index]);
    const there = left.length === 0 ? 'no other' : [...new Set(left.map((candidate) => named(candidate, keys)))].join(', ');
    return [{ path: [...path, index], expected: named(each, keys), got: `not there; there is ${there}` }];
  });
};

const listMismatches = (expected: readonly unknown[], got: readonly unknown[], path: Path): readonly Mismatch[] => {
  const name = String(path.at(-1));
  const keys = Object.hasOwn(KEYS, name) ? KEYS[name] : undefined;
  if (keys !== undefined) return keyedMismatches(expected, got, keys, path);
  const isWhole = expected.length === got.length || (MAY_END_EARLY.has(name) && expected.length < got.length);
  if (isWhole) return expected.flatMap((each, index) => mismatches(each, got[index], [...path, index]));
  return [{ path, expected: `${expected.length} of them: ${valueText(expected)}`, got: `${got.length} of them: ${valueText(got)}` }];
};

/**
 * Compares what a test states with what came out, as JSON: of an object the members stated, of a list all entries in order, unless its name says that they
 * are found by a key or may end early. Decimals by value; `{ "rounded": … }` with the value rounded to as many places, halves away from zero.
 */
export const mismatches = (expected: unknown, got: unknown, path: Path): readonly Mismatch[] => {
  if (Array.isArray(expected)) return listMismatches(expected, Array.isArray(got) ? got : [], path);
  if (!isObject(expected)) {
    return isSame(expected, got, path.at(-1)) ? [] : [{ path, expected: valueText(expected), got: valueText(got) }];
  }
  const rounded = memberOf(expected, 'rounded');
  if (typeof rounded === 'string') {
    return isRoundedTo(rounded, got) ? [] : [{ path, expected: `${valueText(rounded)}, rounded`, got: valueText(got) }];
  }
  return Object.entries(expected)
    .filter(([key, value]) => value !== undefined && !isAnnotation(key))
    .flatMap(([key, value]) => mismatches(value, memberOf(got, key), [...path, key]));
};

/** The path of a mismatch as text. */
export const pathText = ({ path }: Mismatch): string => jsonPath(path);
