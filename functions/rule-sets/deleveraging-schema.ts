import { z } from 'zod';
import type { DeleveragingPolicy } from '#core/policy.ts';
import { closed, idText, only } from './schema-primitives.ts';

const weight = z.int().min(-4).max(4);

const rankingSchema = closed({
  formula: only('PROFIT_TIMES_LEVERAGE', 'ranking formula').describe(
    'score = pnlRatio^a · effectiveLeverage^b; the highest is next in line.',
  ),
  weights: closed({
    pnlRatio: weight.describe('Exponent a, −4…4.'),
    effectiveLeverage: weight.describe('Exponent b, −4…4.'),
  }),
  losers: z
    .enum(['DIVIDE', 'FLOOR_AT_ZERO', 'EXCLUDE'])
    .describe('Counterparties without profit. DIVIDE: pnlRatio ÷ effectiveLeverage. FLOOR_AT_ZERO: score 0. EXCLUDE: not asked.'),
  tieBreak: z.array(only('accountId', 'tie break')).max(1).describe('Decides between equal scores; `poolId` always decides last.'),
}).transform(({ formula, weights, losers, tieBreak }) => ({
  formula,
  weights: { pnlRatio: weights.pnlRatio, effectiveLeverage: weights.effectiveLeverage },
  losers,
  tieBreak,
}));

/** `deleveraging.json`: who takes a residual, how much of it and at which price. */
export const deleveragingSchema = closed({
  ranking: rankingSchema,
  allocation: only('QUEUE', 'allocation').describe('From the head of the ranking, each as much as it holds.'),
  severity: closed({ kind: only('FULL', 'severity').describe('The whole residual is deleveraged at once.') }).transform(({ kind }) => ({
    kind,
  })),
  settlementPrice: only('BANKRUPTCY', 'settlement price').describe('Counterparties close at the bankruptcy price of the residual.'),
  exclude: closed({ tags: z.array(idText).describe('Accounts with one of these tags are never counterparties.') }).transform(
    ({ tags }) => ({ tags }),
  ),
  indicator: closed({
    kind: only('CUMULATIVE_QUANTITY', 'indicator').describe('Place in the queue by cumulative quantity.'),
    steps: z.int().min(1).max(100).describe('Lights of the indicator; the highest is next in line.'),
  }).transform(({ kind, steps }) => ({ kind, steps })),
})
  .transform(
    ({ ranking, allocation, severity, settlementPrice, exclude, indicator }): DeleveragingPolicy => ({
      ranking,
      allocation,
      severity,
      settlementPrice,
      exclude,
      indicator,
    }),
  )
  .meta({ title: 'Deleveraging', description: 'Who takes a residual, how much of it and at which price.' });
