import type { Guard, Pool } from '#core/account/pool.ts';
import { holdsMarket } from '#core/account/pool.ts';
import { isCrossed } from '#core/margin/guards.ts';
import type { MarketState } from '#core/market/market-state.ts';
import { byCodeUnits } from '#core/ordering.ts';
import type { Price } from '#core/units/money.ts';
import { crossedRows, dueRows, type HintTable, removeHints } from './hint-index.ts';
import { type HintRow, hintRowsOf, rowsBeyond } from './hint-rows.ts';

/** What the lookup reads with; all reads are strong. */
export interface EndangeredSource {
  readonly hints: HintTable;
  readonly loadMarket: (marketId: string) => Promise<MarketState | null>;
  readonly loadPools: (poolIds: readonly string[]) => Promise<readonly Pool[]>;
}

/** Whether the guard has its pool looked at in the wave of `marketId`; one of a market whose mark did not move only where it is due there. */
const calls = (guard: Guard, marks: ReadonlyMap<string, Price>, marketId: string): boolean => {
  if (guard.kind === 'DUE') return guard.marketId === marketId;
  const mark = marks.get(guard.marketId);
  return mark !== undefined && isCrossed(guard, mark);
};

const marksOf = async (source: EndangeredSource, marketIds: readonly string[]): Promise<ReadonlyMap<string, Price>> => {
  const marks = new Map<string, Price>();
  for (const marketId of new Set(marketIds)) {
    const mark = (await source.loadMarket(marketId))?.accepted?.markPrice;
    if (mark !== undefined) marks.set(marketId, mark);
  }
  return marks;
};

/** Rows found that their pool does not have: of a writer who crashed, or of a pool that went on. None of its versions up to this one needs them. */
export const staleRows = (rows: readonly HintRow[], pools: readonly Pool[]): readonly HintRow[] => {
  const versions = new Map(pools.map((pool) => [pool.poolId, pool.version]));
  const known = rows.filter((row) => versions.has(row.poolId));
  return rowsBeyond(known, pools.flatMap(hintRowsOf)).map((row) => ({ ...row, poolVersion: versions.get(row.poolId) ?? 0 }));
};

/**
 * Pools that hold `marketId` and that accepted marks of `movedMarketIds` may endanger, by `poolId`; what is read grows with what is endangered, not with
 * the book.
 *
 * Whoever renews guards puts their rows before the due ones go, so due rows are read first: a pool on its way from due to guarded is seen on one side.
 * A guard that is missed all the same is crossed by the next mark as well: rows are found by where the mark is, not by its passing.
 */
export const loadEndangered = async (
  source: EndangeredSource,
  marketId: string,
  movedMarketIds: readonly string[],
): Promise<readonly Pool[]> => {
  const marks = await marksOf(source, movedMarketIds);
  const rows: HintRow[] = [...(await dueRows(source.hints, marketId))];
  for (const [moved, mark] of marks) rows.push(...(await crossedRows(source.hints, moved, mark)));
  const pools = await source.loadPools([...new Set(rows.map((row) => row.poolId))]);
  await removeHints(source.hints, staleRows(rows, pools));
  return pools
    .filter((pool) => holdsMarket(pool, marketId) && pool.guards.some((guard) => calls(guard, marks, marketId)))
    .sort((a, b) => byCodeUnits(a.poolId, b.poolId));
};
