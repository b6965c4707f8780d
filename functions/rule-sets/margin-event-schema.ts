import { z } from 'zod';
import type { MarginEvent } from '#core/policy.ts';
import { EVENT_ERROR, plainEvent } from './event-form.ts';
import { field } from './field-text.ts';
import { fractionEvent, recoveryEvent, tierEvent } from './reduction-event-schema.ts';
import { equalEvent, portionEvent } from './share-event-schema.ts';

/** What a margin rule may want done. */
export const marginEventSchema: z.ZodType<MarginEvent> = field(
  z.discriminatedUnion(
    'type',
    [
      plainEvent('WARN', 'The pool is shown as warned; no order, no money moves.'),
      tierEvent,
      fractionEvent,
      equalEvent,
      portionEvent,
      recoveryEvent,
      plainEvent('LIQUIDATE', 'The whole pool is closed.'),
      plainEvent('TAKE_OVER', 'The insurance fund takes the positions as they are: it owns their further gains and losses.'),
    ],
    { error: EVENT_ERROR },
  ),
  { title: 'Event', what: 'What the rule wants done when it fires.' },
);
