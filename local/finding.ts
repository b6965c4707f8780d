import { jsonPath } from '#rule-sets/json-path.ts';

/** What is wrong with a document whose values have the right form, at the path of the value that has to change. */
export interface Finding {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** Ids that occur a second time in a list; `path` leads to the list, `key` to the id within an entry. */
export function* repeatedIds(ids: readonly string[], path: Finding['path'], key: string): Generator<Finding> {
  const firstAt = new Map<string, number>();
  for (const [index, id] of ids.entries()) {
    const first = firstAt.get(id);
    if (first === undefined) firstAt.set(id, index);
    else yield { path: [...path, index, key], message: `\`${id}\` is given twice, first at \`${jsonPath([...path, first])}\`` };
  }
}
