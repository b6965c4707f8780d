import { z } from 'zod';

/** One action on one table, as IAM names it; `TransactWriteItems:` before it when it is part of a transaction. */
export interface CalledAction {
  readonly tableName: string;
  readonly action: string;
  /** The item that is put, or the key of the one that is meant: policies may ask for its partition key. Empty where many are read. */
  readonly item: Readonly<Record<string, unknown>>;
}

/** What a write inside a transaction is called in policies. */
const TRANSACTED = { Put: 'PutItem', Update: 'UpdateItem', Delete: 'DeleteItem', ConditionCheck: 'ConditionCheckItem' } as const;

const attributes = z.record(z.string(), z.unknown());
const single = z.object({ TableName: z.string(), Item: attributes.optional(), Key: attributes.optional() });
const batch = z.object({ RequestItems: z.record(z.string(), z.unknown()) });
const part = z.object({ Put: single, Update: single, Delete: single, ConditionCheck: single }).partial();
const transaction = z.object({ TransactItems: z.array(part) });

const calledOn = ({ TableName, Item, Key }: z.infer<typeof single>, action: string): CalledAction => ({
  tableName: TableName,
  action,
  item: Item ?? Key ?? {},
});

/**
 * The actions that a call of the SDK needs: `GetItemCommand` with its input → `GetItem` on its table. A transaction counts as the actions of its items,
 * which policies ask for one by one. Throws for a command that names no table.
 */
export const calledActions = (commandName: string, input: unknown): readonly CalledAction[] => {
  const action = commandName.replace(/Command$/, '');
  if (action === 'TransactWriteItems')
    return transaction.parse(input).TransactItems.flatMap((item) =>
      (['Put', 'Update', 'Delete', 'ConditionCheck'] as const).flatMap((kind) => {
        const meant = item[kind];
        return meant === undefined ? [] : [calledOn(meant, `TransactWriteItems:${TRANSACTED[kind]}`)];
      }),
    );
  if (action.startsWith('Batch')) return Object.keys(batch.parse(input).RequestItems).map((tableName) => ({ tableName, action, item: {} }));
  return [calledOn(single.parse(input), action)];
};
