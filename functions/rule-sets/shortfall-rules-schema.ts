import type { z } from 'zod';
import type { DeleveragingTrigger } from '#core/policy.ts';
import { choices, field } from './field-text.ts';
import { rulesSchema } from './rule-schema.ts';
import type { ShortfallEvent } from './rule-set.ts';
import { closed } from './schema-primitives.ts';

const EVENT_ERROR = 'expected an event of ABSORB, DELEVERAGE, SOCIALIZE, HALT';

const EVENT_MEANINGS = {
  ABSORB: 'The insurance fund pays the shortfall, within its limits.',
  DELEVERAGE: 'Counterparties in profit take the residual: they close at its settlement price.',
  SOCIALIZE:
    'What counterparties leave is closed at the mark, and everybody pays for it as `afterCounterparties` of `deleveraging.json` says.',
  HALT: 'The market stops until people decide.',
} as const satisfies Readonly<Record<ShortfallEvent['type'], string>>;

const eventType = choices(['ABSORB', 'DELEVERAGE', 'SOCIALIZE', 'HALT'], (name) => EVENT_MEANINGS[name], EVENT_ERROR);

const shortfallEventSchema: z.ZodType<ShortfallEvent> = field(
  closed({ type: field(eventType, { title: 'Event', what: 'Who bears what is left.' }) }, 'this event holds `type` only').transform(
    ({ type }) => ({ type }),
  ),
  { title: 'Event', what: 'What the rule wants done when it fires.' },
);

const TRIGGER_MEANINGS = {
  ORDER_ENDED: 'As soon as the order ended: counterparties are asked at once.',
  MARK_AT_BANKRUPTCY: 'Only once the mark reached the bankruptcy price: until then the residual stays open, and its loss with it.',
  FUND_DRAWDOWN:
    'Only while the fund, one with a `drawdown` or a `balanceTrigger`, is drawn down or pays for no lot more; before that a residual waits.',
} as const satisfies Readonly<Record<DeleveragingTrigger, string>>;

const trigger = choices(['ORDER_ENDED', 'MARK_AT_BANKRUPTCY', 'FUND_DRAWDOWN'], (name) => TRIGGER_MEANINGS[name]);

/** `shortfall.rules.json`: what happens with a loss and a residual that an ended liquidation left. */
export const shortfallRulesSchema = field(
  closed({
    deleveragingTrigger: field(trigger, {
      title: 'Deleveraging trigger',
      what: 'When a residual may be deleveraged.',
      effect: 'An earlier trigger takes profit from counterparties sooner; a later one lets the loss of an open residual grow.',
    }),
    rules: rulesSchema('shortfall', shortfallEventSchema),
  }),
  { title: 'Shortfall rules', what: 'What happens with a loss and a residual that an ended liquidation left.' },
);
