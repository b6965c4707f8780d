import type { RuleSet } from '#rule-sets/rule-set.ts';
import { type LoadedScenario, replayInputs } from './load-scenario.ts';
import { type CountedOutcome, type ReplayDocument, replayDocument, type Timings } from './replay-document.ts';
import { type Progress, type ReplayOutcome, runReplay } from './run-replay.ts';

/** What a replay leaves behind, wherever it ran: books, counts and one line per decision. */
export interface RecordedOutcome extends CountedOutcome {
  readonly record: { readonly lines: readonly string[] };
}

/** One scenario replayed under one rule set. */
export interface ReplayRun {
  readonly ruleSet: RuleSet;
  readonly outcome: RecordedOutcome;
  readonly document: ReplayDocument;
}

const MS_PER_SECOND = 1000;

/** Whole number of a count per second. */
export const perSecond = (count: number, ms: number): number => Math.round((count * MS_PER_SECOND) / Math.max(ms, 1));

const timingsOf = (outcome: ReplayOutcome, totalMs: number): Timings => ({
  totalMs: Math.round(totalMs),
  marksPerSecond: perSecond(outcome.marks, totalMs),
  poolMarksPerSecond: perSecond(outcome.poolMarks, totalMs),
  evaluations: outcome.tally.evaluations,
  evaluationsPerSecond: perSecond(outcome.tally.evaluations, totalMs),
});

/** Replays a loaded scenario under a rule set. `report` is where the caller will write the report. */
export const replayScenario = async (loaded: LoadedScenario, ruleSet: RuleSet, report: string, progress: Progress): Promise<ReplayRun> => {
  const inputs = replayInputs(loaded, ruleSet);
  const startedAt = performance.now();
  const outcome = await runReplay(inputs, progress);
  const timings = timingsOf(outcome, performance.now() - startedAt);
  return { ruleSet, outcome, document: replayDocument(loaded.scenario.name, ruleSet.reference, loaded.book, outcome, timings, report) };
};
