import { readFileSync } from 'node:fs';
import type { Result } from '#core/result.ts';
import { BadInput, badFile, type InputFault } from './bad-input.ts';

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'no such file',
  EISDIR: 'expected a file, got a folder',
  ENOTDIR: 'no such file',
  EACCES: 'may not be read',
};

const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : 'unknown error');

/** The bytes of a file. Throws `BadInput` when it cannot be read. */
export const readBytes = (file: string): Uint8Array => {
  try {
    return readFileSync(file);
  } catch (error) {
    const code = codeOf(error);
    throw badFile(file, REASONS[code] ?? `cannot be read: ${code}`);
  }
};

/** The text of a file in UTF-8. Throws `BadInput` when it cannot be read or is not UTF-8. */
export const readText = (file: string): string => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(readBytes(file));
  } catch (error) {
    if (error instanceof BadInput) throw error;
    throw badFile(file, 'is not valid UTF-8');
  }
};

/** The value, or its refusal thrown as `BadInput`. */
export const accepted = <Value>(result: Result<Value, InputFault>): Value => {
  if (!result.ok) throw new BadInput(result.refusal);
  return result.value;
};
