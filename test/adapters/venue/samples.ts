import type { NewPool } from '#core/account/change-pool.ts';
import { crossPoolId, dueGuards, type Pool } from '#core/account/pool.ts';
import type { Position } from '#core/account/position.ts';
import type { CancelInstruction, Fill, LiquidationOrder } from '#core/liquidation/order.ts';
import type { Side } from '#core/market/side.ts';
import { decimal, ZERO } from '#core/units/decimal.ts';
import { type Money, money, type Price, price, type Quantity, quantity } from '#core/units/money.ts';
import { epochMs } from '#core/units/time.ts';
import type { Patience } from '#functions/adapters/dynamodb/patience.ts';

/** Tries as often as told and does not wait. */
export const HURRY: Patience = { attemptsMax: 3, pause: async () => {} };

export const amountOf = (text: string): Money => money(decimal(text));
export const priceOf = (text: string): Price => price(decimal(text));
export const contractsOf = (text: string): Quantity => quantity(decimal(text));

export const fillOf = (contracts: string, at: string): Fill => ({ quantity: contractsOf(contracts), price: priceOf(at) });

export const positionOf = (marketId: string, side: Side, contracts = '2', entryValue = '200'): Position => ({
  marketId,
  side,
  quantity: contractsOf(contracts),
  entryValue: amountOf(entryValue),
});

export const OPENING: NewPool = {
  poolId: crossPoolId('a1', 'USDT'),
  accountId: 'a1',
  marginMode: 'CROSS',
  settlementAsset: 'USDT',
  tags: [],
  balance: amountOf('1000'),
  positions: [positionOf('BTC-USDT', 'LONG')],
};

/** A pool at rest, as the venue loads it: the engine has issued its guard. */
export const poolOf = (changes: Partial<Pool> = {}): Pool => ({
  ...OPENING,
  guards: [{ kind: 'INTERVAL', marketId: 'BTC-USDT', below: priceOf('40'), above: null }],
  caseId: null,
  caseCount: 0,
  deferredSince: null,
  lastReduction: null,
  version: 7,
  lastWriter: 'EVALUATE',
  ...changes,
});

/** The pool as the venue leaves it. */
export const bookedPool = (changes: Partial<Pool>): Pool => {
  const pool = poolOf({ version: 8, lastWriter: 'VENUE', ...changes });
  return { ...pool, guards: dueGuards(pool) };
};

export const orderOf = (changes: Partial<LiquidationOrder> = {}): LiquidationOrder => ({
  orderId: 'a1#CROSS#USDT#1#BTC-USDT#LONG#1',
  caseId: 'a1#CROSS#USDT#1',
  poolId: 'a1#CROSS#USDT',
  kind: 'LIQUIDATION',
  wave: 'usdt#BTC-USDT#42',
  marketId: 'BTC-USDT',
  positionSide: 'LONG',
  side: 'SELL',
  quantity: contractsOf('2'),
  limitPrice: priceOf('39.5'),
  reserved: amountOf('12.5'),
  fundId: 'usdt',
  expiresAt: epochMs(1_760_130_010_000),
  status: 'NEW',
  fillSequence: 0,
  filledQuantity: quantity(ZERO),
  fills: [],
  version: 1,
  lastWriter: 'OPEN',
  ...changes,
});

export const INSTRUCTION: CancelInstruction = {
  orderId: 'a1#CROSS#USDT#1#CANCEL#1',
  caseId: 'a1#CROSS#USDT#1',
  kind: 'CANCEL_ORDERS',
  accountId: 'a1',
  marketIds: ['BTC-USDT'],
  status: 'NEW',
  version: 1,
  lastWriter: 'OPEN',
};
