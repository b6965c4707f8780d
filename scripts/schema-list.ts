import type { z } from 'zod';
import { bookSchema } from '#local/book-schema.ts';
import { ruleTestFileSchema } from '#local/rule-tests/rule-test-schema.ts';
import { scenarioSchema } from '#local/scenario-schema.ts';
import { venueHintSchema, venueObservationSchema, venueOrderSchema, venuePoolSchema } from '#local/venue-schema.ts';
import { deleveragingSchema } from '#rule-sets/deleveraging-schema.ts';
import { insuranceFundSchema } from '#rule-sets/insurance-fund-schema.ts';
import { type SchemaReader, toJsonSchema } from '#rule-sets/json-schema.ts';
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
  'rule-test': ruleTestFileSchema,
  book: bookSchema,
  scenario: scenarioSchema,
  'venue-observation': venueObservationSchema,
  'venue-pool': venuePoolSchema,
  'venue-hint': venueHintSchema,
  'venue-order': venueOrderSchema,
};

/** Books, scenarios and what a venue writes also pass through validators that know the standard only. */
const readerOf = (name: string): SchemaReader => (/^(?:book|scenario|venue-.*)$/.test(name) ? 'PROGRAM' : 'EDITOR');

/** Text of each file of `rules/schema/`, by its name. */
export const schemaFiles = (): ReadonlyMap<string, string> =>
  new Map(Object.entries(SCHEMAS).map(([name, schema]) => [`${name}.schema.json`, toJsonSchema(schema, readerOf(name))]));
