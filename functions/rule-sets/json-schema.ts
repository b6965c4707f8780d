import { z } from 'zod';

/** Keywords that no standard has and editors understand; a strict validator has to be told of them. */
export const EDITOR_KEYWORDS = ['errorMessage', 'enumDescriptions', 'defaultSnippets'] as const;

/** Who reads a schema: `EDITOR` a person's editor, which gets the keywords above; `PROGRAM` any validator, which gets the standard's only. */
export type SchemaReader = 'EDITOR' | 'PROGRAM';

/** A schema of ours as a JSON Schema document (draft-07) of what a file may contain, for editors and for other languages. */
export const toJsonSchema = (schema: z.ZodType, reader: SchemaReader = 'EDITOR'): string => {
  const document = z.toJSONSchema(schema, {
    target: 'draft-07',
    io: 'input',
    reused: 'inline',
    override: ({ zodSchema, jsonSchema }) => {
      // ours are what a file may hold; the library takes them for values after reading and drops them where reading changes the type
      const text = z.globalRegistry.get(zodSchema);
      if (Array.isArray(text?.examples)) jsonSchema.examples = text.examples;
      if (text?.default !== undefined) jsonSchema.default = text.default;
      if (reader === 'PROGRAM') for (const keyword of EDITOR_KEYWORDS) delete jsonSchema[keyword];
    },
  });
  return `${JSON.stringify(document, null, 2)}\n`;
};
