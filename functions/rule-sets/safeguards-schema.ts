import { z } from 'zod';
import type { SafeguardPolicy } from '#core/policy.ts';
import { CONTAINMENT_FIELDS } from './containment-schema.ts';
import { field } from './field-text.ts';
import { closed, durationText, moneyPositive, ratioPositive } from './schema-primitives.ts';

/** One further mark must agree with a quarantined one, and one more: a single bad source that repeats itself is not believed. */
const JUMP_CONFIRMATIONS_DEFAULT = 2;

const throttleSchema = field(
  closed({
    notionalPerMarket: field(moneyPositive, {
      title: 'Notional value per market',
      what: 'Most notional value that may start liquidation per market and interval; the rest waits.',
      unit: 'settlement asset',
      effect:
        'Raise it and a crash is sold into the market at once, moving the mark further. Lower it and pools wait while the mark may run past their bankruptcy price, which the fund pays.',
      examples: ['50000000'],
    }),
    interval: field(durationText, {
      title: 'Interval',
      what: 'Length of the intervals, counted from 1970-01-01T00:00Z.',
      unit: 'ISO 8601 length of time',
      effect: 'Lengthen it and the same amount has to last longer: liquidation is slower. Shorten it and it is faster.',
      examples: ['PT60S'],
    }),
    maximumDelay: field(durationText, {
      title: 'Maximum delay',
      what: 'A pool that waited this long is opened whatever the throttle says.',
      unit: 'ISO 8601 length of time',
      effect: 'Lengthen it and a waiting pool may lose more before it is liquidated. Shorten it and the throttle holds back less.',
      examples: ['PT5M'],
    }),
  }).transform(({ notionalPerMarket, interval, maximumDelay }) => ({ notionalPerMarket, interval, maximumDelay })),
  {
    title: 'Throttle',
    what: 'Bounds how much notional value may start liquidation at once; null for no bound.',
    snippets: [
      {
        label: 'throttle',
        description: 'A bound per market and minute.',
        body: { notionalPerMarket: '$1', interval: 'PT60S', maximumDelay: 'PT5M' },
      },
    ],
  },
);

/** `safeguards.json`: what must hold before a mark is believed and a liquidation starts. Null switches a guard off. */
export const safeguardsSchema = field(
  closed({
    markMaximumAge: field(durationText.nullable(), {
      title: 'Maximum age of a mark',
      what: 'A pool is not judged at a mark older than this; null for any age.',
      unit: 'ISO 8601 length of time',
      effect:
        'Raise it and pools are liquidated at prices that may be gone: wrong liquidations are paid back. Lower it and a slow feed stops liquidation while losses grow.',
      examples: ['PT60S', null],
    }),
    jumpBand: field(ratioPositive.nullable(), {
      title: 'Jump band',
      what: 'A mark further than this from the accepted one is quarantined until others confirm it; null for no band.',
      unit: 'ratio of the accepted mark',
      effect:
        'Raise it and a false print liquidates more pools before anyone asks. Lower it and a true crash is believed later, and the fund pays for the delay.',
      examples: ['0.10', null],
    }),
    jumpConfirmations: field(z.int().min(1).max(100).default(JUMP_CONFIRMATIONS_DEFAULT), {
      title: 'Confirmations of a jump',
      what: `Further marks that must agree with a quarantined one before it is believed. Missing: ${JUMP_CONFIRMATIONS_DEFAULT}.`,
      unit: 'count, 1 to 100',
      effect:
        'Raise it and a source that repeats its error is believed less easily, a true crash later. Lower it and both are believed sooner.',
      examples: [JUMP_CONFIRMATIONS_DEFAULT],
    }),
    indexDivergence: field(ratioPositive.nullable(), {
      title: 'Divergence from the index',
      what: 'A mark further than this from its index is quarantined; null for any distance.',
      unit: 'ratio of the index',
      effect:
        'Raise it and a mark moved by thin trading liquidates pools that the index would spare. Lower it and liquidation stops whenever the market runs ahead of the index.',
      examples: ['0.10', null],
    }),
    throttle: field(throttleSchema.nullable(), {
      title: 'Throttle',
      what: 'Bounds how much notional value may start liquidation at once; null for no bound.',
    }),
    graceAfterHalt: field(durationText.nullable(), {
      title: 'Grace after a halt',
      what: 'After a market resumes, nobody is liquidated in it for this long; null for no grace.',
      unit: 'ISO 8601 length of time',
      effect:
        'Raise it and traders have longer to add margin, while losses may pass their bankruptcy price. Lower it and pools are liquidated at the first mark.',
      examples: ['PT60S', null],
    }),
    ...CONTAINMENT_FIELDS,
  }).transform(
    (guards): SafeguardPolicy => ({
      markMaximumAge: guards.markMaximumAge,
      jumpBand: guards.jumpBand,
      jumpConfirmations: guards.jumpConfirmations,
      indexDivergence: guards.indexDivergence,
      throttle: guards.throttle,
      graceAfterHalt: guards.graceAfterHalt,
      securityToValue: guards.securityToValue,
      volatility: guards.volatility ?? null,
      opening: guards.opening ?? null,
      withdrawalGate: guards.withdrawalGate ?? null,
    }),
  ),
  { title: 'Safeguards', what: 'What must hold before a mark is believed and a liquidation starts. Null switches a guard off.' },
);
