import type { Recovery, RecoveryBuffer } from '#core/liquidation/reduction-policy.ts';
import { choices, field } from './field-text.ts';
import { closed, ratioPositive } from './schema-primitives.ts';

const RECOVERIES = ['MAINTENANCE', 'BUFFER', 'INITIAL'] as const;

const RECOVERY_MEANINGS = {
  MAINTENANCE: 'The pool meets its maintenance margin; the rules alone say when a liquidation ends.',
  BUFFER: 'It meets its maintenance margin and the buffer beside it.',
  INITIAL: 'It meets its initial margin, where the tiers state a leverage; else its maintenance margin.',
} as const satisfies Readonly<Record<(typeof RECOVERIES)[number], string>>;

export const recoverySchema = field(
  choices(RECOVERIES, (name) => RECOVERY_MEANINGS[name]),
  {
    title: 'Recovery',
    what: 'When a pool in liquidation has recovered: how far a reduction to recovery goes, and until when a liquidation that began goes on.',
    effect: 'A higher margin closes more of the trader’s position at once; a lower one may breach again at the next mark.',
    examples: ['MAINTENANCE'],
  },
);

const BASES = ['MAINTENANCE_MARGIN', 'NOTIONAL_VALUE'] as const;

const BASIS_MEANINGS = {
  MAINTENANCE_MARGIN: 'The buffer is a share of the maintenance margin.',
  NOTIONAL_VALUE: 'The buffer is a share of the notional value.',
} as const satisfies Readonly<Record<(typeof BASES)[number], string>>;

export const recoveryBufferSchema = field(
  closed({
    of: field(
      choices(BASES, (name) => BASIS_MEANINGS[name]),
      { title: 'Of', what: 'What the buffer is a share of.' },
    ),
    ratio: field(ratioPositive, {
      title: 'Ratio',
      what: 'How much more than the maintenance margin a pool needs to have recovered.',
      unit: 'ratio of what `of` says',
      effect: 'Raise it and a liquidation closes more, and breaches again less soon. Lower it for the reverse.',
      examples: ['0.02'],
    }),
  })
    .transform(({ of, ratio }) => ({ of, ratio }))
    .nullable()
    .optional(),
  { title: 'Buffer of the recovery', what: 'Given with the recovery BUFFER, with no other.', default: null },
);

/** Why recovery and buffer do not go together; null when they do. */
export const recoveryMismatch = (recovery: Recovery, buffer: RecoveryBuffer | null): string | null => {
  if (recovery === 'BUFFER' && buffer === null) return 'expected a buffer, which the recovery "BUFFER" needs';
  return recovery !== 'BUFFER' && buffer !== null ? `the recovery "${recovery}" has no buffer` : null;
};
