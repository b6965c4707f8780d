import { z } from 'zod';
import type { ExecutionPolicy, MarginEvent } from '#core/policy.ts';
import { choices, field } from './field-text.ts';
import { rulesSchema } from './rule-schema.ts';
import { closed, durationText, only, ratioNotNegative, ratioUpToOne } from './schema-primitives.ts';

const EVENT_ERROR = 'expected an event of WARN, REDUCE_TO_TIER, REDUCE_BY_FRACTION, LIQUIDATE, TAKE_OVER';
const NO_PARAMS = 'this event holds `type` only';

const typeOf = <const Type extends string>(type: Type, meaning: string) =>
  field(z.literal(type), { title: `Event ${type}`, what: meaning }).meta({ errorMessage: EVENT_ERROR });

const plainEvent = <const Type extends string>(type: Type, meaning: string) =>
  field(
    closed({ type: typeOf(type, meaning) }, NO_PARAMS).transform(() => ({ type })),
    { title: `Event ${type}`, what: meaning },
  );

const FRACTION_MEANING = 'The fraction of every position is closed: the trader keeps the rest.';

const marginEventSchema: z.ZodType<MarginEvent> = field(
  z.discriminatedUnion(
    'type',
    [
      plainEvent('WARN', 'The pool is shown as warned; no order, no money moves.'),
      plainEvent('REDUCE_TO_TIER', 'Every position above tier 0 is taken down by one tier: the trader keeps the rest.'),
      field(
        closed(
          {
            type: typeOf('REDUCE_BY_FRACTION', FRACTION_MEANING),
            params: field(
              closed({
                fraction: field(ratioUpToOne, {
                  title: 'Fraction',
                  what: 'Share of each quantity that is closed.',
                  unit: 'ratio, above 0 and at most 1',
                  effect: 'Raise it and one step restores more margin and sells more at once. Lower it and more steps may be needed.',
                  examples: ['0.2'],
                }),
              }),
              { title: 'Parameters', what: 'How much is closed.' },
            ),
          },
          'this event holds `type` and `params`',
        ).transform(({ type, params }) => ({ type, fraction: params.fraction })),
        { title: 'Event REDUCE_BY_FRACTION', what: FRACTION_MEANING },
      ),
      plainEvent('LIQUIDATE', 'The whole pool is closed.'),
      plainEvent('TAKE_OVER', 'The insurance fund takes the positions as they are: it owns their further gains and losses.'),
    ],
    { error: EVENT_ERROR },
  ),
  { title: 'Event', what: 'What the rule wants done when it fires.' },
);

const LIMITS = ['FUND_BACKED', 'BANKRUPTCY'] as const;

const LIMIT_MEANINGS = {
  FUND_BACKED: 'The limit reaches past the bankruptcy price by what the fund reserved for the order.',
  BANKRUPTCY: 'The limit is the bankruptcy price; the fund reserves nothing, and what finds no buyer there is deleveraged.',
} as const satisfies Readonly<Record<(typeof LIMITS)[number], string>>;

const OWNERS = ['FUND', 'TRADER'] as const;

const OWNER_MEANINGS = {
  FUND: 'The insurance fund gets it, and has it for the next shortfall.',
  TRADER: 'It stays in the pool of the trader.',
} as const satisfies Readonly<Record<(typeof OWNERS)[number], string>>;

const surplusOwner = choices(OWNERS, (name) => OWNER_MEANINGS[name]);

const executionSchema: z.ZodType<ExecutionPolicy> = field(
  closed({
    limit: field(
      choices(LIMITS, (name) => LIMIT_MEANINGS[name]),
      {
        title: 'Limit',
        what: 'How far the limit of a liquidation order goes.',
        effect: 'FUND_BACKED costs the fund and spares counterparties; BANKRUPTCY spares the fund and deleverages more.',
      },
    ),
    surplus: field(
      closed({
        REDUCE: field(surplusOwner, {
          title: 'Surplus of a reduction',
          what: 'Who gets what a reduction fills better than the bankruptcy price.',
        }),
        LIQUIDATE: field(surplusOwner, {
          title: 'Surplus of a whole close',
          what: 'Who gets what a whole close fills better than the bankruptcy price.',
        }),
      }),
      {
        title: 'Surplus',
        what: 'Who gets what a fill is better than the bankruptcy price.',
        effect: 'To the FUND it fills up the fund out of liquidations; to the TRADER it leaves what the market gave.',
      },
    ),
    liquidationFeeRate: field(ratioNotNegative, {
      title: 'Liquidation fee rate',
      what: 'Share of the filled value that goes to the fund, never more than the surplus over the bankruptcy price.',
      unit: 'ratio of the filled value',
      effect:
        'Raise it by 0.001 and 100,000 of filled value gives the fund up to 100 more, out of the trader’s surplus. Lower it and the trader keeps more of it.',
      examples: ['0', '0.005'],
    }),
    recovery: field(only('MAINTENANCE', 'recovery'), {
      title: 'Recovery',
      what: 'A pool has recovered once it meets its maintenance margin again. The only choice of this version.',
    }),
    cancelOrdersFirst: field(z.boolean(), {
      title: 'Cancel orders first',
      what: 'Whether the venue is told to cancel the open orders of the account before a liquidation order.',
      effect: 'With true no open order can grow the position while it is closed; with false the liquidation order goes out sooner.',
      examples: [true, false],
    }),
    orderTimeToLive: field(durationText, {
      title: 'Time to live of an order',
      what: 'How long a liquidation order may stay open; what is unfilled then is the residual.',
      unit: 'ISO 8601 length of time',
      effect:
        'Lengthen it and the market has longer to take the position, while the mark may run away. Shorten it and more is deleveraged.',
      examples: ['PT10S'],
    }),
  }).transform(({ limit, surplus, liquidationFeeRate, recovery, cancelOrdersFirst, orderTimeToLive }) => ({
    limit,
    surplus: { REDUCE: surplus.REDUCE, LIQUIDATE: surplus.LIQUIDATE },
    liquidationFeeRate,
    recovery,
    cancelOrdersFirst,
    orderTimeToLive,
  })),
  { title: 'Execution', what: 'How liquidation orders are sent, and whose their surplus is.' },
);

/** `margin.rules.json`: when a pool is warned, reduced, liquidated or taken over, and how its orders are sent. */
export const marginRulesSchema = field(
  closed({
    rules: rulesSchema('margin', marginEventSchema),
    execution: executionSchema,
  }),
  { title: 'Margin rules', what: 'When a margin pool is warned, reduced, liquidated or taken over, and how its orders are sent.' },
);
