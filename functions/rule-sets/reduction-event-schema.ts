import { z } from 'zod';
import { ZERO } from '#core/units/decimal.ts';
import { money } from '#core/units/money.ts';
import { typeOf, WITH_PARAMS } from './event-form.ts';
import { choices, field } from './field-text.ts';
import { closed, durationText, moneyNotNegative } from './schema-primitives.ts';
import { closedFraction, STEPS_MAX } from './share-event-schema.ts';

const TIER_MEANING = 'Every position above tier 0 is taken down by one tier, or by `tiers`: the trader keeps the rest.';

export const tierEvent = field(
  closed(
    {
      type: typeOf('REDUCE_TO_TIER', TIER_MEANING),
      params: field(
        closed({
          tiers: field(z.int().min(1).max(STEPS_MAX), {
            title: 'Tiers',
            what: 'By how many tiers a position goes down, at most to the lowest.',
            unit: `count, 1 to ${STEPS_MAX}`,
            effect: 'Raise it and one step sells more and restores more margin. Lower it and more steps may be needed.',
            examples: [1, 2],
          }),
        }).optional(),
        { title: 'Parameters', what: 'How far down. Missing: one tier.', default: { tiers: 1 } },
      ),
    },
    WITH_PARAMS,
  ).transform(({ type, params }) => ({ type, tiers: params?.tiers ?? 1 })),
  { title: 'Event REDUCE_TO_TIER', what: TIER_MEANING },
);

const MEANWHILE = ['CLOSE_ALL', 'WAIT'] as const;

const MEANWHILE_MEANINGS = {
  CLOSE_ALL: 'Within the cooldown whole positions are closed; once it is over, the next order is a first part again.',
  WAIT: 'Within the cooldown nothing is sent; a pool that is still in breach after it closes whole.',
} as const satisfies Readonly<Record<(typeof MEANWHILE)[number], string>>;

const cooldown = field(
  closed({
    notionalAbove: field(moneyNotNegative, {
      title: 'Notional value above',
      what: 'Positions worth more than this are closed by the fraction first; smaller ones whole.',
      unit: 'settlement asset',
      effect: 'Raise it and more positions are sold at once. Lower it and more are sold in parts, while the mark may run on.',
      examples: ['100000'],
    }),
    length: field(durationText, {
      title: 'Length',
      what: 'How long the cooldown after a first part lasts.',
      unit: 'ISO 8601 length of time',
      effect:
        'Lengthen it and under WAIT a pool has longer to recover, and to lose more; under CLOSE_ALL more is closed whole. Shorten it for the reverse.',
      examples: ['PT30S'],
    }),
    meanwhile: field(
      choices(MEANWHILE, (name) => MEANWHILE_MEANINGS[name]),
      {
        title: 'Meanwhile',
        what: 'What follows a first part.',
        effect: 'CLOSE_ALL sells the rest at the next mark in breach; WAIT gives the trader and the market the cooldown.',
      },
    ),
  }).transform(({ notionalAbove, length, meanwhile }) => ({ notionalAbove, length, meanwhile })),
  {
    title: 'Cooldown',
    what: 'The fraction is a first part, then everything is closed; null: the same fraction at every mark in breach.',
    default: null,
    snippets: [
      {
        label: 'cooldown',
        description: 'A first part of large positions, then all.',
        body: { notionalAbove: '100000', length: 'PT30S', meanwhile: 'CLOSE_ALL' },
      },
    ],
  },
);

const FRACTION_MEANING = 'The fraction of every position is closed: the trader keeps the rest.';

export const fractionEvent = field(
  closed(
    {
      type: typeOf('REDUCE_BY_FRACTION', FRACTION_MEANING),
      params: field(
        closed({
          fraction: closedFraction,
          cooldown: cooldown.nullable().optional().meta({ title: 'Cooldown', description: cooldown.description }),
        }),
        {
          title: 'Parameters',
          what: 'How much is closed.',
        },
      ),
    },
    WITH_PARAMS,
  ).transform(({ type, params }) => ({ type, fraction: params.fraction, cooldown: params.cooldown ?? null })),
  { title: 'Event REDUCE_BY_FRACTION', what: FRACTION_MEANING },
);

const RECOVERY_MEANING = 'As little is closed as brings the pool to its recovery margin: the trader keeps the rest.';

const minimum = (title: string, of: string, example: string) =>
  field(moneyNotNegative.optional(), {
    title,
    what: `Where ${of} is below this, the whole position is closed. Missing: 0, never.`,
    unit: 'settlement asset',
    effect: 'Raise it and more small rests are closed whole instead of in parts. Lower it and more small orders are sent.',
    default: '0',
    examples: [example],
  });

export const recoveryEvent = field(
  closed(
    {
      type: typeOf('REDUCE_TO_RECOVERY', RECOVERY_MEANING),
      params: field(
        closed({
          minimumShortage: minimum('Minimum shortage', 'what the pool lacks to its recovery margin', '50'),
          minimumNotional: minimum('Minimum notional value', 'the value of the position', '50'),
        }).optional(),
        { title: 'Parameters', what: 'What is too small for a part. Missing: nothing is.', default: {} },
      ),
    },
    WITH_PARAMS,
  ).transform(({ type, params }) => ({
    type,
    minimumShortage: params?.minimumShortage ?? money(ZERO),
    minimumNotional: params?.minimumNotional ?? money(ZERO),
  })),
  { title: 'Event REDUCE_TO_RECOVERY', what: RECOVERY_MEANING },
);
