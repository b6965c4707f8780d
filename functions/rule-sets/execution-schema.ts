import { z } from 'zod';
import type { CancelScope } from '#core/liquidation/reduction-policy.ts';
import type { ExecutionPolicy } from '#core/policy.ts';
import { ZERO } from '#core/units/decimal.ts';
import { ratio } from '#core/units/money.ts';
import { choices, field } from './field-text.ts';
import { crossBankruptcySchema, fillableSchema, limitMismatch, limitSchema } from './limit-schema.ts';
import { feeBasisSchema } from './liquidation-fee-schema.ts';
import { recoveryBufferSchema, recoveryMismatch, recoverySchema } from './recovery-schema.ts';
import { closed, durationText, ratioNotNegative } from './schema-primitives.ts';

const OWNERS = ['FUND', 'TRADER'] as const;

const OWNER_MEANINGS = {
  FUND: 'The insurance fund gets it, and has it for the next shortfall.',
  TRADER: 'It stays in the pool of the trader.',
} as const satisfies Readonly<Record<(typeof OWNERS)[number], string>>;

const surplusOwner = choices(OWNERS, (name) => OWNER_MEANINGS[name]);

const LEG_ORDERS = ['MARKET', 'LARGEST_NOTIONAL', 'LARGEST_LOSS', 'LARGEST_MAINTENANCE'] as const;

const LEG_ORDER_MEANINGS = {
  MARKET: 'By market id, LONG before SHORT.',
  LARGEST_NOTIONAL: 'The largest notional value at the mark first.',
  LARGEST_LOSS: 'The largest unrealized loss first.',
  LARGEST_MAINTENANCE: 'The largest maintenance margin first: what frees most of it.',
} as const satisfies Readonly<Record<(typeof LEG_ORDERS)[number], string>>;

const AT_ONCE = ['ALL', 'ONE'] as const;

const AT_ONCE_MEANINGS = {
  ALL: 'All positions that are to be closed, in one case.',
  ONE: 'The first position alone; the pool is judged again at the next mark. An insolvent pool and a takeover take all.',
} as const satisfies Readonly<Record<(typeof AT_ONCE)[number], string>>;

const legsSchema = field(
  closed({
    order: field(
      choices(LEG_ORDERS, (name) => LEG_ORDER_MEANINGS[name]),
      { title: 'Order', what: 'Which position of a pool is closed first; it is the first that the fund backs.' },
    ),
    atOnce: field(
      choices(AT_ONCE, (name) => AT_ONCE_MEANINGS[name]),
      {
        title: 'At once',
        what: 'How many positions one case closes.',
        effect: 'ALL ends the danger in one step; ONE may spare the trader the rest, and takes a mark for each.',
      },
    ),
  })
    .transform(({ order, atOnce }) => ({ order, atOnce }))
    .optional(),
  {
    title: 'Legs',
    what: 'In which order the positions of a pool are closed, and how many at once. Missing: all, by market.',
    default: { order: 'MARKET', atOnce: 'ALL' },
  },
);

const SCOPES = ['ALL', 'MARKET', 'NONE'] as const;

const SCOPE_MEANINGS = {
  ALL: 'Every open order of the account.',
  MARKET: 'Its open orders in the markets that are closed.',
  NONE: 'None.',
} as const satisfies Readonly<Record<(typeof SCOPES)[number], string>>;

const SCOPE_ERROR = 'expected true, false, "ALL", "MARKET" or "NONE"';

const scopeOf = (written: boolean | CancelScope): CancelScope => {
  if (typeof written !== 'boolean') return written;
  return written ? 'MARKET' : 'NONE';
};

/** `execution` of `margin.rules.json`: how liquidation orders are sent, what they cost and when a pool has recovered. */
export const executionSchema: z.ZodType<ExecutionPolicy> = field(
  closed({
    limit: limitSchema,
    fillable: fillableSchema,
    crossBankruptcyPrice: crossBankruptcySchema,
    surplus: field(
      closed({
        REDUCE: field(surplusOwner, {
          title: 'Surplus of a reduction',
          what: 'Who gets what orders of a `REDUCE_…` event fill better than the bankruptcy price, also where they close the whole position.',
        }),
        LIQUIDATE: field(surplusOwner, {
          title: 'Surplus of a whole close',
          what: 'Who gets what orders of a `LIQUIDATE` event fill better than the bankruptcy price.',
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
      what: 'Share of the filled value, or of what `liquidationFeeBasis` says, that goes to the fund; never more than the surplus over the bankruptcy price.',
      unit: 'ratio of the filled value',
      effect:
        'Raise it by 0.001 and 100,000 of filled value gives the fund up to 100 more, out of the trader’s surplus. Lower it and the trader keeps more of it.',
      examples: ['0', '0.005'],
    }),
    liquidationFeeBasis: feeBasisSchema,
    concessionRate: field(ratioNotNegative.optional(), {
      title: 'Concession rate',
      what: 'How much worse than the mark a reduction is reckoned to fill when its size is worked out. Missing: 0.',
      unit: 'ratio of the filled value',
      effect: 'Raise it and reductions to a recovery margin are larger. Lower it and a worse fill leaves the pool short of its margin.',
      default: '0',
      examples: ['0', '0.01'],
    }),
    recovery: recoverySchema,
    recoveryBuffer: recoveryBufferSchema,
    legs: legsSchema,
    cancelOrdersFirst: field(z.union([z.boolean(), choices(SCOPES, (name) => SCOPE_MEANINGS[name])], { error: SCOPE_ERROR }), {
      title: 'Cancel orders first',
      what: 'Which open orders of the account the venue is told to cancel before a liquidation order; true is MARKET, false is NONE.',
      effect: 'With ALL or MARKET no open order can grow the position while it is closed; with NONE the liquidation order goes out sooner.',
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
  })
    .superRefine((execution, context) => {
      const message = recoveryMismatch(execution.recovery, execution.recoveryBuffer ?? null);
      if (message !== null) context.addIssue({ code: 'custom', path: ['recoveryBuffer'], message });
      const ofLimit = limitMismatch(execution.limit, execution.fillable ?? null);
      if (ofLimit !== null) context.addIssue({ code: 'custom', path: ['fillable'], message: ofLimit });
    })
    .transform(
      (execution): ExecutionPolicy => ({
        limit: execution.limit,
        fillable: execution.fillable ?? null,
        crossBankruptcyPrice: execution.crossBankruptcyPrice ?? 'ZERO_PRICE',
        surplus: { REDUCE: execution.surplus.REDUCE, LIQUIDATE: execution.surplus.LIQUIDATE },
        liquidationFeeRate: execution.liquidationFeeRate,
        liquidationFeeBasis: execution.liquidationFeeBasis ?? { kind: 'FILLED_VALUE' },
        concessionRate: execution.concessionRate ?? ratio(ZERO),
        recovery: execution.recovery,
        recoveryBuffer: execution.recoveryBuffer ?? null,
        legs: execution.legs ?? { order: 'MARKET', atOnce: 'ALL' },
        cancelOrdersFirst: scopeOf(execution.cancelOrdersFirst),
        orderTimeToLive: execution.orderTimeToLive,
      }),
    ),
  { title: 'Execution', what: 'How liquidation orders are sent, and whose their surplus is.' },
);
