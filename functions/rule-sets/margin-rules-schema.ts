import { executionSchema } from './execution-schema.ts';
import { field } from './field-text.ts';
import { marginEventSchema } from './margin-event-schema.ts';
import { rulesSchema } from './rule-schema.ts';
import { closed } from './schema-primitives.ts';

/** `margin.rules.json`: when a pool is warned, reduced, liquidated or taken over, and how its orders are sent. */
export const marginRulesSchema = field(
  closed({
    rules: rulesSchema('margin', marginEventSchema),
    execution: executionSchema,
  }),
  { title: 'Margin rules', what: 'When a margin pool is warned, reduced, liquidated or taken over, and how its orders are sent.' },
);
