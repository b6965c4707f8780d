import { z } from 'zod';
import type { CountedPlaces, IndicatorPolicy } from '#core/adl/ranking/ranking-policy.ts';
import { choices, field } from './field-text.ts';
import { closed, ratioBelowOne } from './schema-primitives.ts';

const KIND_ERROR = 'expected an indicator of CUMULATIVE_QUANTITY, RANK_QUANTILE, COUNT_THRESHOLDS';

const KIND_MEANINGS = {
  CUMULATIVE_QUANTITY: 'Place in the queue by cumulative quantity, in equal steps.',
  RANK_QUANTILE: 'Place in the queue by rank per number of places, in equal steps.',
  COUNT_THRESHOLDS: 'Grades by rank: 0 to as many as there are thresholds, the highest next in line.',
} as const satisfies Readonly<Record<IndicatorPolicy['kind'], string>>;

const kind = <const Name extends IndicatorPolicy['kind']>(name: Name) =>
  field(z.literal(name), { title: 'Kind', what: KIND_MEANINGS[name] }).meta({ errorMessage: KIND_ERROR });

const steps = field(z.int().min(1).max(100), {
  title: 'Steps',
  what: 'Lights of the indicator that traders see; all of them lit is next in line.',
  unit: 'count, 1 to 100',
  effect: 'Raise it and traders see their place more finely. Moves no money.',
  examples: [5],
});

const PLACES = ['ELIGIBLE', 'SCORED'] as const satisfies readonly CountedPlaces[];

const PLACES_MEANINGS: Readonly<Record<CountedPlaces, string>> = {
  ELIGIBLE: 'Only those that may be asked.',
  SCORED: 'Also those that are spared for want of profit or of a positive score: they are graded, never asked.',
};

const THRESHOLDS_MAX = 20;

/** `indicator` of `deleveraging.json`. */
export const indicatorSchema: z.ZodType<IndicatorPolicy> = field(
  z.discriminatedUnion(
    'kind',
    [
      closed({ kind: kind('CUMULATIVE_QUANTITY'), steps }).transform((given) => ({ kind: given.kind, steps: given.steps })),
      closed({ kind: kind('RANK_QUANTILE'), steps }).transform((given) => ({ kind: given.kind, steps: given.steps })),
      closed({
        kind: kind('COUNT_THRESHOLDS'),
        thresholds: field(
          z
            .array(
              field(ratioBelowOne, {
                title: 'Threshold',
                what: 'Share of the places, counted from the last in line, from which on the next grade is shown.',
                unit: 'ratio of the number of places, between 0 and 1',
                effect: 'Raise it and fewer traders see the grades above it. Moves no money.',
                examples: ['0.5', '0.95'],
              }),
            )
            .min(1)
            .max(THRESHOLDS_MAX),
          { title: 'Thresholds', what: 'Where the grades begin.', examples: [['0.5', '0.73', '0.87', '0.95']] },
        ),
        among: field(
          choices(PLACES, (name) => PLACES_MEANINGS[name]),
          { title: 'Among', what: 'Whose places are counted.' },
        ),
      }).transform((given) => ({ kind: given.kind, thresholds: given.thresholds, among: given.among })),
    ],
    { error: KIND_ERROR },
  ),
  { title: 'Indicator', what: 'How traders are shown their place in the queue.' },
);
