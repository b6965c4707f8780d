import type { MarginChoice } from '#core/liquidation/decide-margin.ts';
import type { ReductionEvent } from '#core/liquidation/reduction-policy.ts';
import { type Attribute, oneOf } from './attribute.ts';
import { nullable, variants } from './composite-attribute.ts';
import { id, words } from './key-attributes.ts';
import { REDUCTION_MEMBERS } from './reduction-attribute.ts';

const size: Attribute<ReductionEvent> = variants<ReductionEvent, 'type'>('type', REDUCTION_MEMBERS, oneOf);

/** What the engine chose to do with a pool. */
export const marginChoice: Attribute<MarginChoice> = variants<MarginChoice, 'kind'>(
  'kind',
  {
    NONE: {},
    WARN: { rule: id },
    REDUCE: { rule: id, size },
    LIQUIDATE: { rule: nullable(id) },
    TAKE_OVER: { rule: id },
    REFUSED: { reason: words },
  },
  oneOf,
);
