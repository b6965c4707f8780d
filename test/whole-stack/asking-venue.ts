import { crossPoolId, isolatedPoolId, type Pool, positionIn } from '#core/account/pool.ts';
import type { Position } from '#core/account/position.ts';
import { present } from '#core/invariant.ts';
import { tradeRefusal, withdrawableAt } from '#core/margin/ask-trade.ts';
import type { Side } from '#core/market/side.ts';
import { decimal, ZERO } from '#core/units/decimal.ts';
import { money, quantity } from '#core/units/money.ts';
import type { PoolAnswer } from '#functions/adapters/venue/change-pools.ts';
import type { VenueClient } from '#functions/adapters/venue/venue-client.ts';
import type { ReplayInputs } from '#local/replay/run-replay.ts';
import type { MemoryTables } from '#local/store/memory-tables.ts';

/** Positions of a pool after so many contracts more, such as `LONG 10 AAA`, at a mark of 100. */
const withMore = (pool: Pool, trade: string): readonly Position[] => {
  const [sideText, contracts = '', marketId = ''] = trade.split(' ');
  const side: Side = sideText === 'LONG' ? 'LONG' : 'SHORT';
  const held = positionIn(pool, marketId, side);
  const more = decimal(contracts);
  const position: Position = {
    marketId,
    side,
    quantity: quantity(more.plus(held?.quantity ?? ZERO)),
    entryValue: money(more.times(100).plus(held?.entryValue ?? ZERO)),
  };
  return [...pool.positions.filter((each) => each !== held), position];
};

/** The other side of a trade. */
const oppositeOf = (trade: string): string => (trade.startsWith('LONG') ? trade.replace('LONG', 'SHORT') : trade.replace('SHORT', 'LONG'));

/** Asks the tables of a replay in one process what a venue would ask: a refusal, an amount, or `-` for no refusal. */
export const askedInProcess = (tables: MemoryTables, { ruleSet }: ReplayInputs, poolId: string, asks: string): string => {
  const policy = ruleSet.safeguards.opening;
  const pool = present(tables.Pools.get(poolId), poolId);
  const markets = [...tables.Markets.values()];
  if (asks === 'WITHDRAW') return withdrawableAt(pool, markets, policy)?.toFixed() ?? '-';
  const after = { ...pool, positions: withMore(pool, asks) };
  const ids = after.positions.map(({ marketId, side }) => isolatedPoolId(pool.accountId, marketId, side));
  const others = [crossPoolId(pool.accountId, pool.settlementAsset), ...ids].filter((id) => id !== poolId);
  const found = others.map((id) => tables.Pools.get(id)).filter((each) => each !== undefined);
  return tradeRefusal({ before: pool, after, others: found, markets }, present(policy, 'a law that asks')) ?? '-';
};

/** Asks the client, which reads the stack's tables. */
export const askedOnStack = async (client: VenueClient, { ruleSet }: ReplayInputs, poolId: string, asks: string): Promise<string> => {
  const ruleSetId = ruleSet.reference.id;
  const pool = present(await client.loadPool(poolId), poolId);
  if (asks === 'WITHDRAW') return (await client.askWithdrawal({ ruleSetId, pool }))?.toFixed() ?? '-';
  const change = { kind: 'TRADE', balance: pool.balance, positions: withMore(pool, asks) } as const;
  return (await client.askTrade({ ruleSetId, pool, change })) ?? '-';
};

const MAKER = 'maker#CROSS#USDT';

/** Books a trade with `maker` on the other side, as both pools stand. CONFLICT where the engine has just given one of them its guards. */
export const bookTrade = async (client: VenueClient, poolId: string, trade: string): Promise<PoolAnswer> => {
  const [pool, maker] = [present(await client.loadPool(poolId), poolId), present(await client.loadPool(MAKER), MAKER)];
  const bookingOf = (each: Pool, asks: string) =>
    ({ pool: each, change: { kind: 'TRADE', balance: each.balance, positions: withMore(each, asks) } }) as const;
  return client.changePools([bookingOf(pool, trade), bookingOf(maker, oppositeOf(trade))]);
};
