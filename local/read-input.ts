import { type Dirent, readdirSync, readFileSync, statSync } from 'node:fs';
import type { Result } from '#core/result.ts';
import { BadInput, badFile, type InputFault } from './bad-input.ts';

const REASONS: Readonly<Record<string, string>> = {
  EISDIR: 'expected a file, got a folder',
  EACCES: 'may not be read',
  EPERM: 'may not be read',
  ELOOP: 'is a link that leads back to itself',
  ERR_FS_FILE_TOO_LARGE: 'is larger than any file that can be read',
};

/** Code of a file system's error, such as `EACCES`. */
export const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : 'unknown error');

const unreadable = (path: string, error: unknown, expected: 'file' | 'folder'): BadInput => {
  if (error instanceof BadInput) return error;
  const code = codeOf(error);
  if (code === 'ENOENT' || code === 'ENOTDIR') return badFile(path, `no such ${expected}`);
  return badFile(path, REASONS[code] ?? `cannot be read: ${code}`);
};

/** The bytes of a file or a pipe. Throws `BadInput` when it cannot be read; a device such as `/dev/zero` has no end. */
export const readBytes = (file: string): Uint8Array => {
  try {
    if (statSync(file).isCharacterDevice()) throw badFile(file, 'expected a file, got a device');
    return readFileSync(file);
  } catch (error) {
    throw unreadable(file, error, 'file');
  }
};

/** What is in a folder. Throws `BadInput` when it cannot be read. */
export const readFolder = (folder: string): readonly Dirent[] => {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    throw unreadable(folder, error, 'folder');
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
