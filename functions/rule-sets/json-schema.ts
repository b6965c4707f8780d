import { z } from 'zod';

/** A schema of ours as a JSON Schema document (draft-07) of what a file may contain, for editors and for other languages. */
export const toJsonSchema = (schema: z.ZodType): string =>
  `${JSON.stringify(z.toJSONSchema(schema, { target: 'draft-07', io: 'input', reused: 'inline' }), null, 2)}\n`;
