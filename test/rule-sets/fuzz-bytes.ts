import type { RandomSource } from '#local/book-generator/random-source.ts';
import type { Changed } from './fuzz-changes.ts';
import { below, pick } from './fuzz-draws.ts';

/** A part of `bytes` between two drawn places, at most `lengthMax` long. */
const drawnSpan = (random: RandomSource, bytes: Uint8Array, lengthMax: number): readonly [number, number] => {
  const from = below(random, bytes.length + 1);
  return [from, Math.min(bytes.length, from + below(random, lengthMax + 1))];
};

const drawnBytes = (random: RandomSource, count: number): Uint8Array => Uint8Array.from({ length: count }, () => below(random, 256));

const joined = (...parts: readonly Uint8Array[]): Uint8Array => Buffer.concat(parts);

const ascii = (text: string): Uint8Array => Buffer.from(text, 'latin1');

/** Bytes that mean something to a reader of UTF-8 or JSON, well formed or not. */
const PIECES: readonly string[] = [
  ...['"', '\\', '{', '}', '[', ']', ',', ':', '\n', '\r', '\t', '\0', ' ', '-', '.', 'e', '0', '/*', '//', '\\u', '\\ud800', '\\u0000'],
  ...[
    '\xef\xbb\xbf',
    '\xff',
    '\xc0\xaf',
    '\xed\xa0\x80',
    '\xf4\x90\x80\x80',
    '\xe2\x80\xa8',
    '\xc2\xa0',
    '\xe2\x80',
    '"__proto__":{},',
    '1e999',
  ],
];

const SPAN_MAX = 200;

/** What one change does with bytes; `other` is another document. */
type ByteChange = (random: RandomSource, bytes: Uint8Array, other: Uint8Array) => Uint8Array;

const CHANGES = {
  'flip a bit': (random, bytes) => {
    const at = below(random, bytes.length);
    return bytes.map((byte, index) => (index === at ? byte ^ (1 << below(random, 8)) : byte));
  },
  truncate: (random, bytes) => bytes.subarray(0, below(random, bytes.length + 1)),
  'cut out': (random, bytes) => {
    const [from, to] = drawnSpan(random, bytes, SPAN_MAX);
    return joined(bytes.subarray(0, from), bytes.subarray(to));
  },
  repeat: (random, bytes) => {
    const [from, to] = drawnSpan(random, bytes, SPAN_MAX);
    return joined(bytes.subarray(0, to), bytes.subarray(from));
  },
  splice: (random, bytes, other) => {
    const [from, to] = drawnSpan(random, other, SPAN_MAX);
    const at = below(random, bytes.length + 1);
    return joined(bytes.subarray(0, at), other.subarray(from, to), bytes.subarray(at));
  },
  'cross over': (random, bytes, other) =>
    joined(bytes.subarray(0, below(random, bytes.length + 1)), other.subarray(below(random, other.length + 1))),
  'insert a piece': (random, bytes) => {
    const at = below(random, bytes.length + 1);
    return joined(bytes.subarray(0, at), ascii(pick(random, PIECES)), bytes.subarray(at));
  },
  'insert noise': (random, bytes) => {
    const at = below(random, bytes.length + 1);
    return joined(bytes.subarray(0, at), drawnBytes(random, below(random, 20)), bytes.subarray(at));
  },
  'noise only': (random) => drawnBytes(random, below(random, 300)),
  'byte order mark': (_random, bytes) => joined(ascii('\xef\xbb\xbf'), bytes),
  'carriage returns': (_random, bytes) => ascii(Buffer.from(bytes).toString('latin1').replaceAll('\n', '\r\n')),
  'two bytes a letter': (_random, bytes) => Buffer.from(Buffer.from(bytes).toString('utf8'), 'utf16le'),
  'one line': (_random, bytes) => ascii(Buffer.from(bytes).toString('latin1').replace(/\n */g, '')),
} satisfies Readonly<Record<string, ByteChange>>;

type ByteChangeName = keyof typeof CHANGES;

const isByteChangeName = (name: string): name is ByteChangeName => Object.hasOwn(CHANGES, name);

const CHANGE_NAMES = Object.keys(CHANGES).filter(isByteChangeName);

/** One drawn change of a document that knows nothing of its structure. */
export const changeBytes = (random: RandomSource, bytes: Uint8Array, other: Uint8Array): Changed<Uint8Array> => {
  const name = pick(random, CHANGE_NAMES);
  return { document: CHANGES[name](random, bytes, other), told: name };
};
