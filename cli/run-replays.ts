import { type LoadedScenario, loadScenario, replayInputs } from '#local/replay/load-scenario.ts';
import { type ReplayRun, replayScenario } from '#local/replay/replay-scenario.ts';
import { checkReportPlaces, defaultReport, writeReport } from '#local/replay/write-report.ts';
import { readRuleSet } from '#local/rule-set-folder.ts';
import { type DataFolder, dataFolderAt, folderOfRun } from '#local/stack-replay/data-folders.ts';
import { replayOnStack } from '#local/stack-replay/replay-on-stack.ts';
import type { RuleSet } from '#rule-sets/rule-set.ts';
import { note } from './output.ts';
import { progressReport } from './progress.ts';
import { canRunAside, type SideRun, startSideRun } from './side-run.ts';
import { untilAsked } from './until-asked.ts';
import { warnOfFunds } from './warn-of-book.ts';

/** Where replays run on the local stack: a folder that is kept and gone on with, or one for the time being. */
export interface StackRequest {
  readonly dataFolder: string | undefined;
}

export interface ReplayRequest {
  readonly scenario: string;
  /** Rule set of the first run; undefined: the scenario's, else the default. */
  readonly rules: string | undefined;
  readonly against: readonly string[];
  readonly report: string | undefined;
  readonly defaultRules: string;
  /** null: in this process, without a stack. */
  readonly stack: StackRequest | null;
}

/** One run: under which rules, where its tables lie, and where its report will be. */
interface Run {
  readonly loaded: LoadedScenario;
  readonly ruleSet: RuleSet;
  readonly report: string;
  /** Where its tables lie; null without a stack. */
  readonly folder: DataFolder | null;
  /** The process that replays it already; null where this one does. */
  readonly aside: SideRun | null;
}

const marksIn = (loaded: LoadedScenario): number => loaded.groups.reduce((count, group) => count + group.marks.length, 0);

/** Replays on the stack. What another process has replayed is only read here, and its timings are those of that process. */
const onStack = async (run: Run, { path }: DataFolder, signal: AbortSignal, update: (marks: number) => void): Promise<ReplayRun | null> => {
  run.aside?.onMarks(update);
  const timings = (await run.aside?.ended) ?? null;
  const replayed = await replayOnStack({ ...run, dataFolder: path, signal, progress: update, say: note });
  if (replayed === null || timings === null) return replayed;
  return { ...replayed, document: { ...replayed.document, timings } };
};

const runOne = async (run: Run, signal: AbortSignal): Promise<ReplayRun> => {
  const { loaded, ruleSet, report, folder } = run;
  const progress = progressReport(`${ruleSet.reference.id}@${ruleSet.reference.version}`, marksIn(loaded));
  try {
    const found = folder === null ? null : await onStack(run, folder, signal, progress.update);
    if (found !== null) return found;
    if (folder !== null) note('running in this process instead, without tables and streams');
    return await replayScenario(loaded, ruleSet, report, progress.update);
  } finally {
    progress.stop();
  }
};

/**
 * Replays a scenario under one or several rule sets and writes the report. Everything is read before the first run, and only then written. Throws the
 * reason of the signal when somebody asks a run on the stack to end.
 */
export const runReplays = async (request: ReplayRequest): Promise<{ readonly report: string; readonly runs: readonly ReplayRun[] }> => {
  const loaded = loadScenario(request.scenario);
  const first = request.rules ?? loaded.scenario.ruleSet ?? request.defaultRules;
  const ruleSets = [first, ...request.against].map(readRuleSet);
  const report = request.report ?? defaultReport(loaded.scenario.name);
  for (const ruleSet of ruleSets) replayInputs(loaded, ruleSet);
  checkReportPlaces(report, ruleSets);
  for (const ruleSet of ruleSets) warnOfFunds(loaded.bookFile, loaded.book, ruleSet);
  const references = ruleSets.map(({ reference }) => reference);
  const signal = request.stack === null ? new AbortController().signal : untilAsked();
  const named = [first, ...request.against];
  const folders = ruleSets.map((_, index) =>
    request.stack === null ? null : dataFolderAt(folderOfRun(request.stack.dataFolder, references, index)),
  );
  // One process runs one stack: the others are replayed beside it, as many as there are.
  const asides = folders.map((folder, index) =>
    index === 0 || folder === null || !canRunAside()
      ? null
      : startSideRun({ scenario: request.scenario, rules: named[index] ?? first, dataFolder: folder.path }, signal),
  );
  const runs: ReplayRun[] = [];
  try {
    for (const [index, ruleSet] of ruleSets.entries()) {
      runs.push(await runOne({ loaded, ruleSet, report, folder: folders[index] ?? null, aside: asides[index] ?? null }, signal));
    }
  } finally {
    await Promise.all(asides.map((aside) => aside?.ended));
    for (const folder of folders) folder?.leave();
  }
  writeReport(loaded, runs, report);
  return { report, runs };
};
