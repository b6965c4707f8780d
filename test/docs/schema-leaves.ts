import { z } from 'zod';

/** As much of a JSON Schema as leads to its members. */
const schemaNode = z.looseObject({
  $ref: z.string().optional(),
  properties: z.record(z.string(), z.unknown()).optional(),
  additionalProperties: z.unknown().optional(),
  items: z.unknown().optional(),
  anyOf: z.array(z.unknown()).optional(),
  oneOf: z.array(z.unknown()).optional(),
  allOf: z.array(z.unknown()).optional(),
});

/** What every object may have beside its own members, and no decision reads. */
const BESIDE = ['$schema', 'notes'];

const pointed = (root: unknown, reference: string): unknown =>
  reference
    .slice('#/'.length)
    .split('/')
    .reduce(
      (node: unknown, key) =>
        typeof node === 'object' && node !== null ? Object.entries(node).find(([name]) => name === key)?.[1] : undefined,
      root,
    );

const member = (path: string, key: string): string => (path === '' ? key : `${path}.${key}`);

/**
 * Paths of everything below a schema that has no members of its own, such as `domains[].drawdown.trigger`; `<id>` stands for keys that are free. A
 * definition within itself is not entered again.
 */
export const schemaLeaves = (root: unknown): readonly string[] => {
  const leaves = new Set<string>();
  const walk = (given: unknown, path: string, entered: readonly string[]): void => {
    const node = schemaNode.parse(given);
    if (node.$ref !== undefined) {
      if (!entered.includes(node.$ref)) walk(pointed(root, node.$ref), path, [...entered, node.$ref]);
      return;
    }
    const choices = [...(node.anyOf ?? []), ...(node.oneOf ?? []), ...(node.allOf ?? [])];
    const members = Object.entries(node.properties ?? {}).filter(([key]) => !BESIDE.includes(key));
    const isMap = typeof node.additionalProperties === 'object' && node.additionalProperties !== null;
    for (const choice of choices) walk(choice, path, entered);
    for (const [key, value] of members) walk(value, member(path, key), entered);
    if (isMap) walk(node.additionalProperties, member(path, '<id>'), entered);
    if (node.items !== undefined) walk(node.items, `${path}[]`, entered);
    if (choices.length === 0 && members.length === 0 && !isMap && node.items === undefined) leaves.add(path);
  };
  walk(root, '', []);
  return [...leaves];
};
