import { z } from 'zod';
import type { ExecutionPolicy, MarginEvent } from '#core/policy.ts';
import { rulesSchema } from './rule-schema.ts';
import { closed, durationText, only, ratioNotNegative, ratioUpToOne } from './schema-primitives.ts';

const EVENT_ERROR = 'expected an event of WARN, REDUCE_TO_TIER, REDUCE_BY_FRACTION, LIQUIDATE, TAKE_OVER';
const NO_PARAMS = 'this event holds `type` only';

const plainEvent = <const Type extends string>(type: Type, meaning: string) =>
  closed({ type: z.literal(type).describe(meaning) }, NO_PARAMS).transform(() => ({ type }));

const marginEventSchema: z.ZodType<MarginEvent> = z.discriminatedUnion(
  'type',
  [
    plainEvent('WARN', 'The pool is shown as warned; no order.'),
    plainEvent('REDUCE_TO_TIER', 'Every position above tier 0 is taken down by one tier.'),
    closed(
      {
        type: z.literal('REDUCE_BY_FRACTION').describe('The fraction of every position is closed.'),
        params: closed({ fraction: ratioUpToOne.describe('Share of each quantity, above 0 and at most 1.') }),
      },
      'this event holds `type` and `params`',
    ).transform(({ type, params }) => ({ type, fraction: params.fraction })),
    plainEvent('LIQUIDATE', 'The whole pool is closed.'),
    plainEvent('TAKE_OVER', 'The insurance fund takes the positions as they are.'),
  ],
  { error: EVENT_ERROR },
);

const surplusOwner = z.enum(['FUND', 'TRADER']);

const executionSchema: z.ZodType<ExecutionPolicy> = closed({
  limit: z
    .enum(['FUND_BACKED', 'BANKRUPTCY'])
    .describe('FUND_BACKED: the limit reaches past the bankruptcy price by what the fund reserved. BANKRUPTCY: the fund reserves nothing.'),
  surplus: closed({
    REDUCE: surplusOwner.describe('Who gets what a reduction fills better than the bankruptcy price.'),
    LIQUIDATE: surplusOwner.describe('Who gets what a whole close fills better than the bankruptcy price.'),
  }),
  liquidationFeeRate: ratioNotNegative.describe(
    'Of the filled value, to the fund, never more than the surplus over the bankruptcy price. Ratio.',
  ),
  recovery: only('MAINTENANCE', 'recovery').describe('A pool has recovered once it meets its maintenance margin again.'),
  cancelOrdersFirst: z.boolean().describe('Whether the venue is told to cancel the open orders of the account before a liquidation order.'),
  orderTimeToLive: durationText.describe('How long a liquidation order may stay open. ISO 8601.'),
}).transform(({ limit, surplus, liquidationFeeRate, recovery, cancelOrdersFirst, orderTimeToLive }) => ({
  limit,
  surplus: { REDUCE: surplus.REDUCE, LIQUIDATE: surplus.LIQUIDATE },
  liquidationFeeRate,
  recovery,
  cancelOrdersFirst,
  orderTimeToLive,
}));

/** `margin.rules.json`: when a pool is warned, reduced, liquidated or taken over, and how its orders are sent. */
export const marginRulesSchema = closed({
  rules: rulesSchema('margin', marginEventSchema),
  execution: executionSchema,
}).meta({
  title: 'Margin rules',
  description: 'When a margin pool is warned, reduced, liquidated or taken over, and how its orders are sent.',
});
