import { z } from 'zod';

/** Something an editor offers to write where a value is missing. */
export interface Snippet {
  readonly label: string;
  readonly description: string;
  readonly body: unknown;
}

/** What an editor tells the person who edits a field. */
export interface FieldText {
  readonly title: string;
  /** What the field is. */
  readonly what: string;
  readonly unit?: string;
  /** What raising and lowering the value, or choosing another one, does in money terms. */
  readonly effect?: string;
  /** What holds where the field is missing; only where it may be. */
  readonly default?: unknown;
  /** Values to write, the most usual first. */
  readonly examples?: readonly unknown[];
  readonly snippets?: readonly Snippet[];
}

const descriptionOf = ({ what, unit, effect }: FieldText): string =>
  [what, ...(unit === undefined ? [] : [`Unit: ${unit}.`]), ...(effect === undefined ? [] : [effect])].join('\n');

/** The schema with its text, which `toJsonSchema` writes into the file that editors read. What the schema accepts stays as it is. */
export const field = <Schema extends z.ZodType>(schema: Schema, text: FieldText): Schema =>
  schema.meta({
    title: text.title,
    description: descriptionOf(text),
    ...(text.default === undefined ? {} : { default: text.default }),
    ...(text.examples === undefined ? {} : { examples: [...text.examples] }),
    ...(text.snippets === undefined ? {} : { defaultSnippets: text.snippets }),
  });

/** One of a few names; an editor shows what each of them means. `error` replaces the schema's own list of them. */
export const choices = <const Names extends readonly string[]>(
  names: Names,
  meaningOf: (name: Names[number]) => string,
  error?: string,
): z.ZodEnum<z.core.util.ToEnum<Names[number]>> =>
  z.enum(names, error === undefined ? undefined : { error }).meta({ enumDescriptions: names.map(meaningOf) });
