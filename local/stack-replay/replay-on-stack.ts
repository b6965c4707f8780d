import { epochMs } from '#core/units/time.ts';
import type { RuleSet } from '#rule-sets/rule-set.ts';
import { marksIn } from '../mark-path.ts';
import { booksOutcome } from '../replay/books-outcome.ts';
import { type LoadedScenario, replayInputs } from '../replay/load-scenario.ts';
import { replayDocument, type Timings } from '../replay/replay-document.ts';
import { perSecond, type RecordedOutcome, type ReplayRun } from '../replay/replay-scenario.ts';
import type { Progress, ReplayInputs } from '../replay/run-replay.ts';
import type { MemoryTables } from '../store/memory-tables.ts';
import { BooksFolder, contentOf } from './books-folder.ts';
import { inOrderOfWaves } from './decision-order.ts';
import { inOrderOfOpening } from './opening-order.ts';
import { type RecordedLine, readTables } from './read-tables.ts';
import { runInstants, wavesOf } from './run-instants.ts';
import { seedBooks } from './seed-books.ts';
import { openSession, type StackSession } from './stack-session.ts';

export interface StackReplayRequest {
  readonly loaded: LoadedScenario;
  readonly ruleSet: RuleSet;
  /** Where the caller will write the report. */
  readonly report: string;
  readonly progress: Progress;
  readonly dataFolder: string;
  readonly signal: AbortSignal;
  readonly say: (line: string) => void;
  readonly stepMsMax?: number | undefined;
  /** The emulator's program; null for a machine that has none. Looked for where absent. */
  readonly binary?: string | null | undefined;
}

/** The net under lost records, closer than where it is deployed: a replay that waits for it still ends soon. */
const SWEEP_EVERY_MS = 10_000;

/** Everything that a replay depends on but its rules. */
const contentIn = ({ ruleSet: _, ...inputs }: ReplayInputs): string => contentOf(inputs);

/** Counts and audits what the tables hold. */
const outcomeOf = async ({ client, tables: names }: StackSession, inputs: ReplayInputs, folder: BooksFolder) => {
  const read = await readTables(client, names);
  const waveIds = inputs.groups.map((group) => wavesOf(inputs, group));
  const recorded = inOrderOfWaves(read.decisions, waveIds, read.waveCases);
  const decisions = recorded.map(({ decision }) => decision);
  const tables: MemoryTables = {
    ...read.tables,
    Cases: inOrderOfOpening(read.tables.Cases, decisions),
    Decisions: new Map(decisions.map((decision) => [decision.decisionId, decision])),
  };
  const books = booksOutcome(inputs.initial, tables, decisions, folder.drawdowns);
  const record = { lines: recorded.map(({ line }) => line) };
  const outcome: RecordedOutcome = { ...books, marks: marksIn(inputs.groups), record };
  return { outcome, recorded };
};

/** Rates are those of this run: a replay that goes on after an end counts what came since. */
const timingsOf = (
  inputs: ReplayInputs,
  from: number,
  outcome: RecordedOutcome,
  recorded: readonly RecordedLine[],
  ms: number,
): Timings => {
  const since = inputs.groups[from]?.at ?? Number.POSITIVE_INFINITY;
  const evaluations = recorded.filter(({ decision }) => decision.kind === 'MARGIN' && decision.at >= since).length;
  return {
    totalMs: Math.round(ms),
    marksPerSecond: perSecond(marksIn(inputs.groups.slice(from)), ms),
    evaluations: outcome.tally.evaluations,
    evaluationsPerSecond: perSecond(evaluations, ms),
  };
};

const replayIn = async (
  session: StackSession,
  request: StackReplayRequest,
  inputs: ReplayInputs,
  folder: BooksFolder,
): Promise<ReplayRun> => {
  const { loaded, ruleSet, report, progress } = request;
  const { client, tables, signal } = session;
  const startsAt = inputs.groups[0]?.at ?? epochMs(0);
  await seedBooks({ client, endpoint: session.stack.endpoint, tables, signal }, folder, inputs, startsAt);
  const startedAt = performance.now();
  const from = await runInstants({ session, inputs, folder, progress });
  const ms = performance.now() - startedAt;
  const { outcome, recorded } = await outcomeOf(session, inputs, folder);
  const timings = timingsOf(inputs, from, outcome, recorded, ms);
  return { ruleSet, outcome, document: replayDocument(loaded.scenario.name, ruleSet.reference, loaded.book, outcome, timings, report) };
};

/**
 * Replays a loaded scenario on the local stack: the deployed functions over the embedded DynamoDB, rung by its streams, beside a simulated venue. The tables
 * in the data folder are all that it stands on, so that the next call on the same folder goes on wherever this one ended, and counts the same.
 *
 * Returns null, and says so, where this machine has no emulator. Throws `BadInput` for a folder that holds something else, `StackStuck` when the engine
 * does not move on, and the reason of the signal.
 */
export const replayOnStack = async (request: StackReplayRequest): Promise<ReplayRun | null> => {
  const { loaded, ruleSet, dataFolder, signal, say, stepMsMax, binary } = request;
  const inputs = replayInputs(loaded, ruleSet);
  const { reference } = ruleSet;
  const folder = new BooksFolder(dataFolder, {
    kind: 'REPLAY',
    name: loaded.scenario.name,
    content: contentIn(inputs),
    ruleSet: reference,
  });
  const session = await openSession({
    dataFolder,
    ruleSetId: reference.id,
    clock: 'OBSERVATION',
    isLean: true,
    signal,
    say,
    sweepEveryMs: SWEEP_EVERY_MS,
    stepMsMax,
    binary,
  });
  if (session === null) return null;
  try {
    return await replayIn(session, request, inputs, folder);
  } finally {
    await session.close();
  }
};
