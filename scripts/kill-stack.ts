import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { z } from 'zod';

/** Slices of each replay's time in each of which the stack is killed once at least. */
export const KILL_MOMENTS = process.env.KILL_MOMENTS ?? '24';

/** Kills of one replay: each goes on where the one before left the tables. */
const KILLS_PER_REPLAY = process.env.KILLS_PER_REPLAY ?? '4';

/** Another one every night. */
const SEED = process.env.KILL_SEED ?? String(Date.now());

const MS_PER_SECOND = 1000;

/** What is killed: `crash@<law>` is the main command's replay. */
export const killedReplays = (): readonly string[] => (process.env.KILL_REPLAYS ?? 'crash@house').split(',');

const killSchema = z.object({
  at: z.string(),
  stroke: z.string(),
  marks: z.array(z.number()),
  kills: z.number(),
  isSame: z.boolean(),
  restartMs: z.number(),
});

/** What became of one replay that was killed again and again; no rows where this machine has no embedded database. */
export interface KilledStack {
  readonly replay: string;
  readonly isPassed: boolean;
  readonly rows: readonly z.infer<typeof killSchema>[];
}

/** Runs the test that kills the local stack in the middle of a replay. */
export const killStack = (replay: string): KilledStack => {
  mkdirSync('.adl', { recursive: true });
  const report = resolve('.adl', 'nightly-kills.jsonl');
  rmSync(report, { force: true });
  const run = spawnSync('vitest', ['run', 'test/whole-stack/kill.test.ts', '--reporter=default'], {
    stdio: 'inherit',
    env: { ...process.env, KILL_MOMENTS, KILLS_PER_REPLAY, KILL_SEED: SEED, KILL_REPLAY: replay, KILL_REPORT: report },
  });
  const lines = existsSync(report) ? readFileSync(report, 'utf8').trim().split('\n') : [];
  const rows = lines.map((line) => killSchema.parse(JSON.parse(line)));
  return { replay, isPassed: run.status === 0 && rows.every(({ isSame }) => isSame), rows };
};

/** What it saw, in markdown. */
export const killTable = ({ replay, isPassed, rows }: KilledStack): string => {
  if (rows.length === 0)
    return `\`${replay}\`: ${isPassed ? 'no embedded database for this platform' : 'it could not be run undisturbed'}.`;
  const killed = rows.reduce((count, { kills }) => count + kills, 0);
  const same = rows.filter(({ isSame }) => isSame).length;
  return [
    `\`${replay}\`, seed ${SEED}: killed ${killed} times in ${rows.length} replays; ${same} ended with the same totals, decisions and safeguards.`,
    '',
    '| killed at | after marks | what | ended the same | seconds from the restart to the end |',
    '|---:|---:|---|---|---:|',
    ...rows.map(
      ({ at, stroke, marks, isSame, restartMs }) =>
        `| ${at} | ${marks.map((done) => Math.max(done, 0)).join(' and ')} | ${stroke === 'REPLAY' ? 'the replay' : 'the replay and its database'} | ${isSame ? 'yes' : 'NO'} | ${(restartMs / MS_PER_SECOND).toFixed(1)} |`,
    ),
  ].join('\n');
};
