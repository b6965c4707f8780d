import { type Pool, positionIn } from '#core/account/pool.ts';
import type { Write } from '#core/commit.ts';
import { floorOf, reservedTotal } from '#core/insurance/fund-limits.ts';
import type { FundState } from '#core/insurance/fund-state.ts';
import { isLive, type LiquidationCase, mayFollow } from '#core/liquidation/liquidation-case.ts';
import type { MarketState } from '#core/market/market-state.ts';
import type { MemoryTables } from '../store/memory-tables.ts';

const poolFaults = (before: Pool | undefined, after: Pool): readonly string[] => {
  if (before === undefined) return [`pool \`${after.poolId}\` appeared from nowhere`];
  const grown = after.positions.filter((position) => {
    const held = positionIn(before, position.marketId, position.side);
    return held === undefined || position.quantity.gt(held.quantity);
  });
  const faults = grown.map(({ marketId, side }) => `pool \`${after.poolId}\`: ${side} ${marketId} grew or flipped`);
  const swapped = before.caseId !== null && after.caseId !== null && before.caseId !== after.caseId;
  return swapped ? [...faults, `pool \`${after.poolId}\` went from one live case to another`] : faults;
};

const fundFaults = (before: FundState | undefined, after: FundState): readonly string[] => {
  const floor = floorOf(after.policy);
  const fell = before !== undefined && after.balance.lt(before.balance);
  const faults = fell && after.balance.lt(floor) ? [`fund \`${after.fundId}\` passed below its floor`] : [];
  const reserved = reservedTotal(after);
  const overbooked = reserved.gt(0) && after.balance.minus(reserved).lt(floor);
  return overbooked ? [...faults, `fund \`${after.fundId}\` reserved more than it has above its floor`] : faults;
};

const caseFaults = (
  tables: MemoryTables,
  before: LiquidationCase | undefined,
  after: LiquidationCase,
  writes: readonly Write[],
): readonly string[] => {
  if (before !== undefined && !mayFollow(before.state, after.state))
    return [`case \`${after.caseId}\` went from ${before.state} to ${after.state}`];
  const written = writes.flatMap((write) => (write.table === 'Pools' && write.item.poolId === after.poolId ? [write.item] : []));
  const pool = written.at(-1) ?? tables.Pools.get(after.poolId);
  const holds = pool?.caseId === after.caseId;
  return holds === isLive(after.state) ? [] : [`case \`${after.caseId}\` in ${after.state} and the lock of its pool disagree`];
};

const marketFaults = (before: MarketState | undefined, after: MarketState): readonly string[] =>
  before !== undefined && (after.sequenceSeen < before.sequenceSeen || after.watchedSequence < before.watchedSequence)
    ? [`market \`${after.terms.marketId}\`: a sequence went back`]
    : [];

/** What one written item may not do, whatever the journal says. */
const itemFaults = (tables: MemoryTables, write: Write, writes: readonly Write[]): readonly string[] => {
  switch (write.table) {
    case 'Pools':
      return poolFaults(tables.Pools.get(write.item.poolId), write.item);
    case 'Funds':
      return fundFaults(tables.Funds.get(write.item.fundId), write.item);
    case 'Cases':
      return caseFaults(tables, tables.Cases.get(write.item.caseId), write.item, writes);
    case 'Markets':
      return marketFaults(tables.Markets.get(write.item.terms.marketId), write.item);
    default:
      return [];
  }
};

/** Positions only shrink, nobody flips, funds keep their floor, cases take legal steps and hold exactly one pool each, sequences grow. */
export const itemsFaults = (tables: MemoryTables, writes: readonly Write[]): readonly string[] =>
  writes.flatMap((write) => itemFaults(tables, write, writes));
