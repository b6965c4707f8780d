import type { MarginEvent, ShortfallEventType, Verdict } from '#core/policy.ts';
import { type Attribute, count, oneOf } from './attribute.ts';
import { list, nullable, structure, variants } from './composite-attribute.ts';
import { ratioNumber } from './decimal-attribute.ts';
import { id, words } from './key-attributes.ts';

const verdictsOn = <Event>(event: Attribute<Event>): Attribute<readonly Verdict<Event>[]> =>
  list(
    structure<Verdict<Event>>({
      rule: id,
      priority: count,
      event,
      outcome: oneOf('FIRED', 'SILENT', 'ERROR'),
      error: nullable(words),
    }),
  );

const marginEvent: Attribute<MarginEvent> = variants<MarginEvent, 'type'>(
  'type',
  { WARN: {}, REDUCE_TO_TIER: {}, REDUCE_BY_FRACTION: { fraction: ratioNumber }, LIQUIDATE: {}, TAKE_OVER: {} },
  oneOf,
);

const shortfallEvent = structure<{ readonly type: ShortfallEventType }>({ type: oneOf('ABSORB', 'DELEVERAGE', 'HALT') });

/** What the margin rules said, by priority. */
export const marginVerdicts = verdictsOn(marginEvent);

/** What the shortfall rules said, by priority. */
export const shortfallVerdicts = verdictsOn(shortfallEvent);
