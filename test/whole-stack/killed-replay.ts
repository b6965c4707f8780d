import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DEFAULT_ACCOUNTS, DEFAULT_SEED, generateBook } from '#local/generate-book.ts';
import type { LawId, ToldReplay } from './told-replay.ts';
import { LIMITS } from './told-replays.ts';

const CRASH_FOLDER = fileURLToPath(new URL('../../local/crash-2025-10-10/', import.meta.url));

/** What the main command replays: the crash of 10 October 2025 over its generated book. */
const SHIPPED_CRASH: ToldReplay = {
  name: 'the shipped crash',
  files: () => ({
    ...Object.fromEntries(readdirSync(CRASH_FOLDER).map((name) => [name, readFileSync(join(CRASH_FOLDER, name), 'utf8')])),
    'book.json': generateBook({ seed: DEFAULT_SEED, accounts: DEFAULT_ACCOUNTS }),
  }),
  edits: { house: [], 'house-guarded': [] },
};

/** What the stack is killed in: one with something at stake in most of its instants, or by name the crash that is shipped. */
export const killedReplay = (name = 'small'): { readonly told: ToldReplay; readonly lawId: LawId } => {
  const [which = '', lawId = 'house'] = name.split('@');
  return { told: which === 'crash' ? SHIPPED_CRASH : LIMITS, lawId: lawId === 'house-guarded' ? lawId : 'house' };
};
