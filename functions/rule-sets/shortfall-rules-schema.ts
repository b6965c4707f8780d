import { z } from 'zod';
import { rulesSchema } from './rule-schema.ts';
import type { ShortfallEvent } from './rule-set.ts';
import { closed } from './schema-primitives.ts';

const EVENT_ERROR = 'expected an event of ABSORB, DELEVERAGE, HALT (SOCIALIZE is not part of this version)';

const shortfallEventSchema: z.ZodType<ShortfallEvent> = closed(
  {
    type: z
      .enum(['ABSORB', 'DELEVERAGE', 'HALT'], { error: EVENT_ERROR })
      .describe(
        'ABSORB: the insurance fund pays. DELEVERAGE: counterparties take the residual. HALT: the market stops until people decide.',
      ),
  },
  'this event holds `type` only',
).transform(({ type }) => ({ type }));

/** `shortfall.rules.json`: what happens with a loss and a residual that an ended liquidation left. */
export const shortfallRulesSchema = closed({
  deleveragingTrigger: z
    .enum(['ORDER_ENDED', 'MARK_AT_BANKRUPTCY', 'FUND_DRAWDOWN'])
    .describe('When a residual may be deleveraged: its order ended, the mark reached the bankruptcy price, or the fund is drawn down.'),
  rules: rulesSchema('shortfall', shortfallEventSchema),
}).meta({ title: 'Shortfall rules', description: 'What happens with a loss and a residual that an ended liquidation left.' });
