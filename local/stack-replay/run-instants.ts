import { present } from '#core/invariant.ts';
import type { MarketState } from '#core/market/market-state.ts';
import { waveIdOf } from '#core/wave.ts';
import { type MarkGroup, marksIn } from '../mark-path.ts';
import type { Progress, ReplayInputs } from '../replay/run-replay.ts';
import { applyEvents, eventsBetween } from './apply-events.ts';
import type { BooksFolder } from './books-folder.ts';
import { depthFromTables } from './depth-from-tables.ts';
import { countTurns } from './drawdown-turns.ts';
import { setHeld } from './lanes.ts';
import { placeInReplay } from './place-in-replay.ts';
import type { StackSession } from './stack-session.ts';
import { type WorkingVenue, workLane } from './work-wave.ts';

/** One replay on a stack whose tables hold its books. */
export interface StackReplay {
  readonly session: StackSession;
  readonly inputs: ReplayInputs;
  readonly folder: BooksFolder;
  readonly progress: Progress;
}

/** The waves that an instant's marks set off when they are accepted, in scenario order. */
export const wavesOf = ({ fundIds }: Pick<ReplayInputs, 'fundIds'>, { marks }: MarkGroup): readonly string[] =>
  marks.map(({ marketId, sequence }) => waveIdOf(fundIds.get(marketId) ?? '', marketId, sequence));

const lanesOf = ({ fundIds }: Pick<ReplayInputs, 'fundIds'>, marketIds: readonly string[]): readonly string[] => [
  ...new Set(marketIds.map((marketId) => present(fundIds.get(marketId), `market ${marketId} has a fund`))),
];

const lanesOfGroup = (inputs: ReplayInputs, { marks }: MarkGroup): readonly string[] =>
  lanesOf(
    inputs,
    marks.map(({ marketId }) => marketId),
  );

/** Drives one replay, instant by instant. */
class InstantRun {
  readonly #replay: StackReplay;
  readonly #venue: WorkingVenue;

  constructor(replay: StackReplay, venue: WorkingVenue) {
    this.#replay = replay;
    this.#venue = venue;
  }

  /** Publishes all marks of an instant before the first of its waves may begin: several are published while their lanes are held. */
  async publish(group: MarkGroup): Promise<void> {
    const { session, inputs } = this.#replay;
    const { operator } = this.#venue;
    if (group.marks.length > 1) for (const fundId of lanesOfGroup(inputs, group)) await setHeld(operator, fundId, true);
    for (const mark of group.marks) {
      await session.venue.publishObservation({ ...mark, observedAt: group.at, source: 'replay' });
      session.stack.hurry();
      // One after the other, so that their waves stand in line in scenario order.
      await session.until(
        `mark ${mark.marketId}#${mark.sequence} is looked at`,
        async () => ((await operator.loadMarket(mark.marketId))?.sequenceSeen ?? 0) >= mark.sequence,
      );
    }
  }

  /** Lets the lanes of an instant go on, one after the other, each until it is empty. */
  async finish(group: MarkGroup): Promise<void> {
    const { session, inputs } = this.#replay;
    const { operator } = this.#venue;
    let cases = 0;
    for (const fundId of lanesOfGroup(inputs, group)) {
      await setHeld(operator, fundId, false);
      session.stack.hurry();
      await workLane(this.#venue, fundId, (_wave, worked) => {
        cases += worked.cases.length;
      });
    }
    if (cases > 0) await this.lookBack();
  }

  /** Waits for what the waves before have set off, and counts what it turned. */
  async lookBack(): Promise<void> {
    const { session, inputs, folder } = this.#replay;
    // The pools that the cases changed get their new guards before the next mark: without them they would be looked at, and counted, without need.
    await session.until('all that rang is done', session.isQuiet);
    await countTurns(this.#venue.operator, [...new Set(inputs.fundIds.values())], folder);
  }
}

/**
 * Runs the instants of a replay that are still to come, as the tables say: a run that was ended by anything whatsoever goes on where it stood. Halts and
 * resumes apply before the marks of their time; the next instant comes when all waves of the one before are done. Returns the first instant of this run.
 * Throws `StackStuck` when the engine does not move on.
 */
export const runInstants = async (replay: StackReplay): Promise<number> => {
  const { session, inputs, progress } = replay;
  const { groups, events } = inputs;
  const operator = session.operator(inputs.ruleSet, inputs.fundIds);
  const marketIds = inputs.initial.markets.map(({ terms }) => terms.marketId);
  const markets: MarketState[] = [];
  for (const marketId of marketIds) markets.push(present(await operator.loadMarket(marketId), `market ${marketId} exists`));
  const lanes = await Promise.all(lanesOf(inputs, marketIds).map((fundId) => operator.loadLane(fundId)));
  const { next, isBehind } = placeInReplay(groups, new Map(markets.map((market) => [market.terms.marketId, market])), lanes);
  const depth = await depthFromTables(session.client, session.tables, inputs.fundIds, markets);
  const run = new InstantRun(replay, { session, operator, depthPerMark: inputs.depthPerMark, depth });
  progress(marksIn(groups.slice(0, next)));
  const before = groups[next - 1];
  if (isBehind && before !== undefined) await run.finish(before);
  else await run.lookBack();
  for (const [place, group] of groups.entries()) {
    if (place < next) continue;
    await applyEvents(operator, eventsBetween(events, groups[place - 1]?.at ?? null, group.at));
    await run.publish(group);
    await run.finish(group);
    progress(marksIn(groups.slice(0, place + 1)));
  }
  // A turn that came just before an end is counted by whoever comes next.
  await countTurns(operator, [...new Set(inputs.fundIds.values())], replay.folder);
  return next;
};
