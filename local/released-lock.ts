import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { readText } from './read-input.ts';

const lockSchema = z.record(z.string().regex(/^[A-Za-z0-9_.-]{1,40}@\d+\.\d+\.\d+$/), z.string().regex(/^sha256:[0-9a-f]{64}$/));

/** Content hashes of the released rule-set versions, by `id@version`; a released version never changes. Empty where there is no lock. */
export const releasedHashes = (rulesRoot: string): ReadonlyMap<string, string> => {
  const file = join(rulesRoot, 'released.lock.json');
  return existsSync(file) ? new Map(Object.entries(lockSchema.parse(JSON.parse(readText(file))))) : new Map();
};
