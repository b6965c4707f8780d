import type { Lane } from '#core/lane.ts';
import type { MarketState } from '#core/market/market-state.ts';
import type { MarkGroup } from '../mark-path.ts';

/** Where the tables say that a replay stands. */
export interface ReplayPlace {
  /** The first instant that is not published whole; the number of instants when all are. */
  readonly next: number;
  /** Whether waves of the instant before it still stand in line: they are worked off before anything is published. */
  readonly isBehind: boolean;
}

const isSeen = (group: MarkGroup, markets: ReadonlyMap<string, MarketState>): boolean =>
  group.marks.every(({ marketId, sequence }) => (markets.get(marketId)?.sequenceSeen ?? 0) >= sequence);

const belongsTo = (group: MarkGroup | undefined, wave: { readonly marketId: string; readonly sequence: number }): boolean =>
  group?.marks.some(({ marketId, sequence }) => marketId === wave.marketId && sequence === wave.sequence) === true;

/**
 * Finds the place from the books alone, after whatever end the run before came to. An instant of several marks is published under hold: as long as it is
 * not whole, what stands in line is its own and stays held; anything else in line is of the instant before, which was whole, and goes on.
 */
export const placeInReplay = (
  groups: readonly MarkGroup[],
  markets: ReadonlyMap<string, MarketState>,
  lanes: readonly Lane[],
): ReplayPlace => {
  const unseen = groups.findIndex((group) => !isSeen(group, markets));
  const next = unseen < 0 ? groups.length : unseen;
  const waves = lanes.flatMap((lane) => lane.waves);
  const isEnded = next === groups.length && lanes.some(({ held }) => held);
  return { next, isBehind: isEnded || waves.some((wave) => !belongsTo(groups[next], wave)) };
};
