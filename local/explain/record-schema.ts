import { z } from 'zod';
import { USUAL_MARGIN_POLICY } from '#core/market/margin-policy.ts';
import { ZERO } from '#core/units/decimal.ts';
import { ratio } from '#core/units/money.ts';
import { anyDecimal, common, epoch, moneyText, priceText, quantityText, ratioText, reference } from './record-values.ts';
import { safeguardSchema } from './safeguard-schema.ts';

const side = z.enum(['LONG', 'SHORT']);

const tier = z.object({
  index: z.number().int(),
  notionalFloor: moneyText,
  notionalCap: moneyText.nullable(),
  maintenanceMarginRate: ratioText,
  maintenanceAmount: moneyText,
  maximumLeverage: ratioText.nullable(),
});

const marginPolicy = z.object({
  boundary: z.enum(['LOWER_TIER', 'HIGHER_TIER']),
  measuredIn: z.enum(['NOTIONAL', 'CONTRACTS']),
  valuedAt: z.enum(['MARK', 'ENTRY']),
  closingFee: z.enum(['BESIDE_MAINTENANCE', 'IN_MAINTENANCE', 'NONE']),
  openInterestScale: z.object({ lower: moneyText, upper: moneyText }).nullable(),
});

const terms = z.object({
  marketId: z.string(),
  contract: z.enum(['LINEAR', 'INVERSE']),
  multiplier: anyDecimal,
  settlementAsset: z.string(),
  tickSize: priceText,
  lotSize: quantityText,
  takerFeeRate: ratioText,
  tierTable: z.object({
    form: z.enum(['DEDUCTION', 'MARGINAL', 'FLAT']),
    tiers: z.array(tier),
    continuous: z.boolean(),
    maximumRate: ratioText,
    policy: marginPolicy.default(USUAL_MARGIN_POLICY),
  }),
});

/** First line of a record: the law and the terms that every decision in it was taken under. */
export const headSchema = z.object({
  kind: z.literal('RECORD'),
  scenario: z.string(),
  ruleSet: reference,
  law: z.record(z.string(), z.unknown()),
  terms: z.array(terms),
});

/** A pool as decisions recorded it; guards and versions play no part in a judgement. */
const pool = z.object({
  poolId: z.string(),
  accountId: z.string(),
  marginMode: z.enum(['CROSS', 'ISOLATED']),
  settlementAsset: z.string(),
  tags: z.array(z.string()),
  balance: moneyText,
  positions: z.array(z.object({ marketId: z.string(), side, quantity: quantityText, entryValue: moneyText })),
  caseId: z.string().nullable(),
  caseCount: z.number().int(),
  lastReduction: z.object({ rule: z.string(), at: epoch, until: epoch }).nullable().default(null),
});

const verdict = z.object({ rule: z.string(), outcome: z.enum(['FIRED', 'SILENT', 'ERROR']), error: z.string().nullable() });
const marks = z.record(z.string(), priceText);

export const marginSchema = z.object({
  ...common,
  kind: z.literal('MARGIN'),
  poolId: z.string(),
  inputs: z.object({ pool, marks, openInterest: z.record(z.string(), quantityText).optional(), markAgeSeconds: anyDecimal }),
  facts: z.record(z.string(), z.string()),
  verdicts: z.array(verdict),
  choice: z.looseObject({ kind: z.string() }),
});

export const shortfallSchema = z.object({
  ...common,
  kind: z.literal('SHORTFALL'),
  poolId: z.string(),
  caseId: z.string(),
  marketId: z.string(),
  side,
  facts: z.record(z.string(), z.string()),
  verdicts: z.array(verdict),
  choice: z.looseObject({ absorbs: z.boolean(), error: z.string().nullable() }),
  state: z.string(),
});

export const rankingSchema = z.object({ ...common, kind: z.literal('RANKING'), marketId: z.string(), side, pools: z.array(pool), marks });

export const deleveragingSchema = z.object({
  ...common,
  kind: z.literal('DELEVERAGING'),
  poolId: z.string(),
  accountId: z.string(),
  caseId: z.string(),
  marketId: z.string(),
  side,
  rankingId: z.string(),
  inputs: z.object({
    quantity: quantityText,
    bankruptcyValue: moneyText,
    remaining: z.record(z.string(), quantityText),
    tags: z.array(z.string()),
    given: z.record(z.string(), moneyText),
    references: z.object({ mark: priceText, frozenMark: priceText, previousMark: priceText, indexPrice: priceText, lastPrice: priceText }),
    fundAvailable: moneyText,
    asksCounterparties: z.boolean(),
    payers: z.array(
      z.object({ accountId: z.string(), poolId: z.string(), quantity: quantityText, profit: moneyText, marginBalance: moneyText }),
    ),
  }),
  price: priceText.nullable(),
  markPrice: priceText,
  transfers: z.array(z.looseObject({ accountId: z.string(), poolId: z.string() })),
  socializedQuantity: z.string(),
  contributions: z.array(z.looseObject({ poolId: z.string(), amount: z.string() })),
  residualQuantity: z.string(),
  outcome: z.string(),
  budget: z.string(),
  taken: z.string(),
  overshoot: z.string(),
});

const leg = z.object({
  marketId: z.string(),
  side,
  quantityAtOpening: quantityText,
  residualQuantity: quantityText,
  bankruptcyValue: moneyText,
  bankruptcyPrice: priceText.nullable(),
  liquidationFeeRate: ratioText.default(ratio(ZERO)),
  markAtOpening: priceText,
  contributed: moneyText,
  awaitsDeleveraging: z.boolean(),
});

export const openingSchema = z.object({
  ...common,
  kind: z.literal('OPENING'),
  poolId: z.string(),
  caseId: z.string(),
  because: z.string(),
  outcome: z.enum(['OPENED', 'REATTEMPTED', 'TAKEN_OVER', 'CANCELLED', 'DEFERRED']),
  deferral: z.string().nullable(),
  legs: z.array(leg),
  orders: z.array(
    z.object({ marketId: z.string(), positionSide: side, quantity: quantityText, limitPrice: priceText, reserved: moneyText }),
  ),
});

const observation = z.object({
  marketId: z.string(),
  sequence: z.number().int(),
  markPrice: priceText,
  indexPrice: priceText,
  observedAt: epoch,
  openInterest: quantityText.optional(),
});

export const markSchema = z.object({
  ...common,
  kind: z.literal('MARK'),
  observation,
  before: z.object({
    accepted: observation.nullable(),
    pending: z.object({ observation, confirmations: z.number().int() }).nullable(),
    sequenceSeen: z.number().int(),
    average: z.object({ price: priceText, at: epoch }).nullable().default(null),
  }),
  verdict: z.looseObject({ kind: z.string(), reason: z.string().optional(), confirmedJump: z.boolean().optional() }),
});

export const decisionSchema = z.discriminatedUnion('kind', [
  marginSchema,
  shortfallSchema,
  rankingSchema,
  deleveragingSchema,
  openingSchema,
  markSchema,
  safeguardSchema,
]);

export type RecordHead = z.infer<typeof headSchema>;
export type RecordedDecision = z.infer<typeof decisionSchema>;
export type RecordedPool = z.infer<typeof pool>;
