import { mkdirSync, writeFileSync } from 'node:fs';
import { schemaFiles } from './schema-list.ts';

/** Writes `rules/schema/*.schema.json` from the schemas that the loader checks with. Run by `npm run rules:schema`. */
const folder = new URL('../rules/schema/', import.meta.url);

mkdirSync(folder, { recursive: true });
for (const [name, text] of schemaFiles()) writeFileSync(new URL(name, folder), text);
