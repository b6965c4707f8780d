import { type LoadedScenario, loadScenario, replayInputs } from '#local/replay/load-scenario.ts';
import { type ReplayRun, replayScenario } from '#local/replay/replay-scenario.ts';
import { checkReportPlaces, defaultReport, writeReport } from '#local/replay/write-report.ts';
import { readRuleSet } from '#local/rule-set-folder.ts';
import { dataFolderAt, folderOfRun } from '#local/stack-replay/data-folders.ts';
import { replayOnStack } from '#local/stack-replay/replay-on-stack.ts';
import type { RuleSet } from '#rule-sets/rule-set.ts';
import { note } from './output.ts';
import { progressReport } from './progress.ts';
import { untilAsked } from './until-asked.ts';

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
  readonly stack: StackRequest | null;
}

const marksIn = (loaded: LoadedScenario): number => loaded.groups.reduce((count, group) => count + group.marks.length, 0);

const onStack = async ({ stack, ...run }: Run & { stack: StackRequest }, signal: AbortSignal, update: (marks: number) => void) => {
  const folder = dataFolderAt(stack.dataFolder);
  try {
    return await replayOnStack({ ...run, dataFolder: folder.path, signal, progress: update, say: note });
  } finally {
    folder.leave();
  }
};

const runOne = async (run: Run, signal: AbortSignal): Promise<ReplayRun> => {
  const { loaded, ruleSet, report, stack } = run;
  const progress = progressReport(`${ruleSet.reference.id}@${ruleSet.reference.version}`, marksIn(loaded));
  try {
    const found = stack === null ? null : await onStack({ ...run, stack }, signal, progress.update);
    if (found !== null) return found;
    if (stack !== null) note('running in this process instead, without tables and streams');
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
  const references = ruleSets.map(({ reference }) => reference);
  const signal = request.stack === null ? new AbortController().signal : untilAsked();
  const runs: ReplayRun[] = [];
  for (const [index, ruleSet] of ruleSets.entries()) {
    const stack = request.stack === null ? null : { dataFolder: folderOfRun(request.stack.dataFolder, references, index) };
    runs.push(await runOne({ loaded, ruleSet, report, stack }, signal));
  }
  writeReport(loaded, runs, report);
  return { report, runs };
};
