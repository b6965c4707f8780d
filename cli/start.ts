import { copyFileSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { BadInput } from '#local/bad-input.ts';
import { DEFAULT_ACCOUNTS, DEFAULT_SEED, generateBook } from '#local/generate-book.ts';
import { waterfallRows } from '#local/replay/waterfall-rows.ts';
import { OUTPUT_FOLDER } from '#local/replay/write-report.ts';
import { Interrupted } from '#local/stack-replay/interrupted.ts';
import { EXIT } from './exit-codes.ts';
import { note, say } from './output.ts';
import { table } from './print/table.ts';
import { runReplays } from './run-replays.ts';

const CRASH_FOLDER = join(dirname(dirname(fileURLToPath(import.meta.url))), 'local', 'crash-2025-10-10');
const RULE_SET = 'house';
const GUARDED = 'house-guarded';
const MS_PER_SECOND = 1000;

/** Leaves tables and streams out: the same totals, in seconds. */
const IN_PROCESS = '--in-process';

/** Puts the shipped crash and a freshly generated book into one folder that `adl replay` can be pointed at. Returns the scenario's path. */
const layOutCrash = (): string => {
  const folder = join(OUTPUT_FOLDER, 'crash-2025-10-10');
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(CRASH_FOLDER).filter((each) => each !== 'README.md'))
    copyFileSync(join(CRASH_FOLDER, name), join(folder, name));
  writeFileSync(
    join(folder, 'book.json'),
    `${JSON.stringify(generateBook({ seed: DEFAULT_SEED, accounts: DEFAULT_ACCOUNTS }), null, 1)}\n`,
  );
  return join(folder, 'scenario.json');
};

const nextSteps = (scenario: string, caseId: string | undefined): string =>
  [
    'What to try next:',
    `  npx adl replay ${scenario} --rules house-guarded --json        one run as JSON`,
    ...(caseId === undefined
      ? []
      : [`  npx adl explain '${caseId}'                              why this pool, why these counterparties, rule by rule`]),
    '  npx adl assess docs/examples/one-liquidation/book.json        one liquidation, in numbers that fit on a napkin',
    '  npx adl rules check                                           are the rule sets in order?',
    '  npm test                                                      every proof',
  ].join('\n');

const main = async (): Promise<void> => {
  const startedAt = performance.now();
  say(
    `10 October 2025, 20:50–21:50 UTC: ETH, SOL and XRP through the crash, over ${DEFAULT_ACCOUNTS} generated accounts (seed ${DEFAULT_SEED}).`,
  );
  const scenario = layOutCrash();
  const { runs, report } = await runReplays({
    scenario,
    rules: RULE_SET,
    against: [GUARDED],
    report: undefined,
    defaultRules: RULE_SET,
    stack: process.argv.includes(IN_PROCESS) ? null : { dataFolder: undefined },
  });
  const seconds = ((performance.now() - startedAt) / MS_PER_SECOND).toFixed(1);
  const deleveraged = [...(runs[0]?.outcome.tables.Cases.values() ?? [])].find((each) => each.state === 'CLOSED_ADL');
  say(
    ['', table(waterfallRows(runs)), '', `time: ${seconds} s`, `report: ${report}`, '', nextSteps(scenario, deleveraged?.caseId)].join(
      '\n',
    ),
  );
  if (runs.some((run) => !run.document.conserved)) process.exitCode = EXIT.failed;
};

const exitOf = (error: unknown): number => {
  if (error instanceof Interrupted) return error.exitCode;
  return error instanceof BadInput ? EXIT.badInput : EXIT.failed;
};

try {
  await main();
} catch (error) {
  note(`adl: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = exitOf(error);
}
