import type { MarginEvent, ShortfallEventType, Verdict } from '#core/policy.ts';
import { type Attribute, count, oneOf } from './attribute.ts';
import { list, nullable, structure, variants } from './composite-attribute.ts';
import { id, words } from './key-attributes.ts';
import { REDUCTION_MEMBERS } from './reduction-attribute.ts';

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

/** What a margin rule wants done. */
export const marginEventAttribute: Attribute<MarginEvent> = variants<MarginEvent, 'type'>(
  'type',
  { WARN: {}, ...REDUCTION_MEMBERS, LIQUIDATE: {}, TAKE_OVER: {} },
  oneOf,
);

const shortfallEvent = structure<{ readonly type: ShortfallEventType }>({ type: oneOf('ABSORB', 'DELEVERAGE', 'SOCIALIZE', 'HALT') });

/** What the margin rules said, by priority. */
export const marginVerdicts = verdictsOn(marginEventAttribute);

/** What the shortfall rules said, by priority. */
export const shortfallVerdicts = verdictsOn(shortfallEvent);
