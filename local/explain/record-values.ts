import { z } from 'zod';
import { type Decimal, decimal } from '#core/units/decimal.ts';
import { money, price, quantity, ratio } from '#core/units/money.ts';
import { epochMs } from '#core/units/time.ts';

/** A decimal as a record writes it: of any length, never with an exponent. */
export const anyDecimal = z
  .string()
  .regex(/^-?\d+(\.\d+)?$/)
  .transform((text): Decimal => decimal(text));

const unsigned = /^\d+(\.\d+)?$/;
const positive = /^(?=.*[1-9])\d+(\.\d+)?$/;

export const moneyText = anyDecimal.transform(money);
export const priceText = z
  .string()
  .regex(positive)
  .transform((text) => price(decimal(text)));
export const quantityText = z
  .string()
  .regex(unsigned)
  .transform((text) => quantity(decimal(text)));
export const ratioText = anyDecimal.transform(ratio);

/** Latest time that the calendar has. */
const TIME_MS_MAX = 8_640_000_000_000_000;
export const epoch = z.int().min(0).max(TIME_MS_MAX).transform(epochMs);

export const reference = z.object({ id: z.string(), version: z.string(), hash: z.string() });

/** What every decision of a record has. */
export const common = { decisionId: z.string(), at: epoch, waveId: z.string(), ruleSet: reference };
