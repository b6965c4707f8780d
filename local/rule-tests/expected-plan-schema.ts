import { z } from 'zod';
import { closed, text } from '#rule-sets/schema-primitives.ts';
import type { DeleverageDocument } from '../documents/deleverage-document.ts';
import { figure, figureOrNull } from './expected-figure.ts';
import { sideText } from './expected-pool-schema.ts';

type PlanDocument = DeleverageDocument['plans'][number];
type Members<Document> = Readonly<Record<keyof Document, z.ZodType>>;

const rankedMembers = {
  accountId: text,
  poolId: text,
  score: figureOrNull.describe('Score of the ranking; null where there is none.'),
  pnlRatio: figure.describe('Unrealized PnL per entry value.'),
  effectiveLeverage: figureOrNull.describe('Notional value per margin balance of the pool; null at or below zero balance.'),
  quantity: figure.describe('Held, in contracts.'),
  indicator: z.int().describe('5 for the next in line; 0 for a place that is not eligible.'),
  eligible: z.boolean(),
  reason: text.nullable().describe('Why the place is not eligible; null where it is.'),
  factors: z.record(z.string(), figureOrNull).describe('What a chosen formula ranked by, by name; null where it is undefined.'),
} as const satisfies Members<PlanDocument['ranking'][number]>;

/** What a transfer of a deleveraging may be compared in. */
export const transferMembers = {
  accountId: text.describe('Account of the counterparty.'),
  poolId: text.describe('Pool of the counterparty.'),
  quantity: figure.describe('Taken from the counterparty, in contracts.'),
  price: figure.describe('Settlement price, quote per base unit.'),
  realizedPnl: figure.describe('Of the counterparty, in the settlement asset.'),
  haircut: figure.describe('What the counterparty gives up against the mark, in the settlement asset; negative when it receives.'),
} as const satisfies Members<PlanDocument['transfers'][number]>;

const planMembers = {
  marketId: text,
  side: sideText.describe("The bankrupt position's side."),
  quantity: figure.describe('To be deleveraged, in contracts.'),
  settlementPrice: figure.describe('Quote per base unit.'),
  ranking: z
    .array(closed(rankedMembers).partial())
    .describe('Counterparties from the best place down; the list may end before the ranking does.'),
  transfers: z.array(closed(transferMembers).partial()).describe('All transfers, in order; of each what is stated is compared.'),
  residualQuantity: figure.describe('What nobody takes, in contracts.'),
  budget: figure.describe('What is needed, in the settlement asset.'),
  taken: figure.describe('What counterparties give up, in the settlement asset.'),
  overshoot: figure.describe('taken − budget, in the settlement asset.'),
  outcome: z
    .enum(['COVERED', 'LIMITED_BY_SEVERITY', 'LIMITED_BY_FUND', 'INFEASIBLE'])
    .describe('Why the rest stays; not there where the severity is FULL and the price BANKRUPTCY.'),
  fundCost: figure.describe('What the fund pays, in the settlement asset; there where `outcome` is.'),
  policy: closed({ ranking: text, allocation: text, settlementPrice: text }).partial(),
} as const satisfies Members<PlanDocument>;

/** Part of a plan as `adl deleverage --json` prints it. */
export const expectedPlan = closed(planMembers).partial();
