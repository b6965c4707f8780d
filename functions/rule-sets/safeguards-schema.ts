import { z } from 'zod';
import type { SafeguardPolicy } from '#core/policy.ts';
import { closed, durationText, moneyPositive, ratioPositive } from './schema-primitives.ts';

/** One further mark must agree with a quarantined one, and one more: a single bad source that repeats itself is not believed. */
const JUMP_CONFIRMATIONS_DEFAULT = 2;

const throttleSchema = closed({
  notionalPerMarket: moneyPositive.describe('Most notional value that may start liquidation per market and interval. Settlement asset.'),
  interval: durationText.describe('Length of the intervals, counted from 1970-01-01T00:00Z. ISO 8601.'),
  maximumDelay: durationText.describe('A pool that waited this long is opened whatever the throttle says. ISO 8601.'),
}).transform(({ notionalPerMarket, interval, maximumDelay }) => ({ notionalPerMarket, interval, maximumDelay }));

/** `safeguards.json`: what must hold before a mark is believed and a liquidation starts. Null switches a guard off. */
export const safeguardsSchema = closed({
  markMaximumAge: durationText.nullable().describe('A pool is not judged at a mark older than this. ISO 8601.'),
  jumpBand: ratioPositive.nullable().describe('A mark further than this from the accepted one is quarantined. Ratio of the accepted mark.'),
  jumpConfirmations: z
    .int()
    .min(1)
    .max(100)
    .default(JUMP_CONFIRMATIONS_DEFAULT)
    .describe('Further marks that must agree with a quarantined one. Count.'),
  indexDivergence: ratioPositive.nullable().describe('A mark further than this from its index is quarantined. Ratio of the index.'),
  throttle: throttleSchema.nullable().describe('Bounds how much notional value may start liquidation at once.'),
  graceAfterHalt: durationText.nullable().describe('After a market resumes, nobody is liquidated in it for this long. ISO 8601.'),
  securityToValue: z
    .null({ error: 'expected null: the security-to-value guard is not part of this version' })
    .describe('Always null in this version.'),
})
  .transform(
    (guards): SafeguardPolicy => ({
      markMaximumAge: guards.markMaximumAge,
      jumpBand: guards.jumpBand,
      jumpConfirmations: guards.jumpConfirmations,
      indexDivergence: guards.indexDivergence,
      throttle: guards.throttle,
      graceAfterHalt: guards.graceAfterHalt,
    }),
  )
  .meta({
    title: 'Safeguards',
    description: 'What must hold before a mark is believed and a liquidation starts. Null switches a guard off.',
  });
