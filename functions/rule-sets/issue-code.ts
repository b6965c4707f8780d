import type { z } from 'zod';
import type { FormCode } from './form-code.ts';

type Issue = z.core.$ZodIssue;

/** How the schemas' own messages for decimals begin, whatever the bounds are. */
const DECIMAL_MESSAGE = /^expected a decimal string/;

const ofDecimal = (value: unknown): FormCode => {
  if (typeof value === 'number') return 'number-for-decimal';
  return typeof value === 'string' ? 'malformed-decimal' : 'wrong-type';
};

const ofBound = (issue: { readonly origin: string; readonly code: 'too_small' | 'too_big' }): FormCode => {
  if (issue.origin === 'array') return issue.code === 'too_small' ? 'empty-list' : 'list-too-long';
  return issue.origin === 'string' ? 'malformed-text' : 'out-of-range';
};

/** A schema's own question about a whole comparison names the part that does not fit the others; its other questions are about one text. */
const ofQuestion = (issue: Issue): FormCode =>
  ['operator', 'value'].some((key) => key === issue.path.at(-1)) ? 'comparison-mismatch' : 'malformed-text';

/** The kind of one schema issue about `value`; a union that nobody can decide is `unclear-form`, unless it lists its choices. */
export const issueCode = (issue: Issue, value: unknown): FormCode => {
  if (issue.code === 'unrecognized_keys') return 'unknown-key';
  if (value === undefined) return 'missing-key';
  if (issue.code === 'custom') return ofQuestion(issue);
  if (DECIMAL_MESSAGE.test(issue.message)) return ofDecimal(value);
  switch (issue.code) {
    case 'invalid_value':
      return 'unknown-choice';
    case 'invalid_union':
      return issue.errors.length === 0 ? 'unknown-choice' : 'unclear-form';
    case 'too_small':
    case 'too_big':
      return ofBound(issue);
    case 'not_multiple_of':
      return 'out-of-range';
    case 'invalid_format':
      return 'malformed-text';
    case 'invalid_key':
      return 'unknown-key';
    default:
      return typeof value === 'number' ? 'out-of-range' : 'wrong-type';
  }
};
