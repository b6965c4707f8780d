import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { LiquidationOrder } from '#core/liquidation/order.ts';
import type { MarketState } from '#core/market/market-state.ts';
import { waveIdOf } from '#core/wave.ts';
import { observationItem } from '#functions/adapters/dynamodb/observation-item.ts';
import { orderItem } from '#functions/adapters/dynamodb/order-item.ts';
import type { TableNames } from '#functions/adapters/dynamodb/table-names.ts';
import { DepthUse } from '../replay/depth-use.ts';
import { scanItems } from './scan-items.ts';

const filledOrders = async (client: DynamoDBClient, tables: TableNames): Promise<readonly LiquidationOrder[]> =>
  (await scanItems(client, tables.orders))
    .map(orderItem.decode)
    .flatMap((order) => (order.kind === 'LIQUIDATION' && order.filledQuantity.gt(0) ? [order] : []));

type FundIds = ReadonlyMap<string, string>;

/** When the mark of each wave was observed. */
const waveTimes = async (client: DynamoDBClient, tables: TableNames, fundIds: FundIds): Promise<ReadonlyMap<string, number>> => {
  const observations = (await scanItems(client, tables.observations)).map(observationItem.decode);
  return new Map(
    observations.map(({ marketId, sequence, observedAt }) => [waveIdOf(fundIds.get(marketId) ?? '', marketId, sequence), observedAt]),
  );
};

/**
 * The depth that the markets' present marks have given already, as the orders say: whoever starts anew must not give it twice. A fill counts when its
 * wave's mark is not older than the mark of the market it was made in: all marks of an instant are accepted before the first of its waves.
 */
export const depthFromTables = async (
  client: DynamoDBClient,
  tables: TableNames,
  fundIds: FundIds,
  markets: readonly MarketState[],
): Promise<DepthUse> => {
  const depth = new DepthUse();
  const filled = await filledOrders(client, tables);
  if (filled.length === 0) return depth;
  const times = await waveTimes(client, tables, fundIds);
  const byId = new Map(markets.map((market) => [market.terms.marketId, market]));
  for (const order of filled) {
    const market = byId.get(order.marketId);
    const markedAt = market?.accepted?.observedAt;
    const filledAt = times.get(order.wave);
    if (market === undefined || markedAt === undefined || filledAt === undefined || filledAt < markedAt) continue;
    depth.add(market, order.filledQuantity);
  }
  return depth;
};
