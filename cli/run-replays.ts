import { type LoadedScenario, loadScenario, replayInputs } from '#local/replay/load-scenario.ts';
import { type ReplayRun, replayScenario } from '#local/replay/replay-scenario.ts';
import { checkReportPlaces, defaultReport, writeReport } from '#local/replay/write-report.ts';
import { readRuleSet } from '#local/rule-set-folder.ts';
import type { RuleSet } from '#rule-sets/rule-set.ts';
import { progressReport } from './progress.ts';

export interface ReplayRequest {
  readonly scenario: string;
  /** Rule set of the first run; undefined: the scenario's, else the default. */
  readonly rules: string | undefined;
  readonly against: readonly string[];
  readonly report: string | undefined;
  readonly defaultRules: string;
}

const marksIn = (loaded: LoadedScenario): number => loaded.groups.reduce((count, group) => count + group.marks.length, 0);

const runUnder = async (loaded: LoadedScenario, ruleSet: RuleSet, report: string): Promise<ReplayRun> => {
  const progress = progressReport(`${ruleSet.reference.id}@${ruleSet.reference.version}`, marksIn(loaded));
  try {
    return await replayScenario(loaded, ruleSet, report, progress.update);
  } finally {
    progress.stop();
  }
};

/** Replays a scenario under one or several rule sets and writes the report. Everything is read before the first run, and only then written. */
export const runReplays = async (request: ReplayRequest): Promise<{ readonly report: string; readonly runs: readonly ReplayRun[] }> => {
  const loaded = loadScenario(request.scenario);
  const first = request.rules ?? loaded.scenario.ruleSet ?? request.defaultRules;
  const ruleSets = [first, ...request.against].map(readRuleSet);
  const report = request.report ?? defaultReport(loaded.scenario.name);
  for (const ruleSet of ruleSets) replayInputs(loaded, ruleSet);
  checkReportPlaces(report, ruleSets);
  const runs: ReplayRun[] = [];
  for (const ruleSet of ruleSets) runs.push(await runUnder(loaded, ruleSet, report));
  writeReport(loaded, runs, report);
  return { report, runs };
};
