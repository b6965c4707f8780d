import { z } from 'zod';
import { closed, text } from '#rule-sets/schema-primitives.ts';
import type { ReplayDocument } from '../replay/replay-document.ts';
import { figure } from './expected-figure.ts';
import { expectedPlan, transferMembers } from './expected-plan-schema.ts';
import { expectedPool, orderMembers, poolState, sideText, verdictOutcome } from './expected-pool-schema.ts';

/** What a test may expect. Everything is optional: only what is stated is compared. */

const poolId = text.optional().describe('Pool, such as a1#CROSS#USDT; may be left out where only one comes into question.');

const verdict = closed({
  poolId,
  rule: text.describe('Name of a margin rule.'),
  event: text.optional().describe('Event of the rule.'),
  outcome: verdictOutcome.describe('FIRED, SILENT, or ERROR where a fact is missing.'),
});

const shortfallVerdict = closed({
  poolId,
  marketId: text.optional().describe('Market of the leg; may be left out where only one comes into question.'),
  rule: text.describe('Name of a shortfall rule.'),
  outcome: verdictOutcome.describe('FIRED, SILENT, or ERROR where a fact is missing.'),
});

const decision = closed({
  poolId,
  kind: z.enum(['NONE', 'WARN', 'LIQUIDATE', 'REDUCE', 'TAKE_OVER', 'REFUSED']),
  state: poolState.optional(),
});

const order = closed({ poolId: text, ...orderMembers }).partial();

const transfer = closed({ ...transferMembers, marketId: text.describe('Market of the transfer.') }).partial();

const fund = closed({
  fundId: text.describe('Id of the fund.'),
  paid: figure.optional().describe('Σ of what the fund paid over the waves, in its asset.'),
  received: figure.optional().describe('Σ of what the fund received over the waves, in its asset.'),
  balance: figure.optional().describe('At the end, in its asset.'),
});

const residual = closed({
  poolId: text.describe('Pool in liquidation.'),
  marketId: text,
  side: sideText.describe('Side of the position that is still open.'),
  quantity: figure.optional().describe('In contracts.'),
});

const caseState = closed({
  poolId: text.describe('Pool that was liquidated.'),
  state: text.describe('State at the end, such as CLOSED_MARKET, CLOSED_FUND, CLOSED_ADL or ADL_EXHAUSTED.'),
});

const count = z.int().min(0);

const totalMembers = {
  breaches: count.describe('Cases opened.'),
  liquidationOrders: count.describe('Orders with a quantity.'),
  marketFills: count,
  marketFilledQuantity: figure.describe('In contracts.'),
  deleveragingFills: count,
  deleveragedQuantity: figure.describe('In contracts.'),
  deleveragedNotional: figure.describe('At the mark, in the settlement asset.'),
  fundPaid: figure.describe('In the settlement asset.'),
  fundReceived: figure.describe('In the settlement asset.'),
  fundBalance: figure.describe('At the end, in the settlement asset.'),
  haircuts: figure.describe('In the settlement asset.'),
  overshoot: figure.describe('In the settlement asset.'),
  residualQuantity: figure.describe('Of open cases at the end, in contracts.'),
  poolsOpen: count.describe('Pools with a position at the end.'),
  marginBalance: figure.describe('Σ at the end, in the settlement asset.'),
} as const satisfies Readonly<Record<keyof ReplayDocument['totals'], z.ZodType>>;

export const expectationSchema = closed({
  verdicts: z.array(verdict).min(1).optional().describe('Verdicts of margin rules at the marks of the book, found by pool and rule.'),
  shortfallVerdicts: z
    .array(shortfallVerdict)
    .min(1)
    .optional()
    .describe('Verdicts of shortfall rules on what an order left, found by pool, market and rule; of several attempts the first.'),
  decisions: z.array(decision).min(1).optional().describe('Decisions at the marks of the book, found by pool.'),
  orders: z.array(order).optional().describe('All liquidation orders at the marks of the book, in the order `adl assess` prints them.'),
  pools: z.array(expectedPool).min(1).optional().describe('Parts of pools as `adl assess --json` prints them, found by id.'),
  plans: z
    .array(expectedPlan)
    .min(1)
    .optional()
    .describe('Parts of the plans as `adl deleverage --json` prints them, one for each residual of the book, in order.'),
  transfers: z
    .array(transfer)
    .optional()
    .describe('All deleveraging transfers, in order: of the residuals of the book where it has some, else of the waves.'),
  funds: z.array(fund).min(1).optional().describe('Movement of insurance funds over the waves, found by id.'),
  residuals: z.array(residual).optional().describe('All that is still open in liquidation after the waves, in any order.'),
  cases: z
    .array(caseState)
    .optional()
    .describe('States of cases after the waves: of each pool named its cases in order of opening. An empty list: none was opened.'),
  totals: closed(totalMembers).partial().optional().describe('Parts of the totals as `adl replay --json` prints them.'),
});

/** What a test expects, in the words of its file. */
export type Expectation = z.output<typeof expectationSchema>;
