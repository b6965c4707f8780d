import { appendFileSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { replayScenario } from '#local/replay/replay-scenario.ts';
import { hasEmbeddedTables } from '../support/embedded-tables.ts';
import { folderWith } from '../support/folder.ts';
import { comparable } from './compared.ts';
import { dealtKillPlans, killPlans, type Moment, momentAt, type Timeline } from './kill-moments.ts';
import { kill, type ReplayFiles, type Stroke, startReplay } from './killed-process.ts';
import { killedReplay } from './killed-replay.ts';
import { laidOut } from './told-replay.ts';

/**
 * How often, and from which seed, the stack is killed: in slices of one replay's time. KILL_MOMENTS, KILLS_PER_REPLAY, KILL_SEED and KILL_REPLAY search further;
 * KILL_REPORT names a file that gets one line of JSON per replay.
 */
const MOMENTS = Number(process.env.KILL_MOMENTS ?? '3');
const PER_REPLAY = Number(process.env.KILLS_PER_REPLAY ?? '1');
const SEED = process.env.KILL_SEED ?? '20251010';
const REPLAY = killedReplay(process.env.KILL_REPLAY);
const REPORT = process.env.KILL_REPORT;

const MS_MAX = 3_600_000;
const PERCENT = 100;

const shown = (part: number): string => `${(part * PERCENT).toFixed(1)} %`;

const { loaded, ruleSet } = laidOut(REPLAY.told, REPLAY.lawId);

const freshFiles = (): ReplayFiles => {
  const folder = dirname(loaded.file);
  const own = folderWith({});
  return { scenario: loaded.file, rules: join(folder, 'rules'), dataFolder: join(own, 'data'), resultFile: join(own, 'result.json') };
};

/** Runs a replay to its end. Throws, with its last words, when that is none. */
const toTheEnd = async (files: ReplayFiles): Promise<Timeline> => {
  const startedAt = performance.now();
  const marks: { marks: number; atMs: number }[] = [];
  const running = startReplay(files);
  running.onMarks = (done) => void marks.push({ marks: done, atMs: performance.now() - startedAt });
  const { code, words } = await running.ended;
  if (code !== 0) throw new Error(`the replay ended with ${code} after ${marks.at(-1)?.marks} marks: ${words}`);
  return { marks, endMs: performance.now() - startedAt };
};

/** Starts a replay and kills it at the moment; false when it was faster. */
const killedAt = async (files: ReplayFiles, moment: Moment, stroke: Stroke): Promise<boolean> => {
  const running = startReplay(files);
  const reached = new Promise<void>((resolve) => {
    running.onMarks = (marks) => {
      if (marks < moment.marks) return;
      // What comes next is another moment.
      running.onMarks = () => resolve();
      void sleep(moment.delayMs).then(resolve);
    };
  });
  const isFaster = await Promise.race([running.ended.then(() => true), reached.then(() => false)]);
  await kill(running, files.dataFolder, stroke);
  return !isFaster;
};

describe.skipIf(!hasEmbeddedTables)(
  `a replay of ${REPLAY.told.name} under ${REPLAY.lawId} that is killed with kill -9, seed ${SEED}`,
  () => {
    let undisturbed: Timeline;
    let expected: unknown;
    beforeAll(async () => {
      expected = JSON.parse(JSON.stringify(comparable(await replayScenario(loaded, ruleSet, 'report.md', () => {}))));
      const files = freshFiles();
      undisturbed = await toTheEnd(files);
      expect(JSON.parse(readFileSync(files.resultFile, 'utf8'))).toEqual(expected);
    }, MS_MAX);

    const plans = PER_REPLAY > 1 ? dealtKillPlans(MOMENTS, SEED, PER_REPLAY) : killPlans(MOMENTS, SEED);
    it.each(plans.map((plan) => [plan.parts.map(shown).join(' and '), plan.stroke, plan] as const))(
      'at %s of its way (%s) goes on, and ends as if nothing had been',
      async (at, stroke, { parts }) => {
        const files = freshFiles();
        const moments = parts.map((part) => momentAt(undisturbed, part));
        const seen = { at, stroke, marks: moments.map(({ marks }) => marks), kills: 0, isSame: false, restartMs: 0 };
        try {
          for (const moment of moments) if (await killedAt(files, moment, stroke)) seen.kills += 1;
          seen.restartMs = Math.round((await toTheEnd(files)).endMs);
          expect(JSON.parse(readFileSync(files.resultFile, 'utf8'))).toEqual(expected);
          seen.isSame = true;
        } finally {
          if (REPORT !== undefined) appendFileSync(REPORT, `${JSON.stringify(seen)}\n`);
        }
      },
      MS_MAX,
    );
  },
);
