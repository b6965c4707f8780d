import { z } from 'zod';
import { typeOf, WITH_PARAMS } from './event-form.ts';
import { field } from './field-text.ts';
import { closed, durationText, moneyNotNegative, moneyPositive, ratioPositive, ratioUpToOne } from './schema-primitives.ts';

/** Steps of a reduction and shares of a grid at most: more than any table of tiers needs. */
export const STEPS_MAX = 100;

/** The fraction of a position that a reduction closes. */
export const closedFraction = field(ratioUpToOne, {
  title: 'Fraction',
  what: 'Share of each quantity that is closed.',
  unit: 'ratio, above 0 and at most 1',
  effect: 'Raise it and one step restores more margin and sells more at once. Lower it and more steps may be needed.',
  examples: ['0.2'],
});

const EQUAL_MEANING = 'The same share of every position is closed: the smallest of a grid that is enough.';

export const equalEvent = field(
  closed(
    {
      type: typeOf('REDUCE_EQUALLY', EQUAL_MEANING),
      params: field(
        closed({
          shares: field(z.array(ratioUpToOne).min(1).max(STEPS_MAX), {
            title: 'Shares',
            what: 'The grid: shares of each quantity, of which the smallest that is enough is closed, else the largest.',
            unit: 'ratios, above 0 and at most 1',
            effect: 'Raise the steps between them and more is sold than is needed. Lower them and less is.',
            examples: [['0.2', '0.4', '0.6', '0.8', '1']],
          }),
          marginRatioBelow: field(ratioPositive, {
            title: 'Margin ratio below',
            what: 'A share is enough when the margin ratio after it, fee included, is below this.',
            unit: 'ratio',
            effect: 'Raise it and less is closed, nearer to the next breach. Lower it and more is sold at once.',
            examples: ['0.9'],
          }),
        }),
        { title: 'Parameters', what: 'The grid, and when a share is enough.' },
      ),
    },
    WITH_PARAMS,
  ).transform(({ type, params }) => ({ type, shares: params.shares, marginRatioBelow: params.marginRatioBelow })),
  { title: 'Event REDUCE_EQUALLY', what: EQUAL_MEANING },
);

const PORTION_MEANING = 'A portion of every position is closed in each interval, bounded per position and per pool.';

export const portionEvent = field(
  closed(
    {
      type: typeOf('REDUCE_BY_PORTION', PORTION_MEANING),
      params: field(
        closed({
          fraction: closedFraction,
          minimumNotional: field(moneyNotNegative, {
            title: 'Minimum notional value',
            what: 'Of each position at least this much is closed, a smaller one whole.',
            unit: 'settlement asset',
            effect: 'Raise it and small positions are gone in fewer intervals. Lower it and they take longer.',
            examples: ['1000'],
          }),
          maximumNotional: field(moneyPositive, {
            title: 'Maximum notional value',
            what: 'All positions of the pool together give at most this much in an interval.',
            unit: 'settlement asset',
            effect: 'Raise it and a large pool is sold faster, at more cost of the market. Lower it and its losses may outrun the sale.',
            examples: ['100000'],
          }),
          interval: field(durationText, {
            title: 'Interval',
            what: 'Length of the intervals, counted from 1970-01-01T00:00Z; a pool is reduced once in each.',
            unit: 'ISO 8601 length of time',
            effect: 'Lengthen it and pools are reduced more slowly. Shorten it and they are reduced faster.',
            examples: ['PT1S'],
          }),
        }),
        { title: 'Parameters', what: 'How much is closed in an interval.' },
      ),
    },
    WITH_PARAMS,
  ).transform(({ type, params: { fraction: part, minimumNotional, maximumNotional, interval } }) => ({
    type,
    fraction: part,
    minimumNotional,
    maximumNotional,
    interval,
  })),
  { title: 'Event REDUCE_BY_PORTION', what: PORTION_MEANING },
);
