import type { z } from 'zod';
import { bookSchema } from '#local/book-schema.ts';
import { scenarioSchema } from '#local/scenario-schema.ts';
import { venueHintSchema, venueObservationSchema, venueOrderSchema, venuePoolSchema } from '#local/venue-schema.ts';
import { deleveragingSchema } from '#rule-sets/deleveraging-schema.ts';
import { insuranceFundSchema } from '#rule-sets/insurance-fund-schema.ts';
import { manifestSchema } from '#rule-sets/manifest-schema.ts';
import { marginRulesSchema } from '#rule-sets/margin-rules-schema.ts';
import { marginTiersSchema } from '#rule-sets/margin-tiers-schema.ts';
import { safeguardsSchema } from '#rule-sets/safeguards-schema.ts';
import { shortfallRulesSchema } from '#rule-sets/shortfall-rules-schema.ts';

/** Every JSON Schema of `rules/schema/`, by the name that files refer to it with. A new kind of file adds its schema here. */
export const SCHEMAS: Readonly<Record<string, z.ZodType>> = {
  'rule-set': manifestSchema,
  'margin-tiers': marginTiersSchema,
  'margin-rules': marginRulesSchema,
  'shortfall-rules': shortfallRulesSchema,
  'insurance-fund': insuranceFundSchema,
  deleveraging: deleveragingSchema,
  safeguards: safeguardsSchema,
  book: bookSchema,
  scenario: scenarioSchema,
  'venue-observation': venueObservationSchema,
  'venue-pool': venuePoolSchema,
  'venue-hint': venueHintSchema,
  'venue-order': venueOrderSchema,
};
