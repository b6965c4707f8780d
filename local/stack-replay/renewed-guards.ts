import type { Guard, Pool } from '#core/account/pool.ts';
import type { LiquidationCase } from '#core/liquidation/liquidation-case.ts';
import type { EpochMs } from '#core/units/time.ts';
import { orderItem } from '#functions/adapters/dynamodb/order-item.ts';
import { getItems } from '#functions/adapters/dynamodb/read-items.ts';
import { judgePool } from '#functions/evaluate-margin/judge-pool.ts';
import { loadPoolMarkets } from '#functions/ports/store-ports.ts';
import type { WorkingVenue } from './work-wave.ts';

/** Deleveraging orders of a case are numbered from 1 as its transfers are. */
const transferOrderIds = ({ caseId, transferCount }: LiquidationCase): readonly string[] =>
  Array.from({ length: transferCount }, (_, nth) => `${caseId}#ADL#${nth + 1}`);

/** The pools that the cases closed and those that they were closed against. */
const changedPoolIds = async ({ session }: WorkingVenue, cases: readonly LiquidationCase[]): Promise<readonly string[]> => {
  const keys = cases.flatMap(transferOrderIds).map((orderId) => ({ orderId }));
  const orders = (await getItems(session.client, session.tables.orders, keys)).map(orderItem.decode);
  const counterparties = orders.flatMap((order) => (order.kind === 'DELEVERAGING' ? [order.poolId] : []));
  return [...new Set([...cases.map(({ poolId }) => poolId), ...counterparties])];
};

const areDue = (guards: readonly Guard[]): boolean => guards.every(({ kind }) => kind === 'DUE');

/** Whether a pool has the guards that its last change left it to get: one that stays due, whatever it is judged as, has them. */
const isRenewed = async ({ operator }: WorkingVenue, pool: Pool, at: EpochMs): Promise<boolean> => {
  if (pool.caseId !== null || pool.positions.length === 0 || !areDue(pool.guards)) return true;
  return areDue((await judgePool(operator.ruleSet, pool, await loadPoolMarkets(operator, pool), at)).guards);
};

/**
 * Waits until the pools that an instant's cases changed have their new guards. A pool without them is looked at on the next mark without need: nothing goes
 * wrong, but it would be counted.
 */
export const guardsRenewed = async (venue: WorkingVenue, waveIds: readonly string[], at: EpochMs): Promise<void> => {
  const { operator, session } = venue;
  for (const waveId of waveIds) {
    for (const poolId of await changedPoolIds(venue, await operator.loadWaveCases(waveId))) {
      await session.watch(`pool ${poolId} gets new guards`, async () => {
        const pool = await operator.loadPool(poolId);
        return pool === null || (await isRenewed(venue, pool, at)) ? true : null;
      });
    }
  }
};
