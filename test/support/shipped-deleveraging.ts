import { readFileSync } from 'node:fs';

/** `deleveraging.json` of the neutral rule set, as it is written. */
export const shipped = (): Readonly<Record<string, unknown>> =>
  JSON.parse(readFileSync(new URL('../../rules/house/1.0.0/deleveraging.json', import.meta.url), 'utf8'));
