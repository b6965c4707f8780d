import type { ByteCode } from './form-code.ts';

/** Effect and mend of a finding. */
export interface Consequence {
  readonly effect: string;
  readonly mend: string;
}

const TWO_LAWS = 'two programs could read two laws from one file';

/** What follows from faulty bytes; `stake` is the file's, `name` the key in question. */
export const BYTE_TEXTS: Readonly<Record<ByteCode, (stake: string, name: string) => Consequence>> = {
  'too-many-bytes': () => ({
    effect: 'reading and judging it could outlast the mark: pools would be liquidated late, at a worse price',
    mend: 'shorten the file: long notes belong into README.md beside it',
  }),
  'byte-order-mark': (stake) => ({
    effect: `programs disagree on whether the mark is part of the text, so that ${TWO_LAWS}: ${stake}`,
    mend: 'save the file as utf-8 without a byte order mark',
  }),
  'not-utf-8': (stake) => ({
    effect: `programs replace such bytes differently, so that ${TWO_LAWS}: ${stake}`,
    mend: 'write the damaged text of this line again and save the file as utf-8',
  }),
  'not-json': (stake) => ({
    effect: `nothing of the file can be read: ${stake}`,
    mend: 'correct the text here or just before: a comma, colon, bracket or quote is missing or too many',
  }),
  comment: (stake) => ({
    effect: `programs disagree on what a comment hides, so that ${TWO_LAWS}: ${stake}`,
    mend: 'move the remark into a `notes` key',
  }),
  'trailing-comma': (stake) => ({
    effect: `programs disagree on whether an entry is missing here, so that ${TWO_LAWS}: ${stake}`,
    mend: 'remove the comma before this bracket',
  }),
  'nested-too-deep': () => ({
    effect: 'judging it could exhaust the stack: the evaluation would fail and no pool would be liquidated',
    mend: 'flatten it: `all` inside `all` is one `all`, `any` inside `any` is one `any`',
  }),
  'duplicate-key': (stake, name) => ({
    effect: `programs keep one of the two values, most of them the last: ${stake}`,
    mend: `keep one \`${name}\` and remove the other`,
  }),
  'refused-key': () => ({
    effect: 'such a key changes what an object is instead of what it holds: judging it would fail, and no pool would be liquidated',
    mend: 'remove the key',
  }),
  'inexact-number': (stake) => ({
    effect: `another number than the one written would be applied: ${stake}`,
    mend: 'write it as a decimal string in double quotes, or as a number of fewer digits where a count is expected',
  }),
};
