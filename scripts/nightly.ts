import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { KILL_MOMENTS, killedReplays, killStack, killTable } from './kill-stack.ts';

/**
 * The long tier: the same properties, twins and replays with many more runs and seeds than a change has time for, and the main command's replay on the
 * local stack, killed at moments all over its way.
 * Writes what it saw, with date and machine, to docs/nightly.md. Ends with 1 when anything failed; the failing seed is in the output.
 */
const RUNS = process.env.PROPERTY_RUNS ?? '5000';
const SEEDS = (process.env.NIGHTLY_SEEDS ?? '1,20251010').split(',');
/** Spoiled rule documents of all seeds together. */
const FUZZ_DOCUMENTS = Number(process.env.FUZZ_DOCUMENTS ?? '200000');
const FOLDERS = ['test/properties', 'test/simulation', 'test/golden', 'test/rule-sets', 'test/docs/venues.test.ts'];
const BYTES_PER_GIBIBYTE = 1024 ** 3;
const MS_PER_SECOND = 1000;

const DOCUMENTS_PER_SEED = Math.ceil(FUZZ_DOCUMENTS / SEEDS.length);

const reportSchema = z.object({ numPassedTests: z.number(), numFailedTests: z.number(), success: z.boolean() });

interface SeedResult {
  readonly seed: string;
  readonly passed: number;
  readonly failed: number;
  readonly seconds: number;
}

const runSeed = (seed: string): SeedResult => {
  mkdirSync('.adl', { recursive: true });
  const outputFile = join('.adl', 'nightly.json');
  rmSync(outputFile, { force: true });
  const startedAt = performance.now();
  spawnSync(
    'vitest',
    ['run', ...FOLDERS, '--testTimeout=3600000', '--reporter=default', '--reporter=json', `--outputFile.json=${outputFile}`],
    {
      stdio: 'inherit',
      env: {
        ...process.env,
        PROPERTY_RUNS: RUNS,
        REPLAY_RUNS: RUNS,
        PROPERTY_SEED: seed,
        FUZZ_DOCUMENTS: String(DOCUMENTS_PER_SEED),
        VENUE_CRASH: 'full',
      },
    },
  );
  const report = reportSchema.parse(JSON.parse(readFileSync(outputFile, 'utf8')));
  const seconds = Math.round((performance.now() - startedAt) / MS_PER_SECOND);
  return { seed, passed: report.numPassedTests, failed: report.success ? 0 : Math.max(report.numFailedTests, 1), seconds };
};

const bench = (): string => spawnSync('node', ['bench/pool-marks.ts'], { encoding: 'utf8' }).stdout.trim();

const results = SEEDS.map(runSeed);
const kills = killedReplays().map(killStack);
const machine = `${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown CPU'}, ${Math.round(totalmem() / BYTES_PER_GIBIBYTE)} GiB, Node ${process.version}, ${process.platform}`;
const rows = results.map(
  ({ seed, passed, failed, seconds }) => `| ${seed} | ${RUNS} | ${DOCUMENTS_PER_SEED} | ${passed} | ${failed} | ${seconds} |`,
);
writeFileSync(
  'docs/nightly.md',
  [
    '# Last nightly run',
    `${new Date().toISOString().slice(0, 10)} on ${machine}: \`npm run nightly\`.`,
    ['| seed | runs per property | rule documents | tests passed | failed | seconds |', '|---:|---:|---:|---:|---:|---:|', ...rows].join(
      '\n',
    ),
    `\`kill -9\` of the whole local stack, in each of ${KILL_MOMENTS} slices of the time that a replay takes, and restarts on the same data:`,
    ...kills.map(killTable),
    'Rates of the in-process replay on the same machine (`npm run bench`):',
    `\`\`\`\n${bench()}\n\`\`\``,
    '',
  ].join('\n\n'),
);
process.exitCode = results.some((each) => each.failed > 0) || kills.some(({ isPassed }) => !isPassed) ? 1 : 0;
