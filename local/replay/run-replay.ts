import { nextVersion } from '#core/commit.ts';
import type { Quantity } from '#core/units/money.ts';
import type { EpochMs } from '#core/units/time.ts';
import type { Wave } from '#core/wave.ts';
import { publishMark } from '#functions/watch-marks/watch-marks.ts';
import { Auditor } from '../audit/auditor.ts';
import type { MarkGroup } from '../mark-path.ts';
import type { ScenarioEvent } from '../parse-scenario.ts';
import type { StartingBooks } from '../starting-books.ts';
import { enginePorts } from '../store/engine-ports.ts';
import { type CommitObserver, MemoryStore } from '../store/memory-store.ts';
import { afterEvent } from './after-event.ts';
import { ChangedPools } from './changed-pools.ts';
import { DecisionRecord } from './decision-record.ts';
import type { CountedOutcome } from './replay-document.ts';
import { runWave, type WaveMachine } from './run-wave.ts';
import { SimulatedVenue } from './simulated-venue.ts';
import { Tally } from './tally.ts';

/** Everything that a replay depends on; the same inputs give the same outcome to the last digit. */
export interface ReplayInputs extends StartingBooks {
  readonly groups: readonly MarkGroup[];
  /** By time. */
  readonly events: readonly ScenarioEvent[];
  readonly depthPerMark: ReadonlyMap<string, Quantity>;
}

export interface ReplayOutcome extends CountedOutcome {
  readonly store: MemoryStore;
  readonly record: DecisionRecord;
  /** Pools with a position in the marked market, summed over the marks: spared by their guard or evaluated. */
  readonly poolMarks: number;
  readonly poolsRung: number;
}

/** Called after each instant with the marks done so far. */
export type Progress = (marksDone: number) => void;

const applyEvents = async (machine: WaveMachine, events: readonly ScenarioEvent[], from: number, at: EpochMs): Promise<number> => {
  let next = from;
  for (let event = events[next]; event !== undefined && event.atMs <= at; event = events[next]) {
    const market = machine.store.tables.Markets.get(event.marketId);
    if (market !== undefined) {
      const changed = afterEvent(market, event);
      await machine.store.commit([{ table: 'Markets', item: nextVersion(changed, 'OPERATOR') }]);
    }
    next += 1;
  }
  return next;
};

const publishGroup = async (machine: WaveMachine, group: MarkGroup): Promise<readonly Wave[]> => {
  const waves: Wave[] = [];
  for (const mark of group.marks) {
    const wave = await publishMark(machine.ports)({ ...mark, observedAt: group.at }, group.at);
    if (wave !== null) waves.push(wave);
  }
  return waves;
};

/**
 * Replays a price path over a book through the engine's own use cases, in one process.
 *
 * Marks of one instant are all published before the first of their waves runs; waves run in scenario order, each to its end. Halts and resumes apply
 * before the marks of their time. Invariants are checked on every commit and, for the whole, at the end. `observers` see every commit too.
 */
export const runReplay = async (
  inputs: ReplayInputs,
  progress: Progress,
  observers: readonly CommitObserver[] = [],
): Promise<ReplayOutcome> => {
  const auditor = new Auditor(inputs.initial);
  const tally = new Tally(inputs.initial.markets.map((market) => market.terms.marketId));
  const record = new DecisionRecord();
  const changed = new ChangedPools();
  const store = new MemoryStore(inputs.initial, [auditor, tally, record, changed, ...observers]);
  const ports = enginePorts(store, inputs.ruleSet, inputs.fundIds);
  const machine: WaveMachine = { store, ports, venue: new SimulatedVenue(store, inputs.depthPerMark), changed };
  let marks = 0;
  let poolMarks = 0;
  let poolsRung = 0;
  let nextEvent = 0;
  for (const group of inputs.groups) {
    nextEvent = await applyEvents(machine, inputs.events, nextEvent, group.at);
    const waves = await publishGroup(machine, group);
    for (const wave of waves) {
      poolMarks += store.holderCount(wave.marketId);
      poolsRung += await runWave(machine, wave);
    }
    marks += group.marks.length;
    progress(marks);
  }
  tally.finish(store.tables);
  auditor.finish(store.tables);
  return { store, tables: store.tables, tally, violations: auditor.violations, record, marks, poolMarks, poolsRung };
};
