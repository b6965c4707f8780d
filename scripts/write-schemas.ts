import { mkdirSync, writeFileSync } from 'node:fs';
import { toJsonSchema } from '#rule-sets/json-schema.ts';
import { SCHEMAS } from './schema-list.ts';

/** Writes `rules/schema/*.schema.json` from the schemas that the loader checks with. Run by `npm run rules:schema`. */
const folder = new URL('../rules/schema/', import.meta.url);

mkdirSync(folder, { recursive: true });
for (const [name, schema] of Object.entries(SCHEMAS)) writeFileSync(new URL(`${name}.schema.json`, folder), toJsonSchema(schema));
