import type { z } from 'zod';
import { deleveragingSchema } from '#rule-sets/deleveraging-schema.ts';
import { insuranceFundSchema } from '#rule-sets/insurance-fund-schema.ts';
import { toJsonSchema } from '#rule-sets/json-schema.ts';
import { manifestSchema } from '#rule-sets/manifest-schema.ts';
import { marginRulesSchema } from '#rule-sets/margin-rules-schema.ts';
import { marginTiersSchema } from '#rule-sets/margin-tiers-schema.ts';
import type { RuleFileName } from '#rule-sets/rule-files.ts';
import { safeguardsSchema } from '#rule-sets/safeguards-schema.ts';
import { shortfallRulesSchema } from '#rule-sets/shortfall-rules-schema.ts';
import { isObject, type Step } from './json-leaves.ts';

/** What the schema of a file says about one place in it. */
export interface SchemaNote {
  readonly description: string | null;
  /** The value of a member that is not given; undefined for none. */
  readonly default: unknown;
}

const SCHEMAS: Readonly<Record<RuleFileName, z.ZodType>> = {
  'rule-set.json': manifestSchema,
  'margin-tiers.json': marginTiersSchema,
  'margin.rules.json': marginRulesSchema,
  'shortfall.rules.json': shortfallRulesSchema,
  'insurance-fund.json': insuranceFundSchema,
  'deleveraging.json': deleveragingSchema,
  'safeguards.json': safeguardsSchema,
};

const documents = new Map<RuleFileName, unknown>();

/** The JSON Schema of a file, written once. */
const documentOf = (file: RuleFileName): unknown => {
  const known = documents.get(file);
  if (known !== undefined) return known;
  const document: unknown = JSON.parse(toJsonSchema(SCHEMAS[file]));
  documents.set(file, document);
  return document;
};

const REFERENCE = /^#\/(?:definitions|\$defs)\//;

/** References that follow each other; a schema that goes round in a circle of nothing else says nothing. */
const REFERENCES_MAX = 8;

const resolved = (root: unknown, schema: unknown): unknown => {
  let found = schema;
  for (let hop = 0; hop < REFERENCES_MAX && isObject(found) && typeof found.$ref === 'string'; hop += 1) {
    const name = found.$ref.replace(REFERENCE, '');
    const definitions = isObject(root) ? (root.definitions ?? root.$defs) : undefined;
    found = isObject(definitions) ? definitions[name] : undefined;
  }
  return found;
};

const below = (schema: Readonly<Record<string, unknown>>, step: Step): unknown => {
  if (typeof step === 'number') return schema.items;
  const named = isObject(schema.properties) ? schema.properties[step] : undefined;
  return named ?? schema.additionalProperties;
};

/** The schema at a path: directly, else in the first branch of a choice that leads there. */
const schemaAt = (root: unknown, given: unknown, path: readonly Step[]): Readonly<Record<string, unknown>> | null => {
  const schema = resolved(root, given);
  if (!isObject(schema)) return null;
  const [step, ...rest] = path;
  if (step === undefined) return schema;
  const direct = schemaAt(root, below(schema, step), rest);
  if (direct !== null) return direct;
  for (const branch of [schema.anyOf, schema.oneOf, schema.allOf].flatMap((branches) => (Array.isArray(branches) ? branches : []))) {
    const found = schemaAt(root, branch, path);
    if (found !== null) return found;
  }
  return null;
};

/** What the schema says about the member at a path of a file: the text that an editor shows, and its default. */
export const schemaNote = (file: RuleFileName, path: readonly Step[]): SchemaNote => {
  const root = documentOf(file);
  const found = schemaAt(root, root, path);
  const description = found?.description ?? found?.title;
  return { description: typeof description === 'string' ? description : null, default: found?.default };
};
