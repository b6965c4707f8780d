import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { plainJson } from '#core/plain-json.ts';
import type { RuleSet } from '#rule-sets/rule-set.ts';
import { type BadInput, badFile } from '../bad-input.ts';
import type { LoadedScenario } from './load-scenario.ts';
import type { ReplayRun } from './replay-scenario.ts';
import { isPlaceForFile } from './report-places.ts';
import { securityRows } from './security-rows.ts';
import { tellingCase } from './telling-case.ts';
import { waterfallRows } from './waterfall-rows.ts';

/** Folder, below the current one, for what commands leave behind when no place is named. */
export const OUTPUT_FOLDER = '.adl';

/** Names the report whose records `adl explain` looks into by default. */
export const NEWEST_REPLAY_FILE = join(OUTPUT_FOLDER, 'newest-replay.json');

export const defaultReport = (scenario: string): string => join(OUTPUT_FOLDER, 'reports', `${scenario}.md`);

const stemOf = (report: string): string => basename(report).replace(/\.[A-Za-z0-9]+$/, '');

/** The records of the runs lie beside the report, numbered in the order of the runs: law and terms first, then one decision a line. */
export const recordFiles = (report: string, runs: readonly Pick<ReplayRun, 'ruleSet'>[]): readonly string[] =>
  runs.map(({ ruleSet: { reference } }, index) =>
    join(dirname(report), `${stemOf(report)}.${index + 1}-${reference.id}@${reference.version}.record.jsonl`),
  );

const markdownTable = (rows: readonly (readonly string[])[]): string => {
  const [head = [], ...body] = rows.map((row) => `| ${row.map((cell) => (cell === '' ? ' ' : cell)).join(' | ')} |`);
  const columns = rows[0]?.length ?? 0;
  const rule = `|---|${'---:|'.repeat(Math.max(columns - 1, 0))}`;
  return [head, rule, ...body].join('\n');
};

const marketRows = (run: ReplayRun): readonly (readonly string[])[] => {
  const entries = Object.entries(run.document.markets);
  const keys = Object.keys(entries[0]?.[1] ?? {});
  return [['market', ...keys], ...entries.map(([marketId, counters]) => [marketId, ...Object.values(counters).map(String)])];
};

const askWhy = (runs: readonly ReplayRun[]): string => {
  const caseId = runs.map(tellingCase).find((each) => each !== null);
  const example = caseId === undefined ? '' : `, such as \`npx adl explain '${caseId}'\``;
  return `Ask why: \`npx adl explain <id>\` with the id of a decision, case, order or pool${example}.`;
};

const reportText = (loaded: LoadedScenario, runs: readonly ReplayRun[], report: string): string =>
  [
    `# Replay of ${loaded.scenario.name}`,
    `${loaded.book.accounts.length} accounts, ${runs[0]?.document.marks ?? 0} marks. Money in the settlement asset, quantities in contracts.`,
    markdownTable(waterfallRows(runs)),
    ...runs.flatMap((run, index) => [
      `## ${run.ruleSet.reference.id}@${run.ruleSet.reference.version}, by market`,
      markdownTable(marketRows(run)),
      markdownTable(securityRows(loaded.book, run.ruleSet, run.outcome.tables)),
      `Rule set \`${run.ruleSet.reference.hash}\`. Decisions: \`${basename(recordFiles(report, runs)[index] ?? '')}\`, ${run.outcome.record.lines.length} of them.`,
      ...(run.document.violations.length === 0 ? [] : ['Violations:', ...run.document.violations.map((violation) => `- ${violation}`)]),
    ]),
    askWhy(runs),
    '',
  ].join('\n\n');

const recordText = (loaded: LoadedScenario, run: ReplayRun): string => {
  const terms = [...run.outcome.tables.Markets.values()].map((market) => market.terms);
  const head = { kind: 'RECORD', scenario: loaded.scenario.name, ruleSet: run.ruleSet.reference, law: run.ruleSet.files, terms };
  return `${[JSON.stringify(plainJson(head)), ...run.outcome.record.lines].join('\n')}\n`;
};

const unwritable = (file: string): BadInput => badFile(file, 'expected a place where a file can be written');

/** Throws `BadInput` when the report, its records or the note of the newest one cannot be written; called before the replay and writes nothing. */
export const checkReportPlaces = (report: string, ruleSets: readonly RuleSet[]): void => {
  const records = recordFiles(
    report,
    ruleSets.map((ruleSet) => ({ ruleSet })),
  );
  const blocked = [report, ...records, NEWEST_REPLAY_FILE].find((file) => !isPlaceForFile(file));
  if (blocked !== undefined) throw unwritable(blocked);
};

const write = (file: string, text: string): void => {
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  } catch {
    throw unwritable(file);
  }
};

/** Writes the report, one record per run beside it, and remembers the report as the newest. The same inputs give the same bytes. */
export const writeReport = (loaded: LoadedScenario, runs: readonly ReplayRun[], report: string): void => {
  const records = recordFiles(report, runs);
  for (const [index, run] of runs.entries()) write(records[index] ?? report, recordText(loaded, run));
  write(report, reportText(loaded, runs, report));
  write(NEWEST_REPLAY_FILE, `${JSON.stringify({ report, records })}\n`);
};
