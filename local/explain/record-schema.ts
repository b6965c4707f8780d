import { z } from 'zod';
import { type Decimal, decimal } from '#core/units/decimal.ts';
import { money, price, quantity, ratio } from '#core/units/money.ts';
import { epochMs } from '#core/units/time.ts';

/** A decimal as a record writes it: of any length, never with an exponent. */
const anyDecimal = z
  .string()
  .regex(/^-?\d+(\.\d+)?$/)
  .transform((text): Decimal => decimal(text));

const moneyText = anyDecimal.transform(money);
const priceText = anyDecimal.transform(price);
const quantityText = anyDecimal.transform(quantity);
const ratioText = anyDecimal.transform(ratio);
const side = z.enum(['LONG', 'SHORT']);
const epoch = z.number().int().transform(epochMs);

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
  transfers: z.array(z.object({ accountId: z.string(), poolId: z.string(), quantity: z.string(), haircut: z.string() })),
  residualQuantity: z.string(),
});

export const openingSchema = z.object({
  ...common,
  kind: z.literal('OPENING'),
  poolId: z.string(),
  caseId: z.string(),
  because: z.string(),
  outcome: z.string(),
  deferral: z.string().nullable(),
  orders: z.array(
    z.object({ marketId: z.string(), positionSide: side, quantity: z.string(), limitPrice: z.string(), reserved: z.string() }),
  ),
});

export const markSchema = z.object({
  ...common,
  kind: z.literal('MARK'),
  observation: z.object({ marketId: z.string(), sequence: z.number(), markPrice: z.string(), indexPrice: z.string() }),
  verdict: z.looseObject({ kind: z.string(), reason: z.string().optional() }),
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
