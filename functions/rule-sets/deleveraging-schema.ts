import { z } from 'zod';
import type { DeleveragingPolicy } from '#core/policy.ts';
import { choices, field } from './field-text.ts';
import { closed, idText, only } from './schema-primitives.ts';

const LOSERS = ['DIVIDE', 'FLOOR_AT_ZERO', 'EXCLUDE'] as const;

const LOSERS_MEANINGS = {
  DIVIDE: 'Asked last, by pnlRatio ÷ effectiveLeverage: small losses at high leverage first.',
  FLOOR_AT_ZERO: 'Asked last, all with score 0: the tie break decides among them.',
  EXCLUDE: 'Never asked. A residual that no winner can take stays open.',
} as const satisfies Readonly<Record<(typeof LOSERS)[number], string>>;

/** Exponents beyond this would let one factor decide alone, and leave the range that scores are exact in. */
const WEIGHT_MAX = 4;

const weight = z.int().min(-WEIGHT_MAX).max(WEIGHT_MAX);

const weightsSchema = field(
  closed({
    pnlRatio: field(weight, {
      title: 'Weight of the PnL ratio',
      what: 'Exponent a of pnlRatio, the profit per entry value, in the score.',
      unit: 'whole number, −4 to 4',
      effect: 'Raise it and those with the largest gains give up positions first. At 0 gains do not count; below 0 small gains go first.',
      examples: [1],
    }),
    effectiveLeverage: field(weight, {
      title: 'Weight of the effective leverage',
      what: 'Exponent b of effectiveLeverage, the position’s notional value per margin balance of its pool, in the score.',
      unit: 'whole number, −4 to 4',
      effect:
        'Raise it and those with the thinnest margin give up positions first. At 0 leverage does not count; below 0 the best covered go first.',
      examples: [1],
    }),
  }),
  { title: 'Weights', what: 'How much each factor counts in the score: integer exponents.' },
);

const rankingSchema = field(
  closed({
    formula: field(only('PROFIT_TIMES_LEVERAGE', 'ranking formula'), {
      title: 'Formula',
      what: 'score = pnlRatio^a · effectiveLeverage^b; the highest is next in line. The only choice of this version.',
    }),
    weights: weightsSchema,
    losers: field(
      choices(LOSERS, (name) => LOSERS_MEANINGS[name]),
      {
        title: 'Counterparties without profit',
        what: 'Whether and in which order they are asked.',
        effect: 'EXCLUDE spares them and lets more residuals stay open; the others find a counterparty more often.',
      },
    ),
    tieBreak: field(z.array(only('accountId', 'tie break')).max(1), {
      title: 'Tie break',
      what: 'Decides between equal scores, in order; `poolId` always decides last.',
      examples: [['accountId'], []],
    }),
  }).transform(({ formula, weights, losers, tieBreak }) => ({
    formula,
    weights: { pnlRatio: weights.pnlRatio, effectiveLeverage: weights.effectiveLeverage },
    losers,
    tieBreak,
  })),
  { title: 'Ranking', what: 'Who is asked first.' },
);

const severitySchema = field(
  closed({
    kind: field(only('FULL', 'severity'), {
      title: 'Kind',
      what: 'The whole residual is deleveraged at once. The only choice of this version.',
    }),
  }).transform(({ kind }) => ({ kind })),
  { title: 'Severity', what: 'How much of a residual is deleveraged.' },
);

const excludeSchema = field(
  closed({
    tags: field(z.array(field(idText, { title: 'Tag', what: 'A tag of accounts, as the book has it.', examples: ['market-maker'] })), {
      title: 'Tags',
      what: 'Accounts with one of these tags are never counterparties.',
      effect: 'Each tag shelters its accounts; all others stand nearer to the head of the queue, and residuals may find nobody.',
      examples: [[]],
    }),
  }).transform(({ tags }) => ({ tags })),
  { title: 'Exclude', what: 'Who is never asked.' },
);

const indicatorSchema = field(
  closed({
    kind: field(only('CUMULATIVE_QUANTITY', 'indicator'), {
      title: 'Kind',
      what: 'Place in the queue by cumulative quantity. The only choice of this version.',
    }),
    steps: field(z.int().min(1).max(100), {
      title: 'Steps',
      what: 'Lights of the indicator that traders see; all of them lit is next in line.',
      unit: 'count, 1 to 100',
      effect: 'Raise it and traders see their place more finely. Moves no money.',
      examples: [5],
    }),
  }).transform(({ kind, steps }) => ({ kind, steps })),
  { title: 'Indicator', what: 'How traders are shown their place in the queue.' },
);

/** `deleveraging.json`: who takes a residual, how much of it and at which price. */
export const deleveragingSchema = field(
  closed({
    ranking: rankingSchema,
    allocation: field(only('QUEUE', 'allocation'), {
      title: 'Allocation',
      what: 'From the head of the ranking, each as much as it holds. The only choice of this version.',
    }),
    severity: severitySchema,
    settlementPrice: field(only('BANKRUPTCY', 'settlement price'), {
      title: 'Settlement price',
      what: 'Counterparties close at the bankruptcy price of the residual: they give up what the mark is better. The only choice of this version.',
    }),
    exclude: excludeSchema,
    indicator: indicatorSchema,
  }).transform(
    ({ ranking, allocation, severity, settlementPrice, exclude, indicator }): DeleveragingPolicy => ({
      ranking,
      allocation,
      severity,
      settlementPrice,
      exclude,
      indicator,
    }),
  ),
  { title: 'Deleveraging', what: 'Who takes a residual, how much of it and at which price.' },
);
