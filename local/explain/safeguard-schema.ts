import { z } from 'zod';
import { anyDecimal, common, epoch, moneyText } from './record-values.ts';

const band = z.enum(['GREEN', 'AMBER', 'RED']);

/** What a safeguard did by itself. */
export const safeguardSchema = z.object({
  ...common,
  kind: z.literal('SAFEGUARD'),
  event: z.discriminatedUnion('subject', [
    z.object({
      subject: z.literal('FUND'),
      fundId: z.string(),
      events: z.array(z.object({ kind: z.string(), cause: z.enum(['RATE', 'BALANCE']), marketId: z.string().nullable() })),
      balance: moneyText,
      reserved: moneyText,
      peak: moneyText,
    }),
    z.object({
      subject: z.literal('MARKET'),
      marketId: z.string(),
      before: band,
      band,
      ratio: anyDecimal.nullable(),
      status: z.string(),
    }),
    z.object({ subject: z.literal('WITHDRAWALS'), asset: z.string(), poolId: z.string(), closedUntil: epoch }),
  ]),
});
