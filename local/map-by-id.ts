import { z } from 'zod';
import { idText } from '#rule-sets/schema-primitives.ts';

/** An object whose keys are ids and whose values have the form of `value`. */
export const mapById = <Value extends z.ZodType>(value: Value) =>
  z.record(idText, value, {
    error: (issue) => (issue.code === 'invalid_key' ? 'the key is no id of 1 to 40 letters, digits, `_`, `.` or `-`' : undefined),
  });
