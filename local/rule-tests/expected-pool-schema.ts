import { z } from 'zod';
import { closed, text } from '#rule-sets/schema-primitives.ts';
import type { AssessDocument } from '../documents/assess-document.ts';
import { figure, figureOrNull } from './expected-figure.ts';

type PoolDocument = AssessDocument['pools'][number];
type PositionDocument = PoolDocument['positions'][number];
type OrderDocument = PoolDocument['decision']['orders'][number];
type Members<Document> = Readonly<Record<keyof Document, z.ZodType>>;

export const sideText = z.enum(['LONG', 'SHORT']);
export const verdictOutcome = z.enum(['FIRED', 'SILENT', 'ERROR']);

/** What an order of a book's assessment may be compared in. */
export const orderMembers = {
  marketId: text.describe('Market of the order.'),
  side: z.enum(['BUY', 'SELL']).describe('Side of the order: SELL closes a LONG.'),
  quantity: figure.describe('In contracts.'),
  limitPrice: figure.describe('On the tick, quote per base unit.'),
} as const satisfies Members<OrderDocument>;

const positionMembers = {
  marketId: text.describe('Market of the position.'),
  side: sideText,
  quantity: figure.describe('In contracts.'),
  notionalValue: figure.describe('At the mark, in the settlement asset.'),
  unrealizedPnl: figure.describe('At the mark, in the settlement asset.'),
  maintenanceMargin: figure.describe('In the settlement asset.'),
  maintenanceMarginRate: figure.describe('Of its tier, a ratio.'),
  maintenanceAmount: figure.describe('Of its tier, in the settlement asset.'),
  maximumLeverage: figureOrNull.describe('Of its tier; null where the tier states none.'),
  initialMargin: figureOrNull.describe('In the settlement asset; null where the tier states no leverage.'),
  liquidationPrice: figureOrNull.describe('Quote per base unit; null where no mark liquidates the position.'),
  bankruptcyPrice: figureOrNull.describe('Quote per base unit; null where there is none.'),
} as const satisfies Members<PositionDocument>;

const verdictMembers = {
  rule: text.describe('Name of a margin rule.'),
  event: text.describe('Event of the rule.'),
  outcome: verdictOutcome,
} as const satisfies Members<PoolDocument['verdicts'][number]>;

const decisionMembers = {
  kind: z.enum(['NONE', 'WARN', 'LIQUIDATE', 'REDUCE', 'TAKE_OVER', 'REFUSED']).describe('What the rule set does with the pool.'),
  orders: z.array(closed(orderMembers).partial()).describe('All orders of the pool, in order; of each what is stated is compared.'),
} as const satisfies Members<PoolDocument['decision']>;

export const poolState = z.enum(['SAFE', 'WARNED', 'LIQUIDATABLE', 'INSOLVENT']);

const poolMembers = {
  poolId: text.describe('Id of the pool, such as a1#CROSS#USDT or a1#ISOLATED#BTC-USDT#LONG.'),
  accountId: text.describe('Its account.'),
  marginMode: z.enum(['CROSS', 'ISOLATED']),
  settlementAsset: text.describe('Asset of its margin.'),
  marginBalance: figure.describe('Wallet balance or isolated margin + Σ unrealized PnL, in the settlement asset.'),
  maintenanceMargin: figure.describe('Σ of the positions, in the settlement asset.'),
  marginExcess: figure.describe('marginBalance − maintenanceMargin − Σ notional value · taker fee rate, in the settlement asset.'),
  marginRatio: figureOrNull.describe('A ratio; null at or below zero balance.'),
  state: poolState.describe('State of the pool at the marks of the book.'),
  positions: z
    .array(closed(positionMembers).partial().required({ marketId: true, side: true }))
    .describe('Positions to compare, found by market and side.'),
  verdicts: z.array(closed(verdictMembers).partial().required({ rule: true })).describe('Verdicts to compare, found by rule.'),
  decision: closed(decisionMembers).partial().describe('What the rule set does with the pool.'),
} as const satisfies Members<PoolDocument>;

/** Part of a pool as `adl assess --json` prints it; its id says which pool is meant. */
export const expectedPool = closed(poolMembers).partial().required({ poolId: true });
