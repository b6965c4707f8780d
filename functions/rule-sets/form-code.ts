/** What is wrong before a schema is asked. */
export type ByteCode =
  | 'too-many-bytes'
  | 'byte-order-mark'
  | 'not-utf-8'
  | 'not-json'
  | 'comment'
  | 'trailing-comma'
  | 'nested-too-deep'
  | 'duplicate-key'
  | 'refused-key'
  | 'inexact-number';

/** What the bytes or the form of a JSON document can get wrong, whatever the document is about. */
export type FormCode =
  | ByteCode
  | 'unknown-key'
  | 'missing-key'
  | 'number-for-decimal'
  | 'malformed-decimal'
  | 'malformed-text'
  | 'wrong-type'
  | 'unknown-choice'
  | 'empty-list'
  | 'list-too-long'
  | 'out-of-range'
  | 'comparison-mismatch'
  | 'unclear-form';
