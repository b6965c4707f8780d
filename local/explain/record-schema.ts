import { z } from 'zod';
import { type Decimal, decimal } from '#core/units/decimal.ts';
import { money, price, quantity, ratio } from '#core/units/money.ts';
import { epochMs } from '#core/units/time.ts';

/** A decimal as a record writes it: of any length, never with an exponent. */
const anyDecimal = z
  .string()
  .regex(/^-?\d+(\.\d+)?$/)
  .transform((text): Decimal => decimal(text));

const unsigned = /^\d+(\.\d+)?$/;
const positive = /^(?=.*[1-9])\d+(\.\d+)?$/;

const moneyText = anyDecimal.transform(money);
const priceText = z
  .string()
  .regex(positive)
  .transform((text) => price(decimal(text)));
const quantityText = z
  .string()
  .regex(unsigned)
  .transform((text) => quantity(decimal(text)));
const ratioText = anyDecimal.transform(ratio);
const side = z.enum(['LONG', 'SHORT']);

/** Latest time that the calendar has. */
const TIME_MS_MAX = 8_640_000_000_000_000;
const epoch = z.int().min(0).max(TIME_MS_MAX).transform(epochMs);

const tier = z.object({
  index: z.number().int(),
  notionalFloor: moneyText,
  notionalCap: moneyText.nullable(),
  maintenanceMarginRate: ratioText,
  maintenanceAmount: moneyText,
  maximumLeverage: ratioText.nullable(),
});

const terms = z.object({
  marketId: z.string(),
  contract: z.literal('LINEAR'),
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
  }),
});

const reference = z.object({ id: z.string(), version: z.string(), hash: z.string() });

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
});

const verdict = z.object({ rule: z.string(), outcome: z.enum(['FIRED', 'SILENT', 'ERROR']), error: z.string().nullable() });
const common = { decisionId: z.string(), at: epoch, waveId: z.string(), ruleSet: reference };
const marks = z.record(z.string(), priceText);

export const marginSchema = z.object({
  ...common,
  kind: z.literal('MARGIN'),
  poolId: z.string(),
  inputs: z.object({ pool, marks, markAgeSeconds: anyDecimal }),
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
  inputs: z.object({ quantity: quantityText, bankruptcyValue: moneyText, remaining: z.record(z.string(), quantityText) }),
  price: priceText.nullable(),
  markPrice: priceText,
  transfers: z.array(z.looseObject({ accountId: z.string(), poolId: z.string() })),
  residualQuantity: z.string(),
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
});

export const markSchema = z.object({
  ...common,
  kind: z.literal('MARK'),
  observation,
  before: z.object({
    accepted: observation.nullable(),
    pending: z.object({ observation, confirmations: z.number().int() }).nullable(),
    sequenceSeen: z.number().int(),
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
]);

export type RecordHead = z.infer<typeof headSchema>;
export type RecordedDecision = z.infer<typeof decisionSchema>;
export type RecordedPool = z.infer<typeof pool>;
