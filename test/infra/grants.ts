import { z } from 'zod';
import { actionsOf, keysOf, listed, resourcesOf, roleOf, statementsOfRole, tableOf } from './allowed-actions.ts';
import type { CalledAction } from './called-actions.ts';

/** What one statement of a role lets be done to one table. */
export interface Grant {
  /** The table's logical id. */
  readonly table: string;
  readonly actions: readonly string[];
  /** Patterns of partition keys; null for any key. */
  readonly keys: readonly string[] | null;
}

const VENUE = 'what the venue may write';

/** Logical id of the role that the venue takes on. Throws when there is none. */
export const venueRoleOf = (template: unknown): string => {
  const found = resourcesOf(template, 'AWS::IAM::Role').find(([, properties]) => Object(properties).Description === VENUE);
  if (found === undefined) throw new Error('the template has no role for the venue');
  return found[0];
};

/** All that a function of a synthesized template, or `venue`, may do to tables. */
export const grantsOf = (template: unknown, caller: string): readonly Grant[] =>
  statementsOfRole(template, caller === 'venue' ? venueRoleOf(template) : roleOf(template, caller)).flatMap((statement) => {
    const tables = listed(statement.Resource).flatMap((resource) => tableOf(resource) ?? []);
    const [actions, keys] = [actionsOf(statement), keysOf(statement)?.map(String) ?? null];
    return actions.length === 0 ? [] : tables.map((table) => ({ table, actions, keys }));
  });

/** A grant as one for each action and one for each pattern of keys: each of them has to be of use to somebody. */
export const partsOf = (grant: Grant): readonly Grant[] => [
  ...grant.actions.map((action) => ({ ...grant, actions: [action] })),
  ...(grant.keys === null ? [] : grant.keys.map((key) => ({ ...grant, keys: [key] }))),
];

const keySchema = z.object({ KeySchema: z.array(z.object({ AttributeName: z.string(), KeyType: z.string() })) });

/** The attribute that is the partition key of each table, by the table's logical id. */
export const partitionKeysOf = (template: unknown): ReadonlyMap<string, string> =>
  new Map(
    resourcesOf(template, 'AWS::DynamoDB::GlobalTable').map(([logicalId, properties]) => {
      const hash = keySchema.parse(properties).KeySchema.find(({ KeyType }) => KeyType === 'HASH');
      return [logicalId, hash?.AttributeName ?? ''] as const;
    }),
  );

/** `GUARD#*` holds for what begins with `GUARD#`; only a last star is known here. */
const isLike = (text: string, pattern: string): boolean =>
  pattern.endsWith('*') ? text.startsWith(pattern.slice(0, -1)) : text === pattern;

/**
 * Whether a grant lets an action be done. What may be done alone may be done in a transaction too, not the other way round; a call that names no item does
 * not meet a condition on keys.
 */
export const permits = ({ table, actions, keys }: Grant, called: CalledAction, partitionKeys: ReadonlyMap<string, string>): boolean => {
  if (table !== called.tableName) return false;
  if (!actions.some((action) => called.action === action || called.action === `TransactWriteItems:${action}`)) return false;
  const key: unknown = Object(called.item[partitionKeys.get(table) ?? '']).S;
  return keys === null || (typeof key === 'string' && keys.some((pattern) => isLike(key, pattern)));
};
