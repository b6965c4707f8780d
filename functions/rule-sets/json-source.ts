import type { z } from 'zod';
import { ok, type Result, refused } from '#core/result.ts';
import type { FormCode } from './form-code.ts';
import { membersIn, type Place, placesIn } from './json-locate.ts';
import { jsonPath } from './json-path.ts';
import { scanJson } from './json-scan.ts';
import { describeIssues } from './schema-faults.ts';

/** One refusal of one file, for a person: where it is and what was expected there. */
export interface Fault {
  readonly file: string;
  /** 1-based. */
  readonly line: number;
  /** 1-based, in UTF-16 code units. */
  readonly column: number;
  /** Such as `$.markets[0].markPrice`. */
  readonly path: string;
  readonly message: string;
}

/** A fault of bytes or form that still knows its kind, and what was found where. */
export interface FormFault extends Fault {
  readonly code: FormCode;
  readonly steps: readonly (string | number)[];
  /** What stands there; undefined for a missing key and for what no value is to blame for. */
  readonly found: unknown;
  /** The values that could stand there; empty where they cannot be listed. */
  readonly choices: readonly string[];
}

/** A parsed document that still knows where each of its parts was written. */
export interface JsonSource {
  readonly file: string;
  readonly value: unknown;
  /** Place of the value at a path; of its deepest existing ancestor when there is none. */
  readonly locate: (path: readonly (string | number)[]) => Place;
  /** Place of the key that holds the value at a path. */
  readonly locateKey: (path: readonly (string | number)[]) => Place;
}

export interface JsonLimits {
  readonly bytesMax: number;
  /** Most containers inside each other; `[[1]]` has two. */
  readonly depthMax: number;
}

/** Most faults of one file that are listed; a broken book of 20 MB would otherwise print a million lines. */
const FAULTS_MAX = 100;

const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf];
const LINE_FEED = 0x0a;

const decode = (bytes: Uint8Array): string | null => {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
};

/** First line whose bytes are not UTF-8; a line feed is never part of a longer character. */
const firstLineRefused = (bytes: Uint8Array): number => {
  let line = 1;
  for (let start = 0; start < bytes.length; line += 1) {
    const feed = bytes.indexOf(LINE_FEED, start);
    const end = feed < 0 ? bytes.length : feed;
    if (decode(bytes.subarray(start, end)) === null) return line;
    start = end + 1;
  }
  return line;
};

/**
 * Reads one JSON document strictly. Refuses, with the place: more than `bytesMax` bytes, a byte order mark, bytes that are not UTF-8, anything
 * that is not JSON (comments and trailing commas too), nesting beyond `depthMax`, a key given twice, the keys `__proto__`, `constructor` and
 * `prototype`, and numbers that a double cannot hold as written. Never throws.
 */
export const parseJsonSource = (file: string, bytes: Uint8Array, limits: JsonLimits): Result<JsonSource, FormFault> => {
  const refuse = (code: FormCode, message: string, line = 1): Result<JsonSource, FormFault> =>
    refused({ file, line, column: 1, path: '$', message, code, steps: [], found: undefined, choices: [] });
  if (bytes.length > limits.bytesMax)
    return refuse('too-many-bytes', `\`${bytes.length}\` bytes are more than the limit of \`${limits.bytesMax}\``);
  if (BYTE_ORDER_MARK.every((byte, index) => bytes[index] === byte))
    return refuse('byte-order-mark', 'starts with a byte order mark: save it as plain utf-8');
  const text = decode(bytes);
  if (text === null) return refuse('not-utf-8', 'holds bytes that are not utf-8', firstLineRefused(bytes));
  const placeOf = placesIn(text);
  const fault = scanJson(text, limits.depthMax);
  if (fault !== null) {
    const { code, message, path: steps } = fault;
    return refused({ file, ...placeOf(fault.offset), path: jsonPath(steps), message, code, steps, found: undefined, choices: [] });
  }
  const memberAt = membersIn(text);
  const value: unknown = JSON.parse(text);
  return ok({ file, value, locate: (path) => placeOf(memberAt(path).valueAt), locateKey: (path) => placeOf(memberAt(path).keyAt) });
};

/** A fault about the value at `path` of a source. */
export const faultAt = (source: JsonSource, path: readonly (string | number)[], message: string): Fault => ({
  file: source.file,
  ...source.locate(path),
  path: jsonPath(path),
  message,
});

const formless = (source: JsonSource): FormFault => ({
  ...faultAt(source, [], 'does not have the expected form'),
  code: 'unclear-form',
  steps: [],
  found: source.value,
  choices: [],
});

/**
 * Checks a document against a schema: the schema's output, or one fault per issue, by line and column. An unknown key is reported where it
 * stands; of a union, the branch that fits best says what was expected. At most 100 faults are listed, the last one counts the rest.
 */
export const checkSchema = <T>(source: JsonSource, schema: z.ZodType<T>): Result<T, readonly FormFault[]> => {
  const parsed = schema.safeParse(source.value);
  if (parsed.success) return ok(parsed.data);
  const described = describeIssues(source.value, parsed.error.issues);
  const more = described.length - FAULTS_MAX;
  const faults = described.slice(0, FAULTS_MAX).map(({ path: steps, atKey, ...rest }) => ({
    file: source.file,
    ...(atKey ? source.locateKey(steps) : source.locate(steps)),
    path: jsonPath(steps),
    steps,
    ...rest,
  }));
  faults.sort((a, b) => a.line - b.line || a.column - b.column);
  const last = faults.pop();
  if (last === undefined) return refused([formless(source)]);
  return refused([...faults, more > 0 ? { ...last, message: `${last.message} (and \`${more}\` more faults in this file)` } : last]);
};
