import { z } from 'zod';
import { field } from './field-text.ts';
import { closed } from './schema-primitives.ts';

/** Told where an event is none of the margin rules'. */
export const EVENT_ERROR =
  'expected an event of WARN, REDUCE_TO_TIER, REDUCE_BY_FRACTION, REDUCE_EQUALLY, REDUCE_BY_PORTION, REDUCE_TO_RECOVERY, LIQUIDATE, TAKE_OVER';

const NO_PARAMS = 'this event holds `type` only';

/** Told where an event with parameters holds something else. */
export const WITH_PARAMS = 'this event holds `type` and `params`';

export const typeOf = <const Type extends string>(type: Type, meaning: string) =>
  field(z.literal(type), { title: `Event ${type}`, what: meaning }).meta({ errorMessage: EVENT_ERROR });

/** An event that its name says all of. */
export const plainEvent = <const Type extends string>(type: Type, meaning: string) =>
  field(
    closed({ type: typeOf(type, meaning) }, NO_PARAMS).transform(() => ({ type })),
    { title: `Event ${type}`, what: meaning },
  );
