import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { invariant } from '#core/invariant.ts';
import { DecodeError, type Place } from './decode-error.ts';

/**
 * One kind of value at rest, in its two forms: as an attribute of an item, and as JSON inside a recorded text. Each form is read strictly: what the
 * engine does not write there is refused with `DecodeError`. A value that must not be at rest is refused when it is written, with `InvariantViolation`.
 */
export interface Attribute<Value> {
  encode(value: Value): AttributeValue;
  decode(attribute: AttributeValue, at: Place): Value;
  parse(json: unknown, at: Place): Value;
  /** Whether a member of this kind may be missing. */
  readonly mayBeMissing?: true;
}

/** A string attribute whose text means a value. `read` gives null for a text that means none. */
export const textual = <Value>(
  expectation: string,
  write: (value: Value) => string,
  read: (text: string) => Value | null,
): Attribute<Value> => {
  const readAt = (text: unknown, at: Place): Value => {
    const value = typeof text === 'string' ? read(text) : null;
    if (value === null) throw new DecodeError(at, expectation);
    return value;
  };
  return {
    encode: (value) => {
      const text = write(value);
      invariant(read(text) !== null, `what is stored is ${expectation}, not \`${text}\``);
      return { S: text };
    },
    decode: (attribute, at) => readAt(attribute.S, at),
    parse: readAt,
  };
};

/** A string of a form. */
export const text = (expectation: string, pattern: RegExp): Attribute<string> =>
  textual(
    expectation,
    (value) => value,
    (found) => (pattern.test(found) ? found : null),
  );

/** One of a closed list of strings. */
export const oneOf = <const Value extends string>(...values: readonly Value[]): Attribute<Value> =>
  textual<Value>(
    `one of ${values.join(', ')}`,
    (value) => value,
    (found) => values.find((value) => value === found) ?? null,
  );

export const flag: Attribute<boolean> = {
  encode: (value) => ({ BOOL: value }),
  decode: ({ BOOL }, at) => flag.parse(BOOL, at),
  parse: (json, at) => {
    if (typeof json !== 'boolean') throw new DecodeError(at, 'a boolean');
    return json;
  },
};

/** Whole numbers that a double holds exactly; no sign before zero, no leading zeros. */
const WHOLE = /^(?:0|-?[1-9]\d{0,15})$/;

/** A whole number within bounds, such as a version, a sequence or a time. `brand` makes the value of it. */
export const whole = <Value extends number>(
  brand: (value: number) => Value,
  least = 0,
  most = Number.MAX_SAFE_INTEGER,
): Attribute<Value> => {
  const expectation = `a whole number from ${least} to ${most}`;
  const isWithin = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= least && Number(value) <= most;
  const parse = (json: unknown, at: Place): Value => {
    if (!isWithin(json)) throw new DecodeError(at, expectation);
    return brand(json);
  };
  return {
    encode: (value) => {
      invariant(isWithin(value), `what is stored is ${expectation}, not \`${value}\``);
      return { N: String(value) };
    },
    decode: ({ N }, at) => parse(N !== undefined && WHOLE.test(N) ? Number(N) : null, at),
    parse,
  };
};

/** A count, a version or a sequence. */
export const count: Attribute<number> = whole((value) => value);
