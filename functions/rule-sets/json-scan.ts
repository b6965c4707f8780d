import type { FormCode } from './form-code.ts';
import { numberEnd, numberLoss, skipSpace, stringEnd, stringValue } from './json-tokens.ts';
import { printable } from './printable.ts';

/** Why a text is refused: where (offset in code units), in which part of the document, and what was expected. */
export interface ScanFault {
  readonly code: FormCode;
  readonly offset: number;
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** Keys that change what an object is instead of what it holds. */
const KEYS_REFUSED: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

/** One open container: the keys seen so far for an object, null for an array; `step` is the key or index being read. */
interface Frame {
  readonly keys: Set<string> | null;
  step: string | number;
}

type Expectation = 'VALUE' | 'VALUE_OR_END' | 'KEY' | 'KEY_OR_END' | 'COMMA_OR_END';

interface Scan {
  readonly text: string;
  readonly depthMax: number;
  readonly frames: Frame[];
  at: number;
  expects: Expectation;
}

const fault = (scan: Scan, code: FormCode, message: string): ScanFault => ({
  code,
  offset: scan.at,
  path: scan.frames.slice(0, scan.expects === 'KEY_OR_END' || scan.expects === 'KEY' ? -1 : undefined).map((frame) => frame.step),
  message,
});

const found = (scan: Scan): string => {
  if (scan.at >= scan.text.length) return 'the end of the file';
  return `\`${printable(String.fromCodePoint(scan.text.codePointAt(scan.at) ?? 0))}\``;
};

const syntaxFault = (scan: Scan, expected: string): ScanFault => {
  if (scan.text.charAt(scan.at) === '/') return fault(scan, 'comment', 'comments are not part of json');
  return fault(scan, 'not-json', `not valid json: expected ${expected}, got ${found(scan)}`);
};

const open = (scan: Scan, keys: Set<string> | null): ScanFault | null => {
  if (scan.frames.length >= scan.depthMax)
    return fault(scan, 'nested-too-deep', `nested deeper than the limit of \`${scan.depthMax}\` levels`);
  scan.frames.push({ keys, step: keys === null ? 0 : '' });
  scan.expects = keys === null ? 'VALUE_OR_END' : 'KEY_OR_END';
  scan.at += 1;
  return null;
};

const close = (scan: Scan): null => {
  scan.frames.pop();
  scan.expects = 'COMMA_OR_END';
  scan.at += 1;
  return null;
};

const scanText = (scan: Scan): ScanFault | null => {
  const end = stringEnd(scan.text, scan.at);
  if (end < 0) return fault(scan, 'not-json', 'not valid json: a string that does not end or holds a control character or a bad escape');
  scan.at = end;
  scan.expects = 'COMMA_OR_END';
  return null;
};

const scanNumber = (scan: Scan): ScanFault | null => {
  const end = numberEnd(scan.text, scan.at);
  if (end < 0) return fault(scan, 'not-json', 'not valid json: a malformed number');
  const written = scan.text.slice(scan.at, end);
  const loss = numberLoss(written);
  if (loss !== null) return fault(scan, 'inexact-number', `number \`${printable(written)}\` ${loss}: write decimals as strings`);
  scan.at = end;
  scan.expects = 'COMMA_OR_END';
  return null;
};

const scanWord = (scan: Scan): ScanFault | null => {
  const word = ['true', 'false', 'null'].find((candidate) => scan.text.startsWith(candidate, scan.at));
  if (word === undefined) return syntaxFault(scan, 'a value');
  scan.at += word.length;
  scan.expects = 'COMMA_OR_END';
  return null;
};

const scanValue = (scan: Scan): ScanFault | null => {
  const character = scan.text.charAt(scan.at);
  if (character === '{') return open(scan, new Set());
  if (character === '[') return open(scan, null);
  if (character === '"') return scanText(scan);
  if (character === '-' || (character >= '0' && character <= '9')) return scanNumber(scan);
  if (character !== ']' || scan.frames.at(-1)?.keys !== null) return scanWord(scan);
  return scan.expects === 'VALUE_OR_END' ? close(scan) : fault(scan, 'trailing-comma', 'trailing commas are not part of json');
};

const scanKey = (scan: Scan, frame: Frame, keys: Set<string>): ScanFault | null => {
  const { text, at } = scan;
  if (text.charAt(at) === '}')
    return scan.expects === 'KEY_OR_END' ? close(scan) : fault(scan, 'trailing-comma', 'trailing commas are not part of json');
  if (text.charAt(at) !== '"') return syntaxFault(scan, 'a key in double quotes');
  const end = stringEnd(text, at);
  if (end < 0) return fault(scan, 'not-json', 'not valid json: a key that does not end or holds a control character or a bad escape');
  const key = stringValue(text, at, end);
  frame.step = key;
  scan.expects = 'VALUE';
  if (KEYS_REFUSED.has(key)) return fault(scan, 'refused-key', `key \`${printable(key)}\` is not allowed`);
  if (keys.has(key)) return fault(scan, 'duplicate-key', `key \`${printable(key)}\` is given twice in one object`);
  keys.add(key);
  scan.at = skipSpace(text, end);
  if (text.charAt(scan.at) !== ':') return syntaxFault(scan, '`:`');
  scan.at += 1;
  return null;
};

const scanComma = (scan: Scan, frame: Frame): ScanFault | null => {
  const character = scan.text.charAt(scan.at);
  if (character === (frame.keys === null ? ']' : '}')) return close(scan);
  if (character !== ',') return syntaxFault(scan, frame.keys === null ? '`,` or `]`' : '`,` or `}`');
  if (typeof frame.step === 'number') frame.step += 1;
  scan.expects = frame.keys === null ? 'VALUE' : 'KEY';
  scan.at += 1;
  return null;
};

const scanStep = (scan: Scan, frame: Frame | undefined): ScanFault | null => {
  if (frame !== undefined && scan.expects === 'COMMA_OR_END') return scanComma(scan, frame);
  if (frame?.keys && (scan.expects === 'KEY' || scan.expects === 'KEY_OR_END')) return scanKey(scan, frame, frame.keys);
  return scanValue(scan);
};

/**
 * Judges a text in one pass, without recursion: null when it is one JSON value, nested at most `depthMax` containers deep, without
 * duplicate or refused keys, and with no number that a double would change. Otherwise the first fault.
 */
export const scanJson = (text: string, depthMax: number): ScanFault | null => {
  const scan: Scan = { text, depthMax, frames: [], at: skipSpace(text, 0), expects: 'VALUE' };
  while (scan.frames.length > 0 || scan.expects !== 'COMMA_OR_END') {
    const refusal = scanStep(scan, scan.frames.at(-1));
    if (refusal !== null) return refusal;
    scan.at = skipSpace(text, scan.at);
  }
  return scan.at < text.length ? syntaxFault(scan, 'the end of the file') : null;
};
