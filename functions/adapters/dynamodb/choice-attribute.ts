import type { MarginChoice, ReductionSize } from '#core/liquidation/decide-margin.ts';
import { type Attribute, oneOf } from './attribute.ts';
import { nullable, variants } from './composite-attribute.ts';
import { ratioNumber } from './decimal-attribute.ts';
import { id, words } from './key-attributes.ts';

const size: Attribute<ReductionSize> = variants<ReductionSize, 'kind'>(
  'kind',
  { ONE_TIER: {}, FRACTION: { fraction: ratioNumber } },
  oneOf,
);

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
