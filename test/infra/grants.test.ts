import { describe, expect, it } from 'vitest';
import { calledActions } from './called-actions.ts';
import { type Grant, partsOf, permits } from './grants.ts';

const PARTITION_KEYS = new Map([['Hints', 'hintKey']]);
const GUARDS: Grant = { table: 'Hints', actions: ['PutItem', 'DeleteItem'], keys: ['GUARD#*'] };
const IN_TRANSACTION: Grant = { table: 'Hints', actions: ['TransactWriteItems:PutItem'], keys: null };

const put = (hintKey: string, TableName = 'Hints') => ({ TableName, Item: { hintKey: { S: hintKey }, position: { S: 'GUARD#x' } } });
const isPermitted = (grant: Grant, command: string, input: unknown): boolean =>
  calledActions(command, input).every((called) => permits(grant, called, PARTITION_KEYS));

const inTransaction = (...items: readonly unknown[]) => ({ TransactItems: items.map((Put) => ({ Put })) });

describe('a grant', () => {
  it.each([
    ['its action under its keys', GUARDS, 'PutItemCommand', put('GUARD#a')],
    ['its action under its keys in a transaction', GUARDS, 'TransactWriteItemsCommand', inTransaction(put('GUARD#a'))],
    ['any key where it names none', IN_TRANSACTION, 'TransactWriteItemsCommand', inTransaction(put('X'))],
  ])('permits %s', (_what, grant, command, input) => {
    expect(isPermitted(grant, command, input)).toBe(true);
  });

  it.each([
    ['another key', GUARDS, 'PutItemCommand', put('EXPOSURE#a')],
    ['another table', GUARDS, 'PutItemCommand', put('GUARD#a', 'Controls')],
    ['another action', GUARDS, 'UpdateItemCommand', { TableName: 'Hints', Key: { hintKey: { S: 'GUARD#a' } } }],
    ['a call without the key that it asks for', GUARDS, 'DeleteItemCommand', { TableName: 'Hints' }],
    ['a transaction with one item under another key', GUARDS, 'TransactWriteItemsCommand', inTransaction(put('GUARD#a'), put('X'))],
    ['a write alone where it says in transactions', IN_TRANSACTION, 'PutItemCommand', put('X')],
  ])('does not permit %s', (_what, grant, command, input) => {
    expect(isPermitted(grant, command, input)).toBe(false);
  });

  it('is of use in each of its actions and each of its keys', () => {
    expect(partsOf(GUARDS)).toEqual([
      { ...GUARDS, actions: ['PutItem'] },
      { ...GUARDS, actions: ['DeleteItem'] },
      { ...GUARDS, keys: ['GUARD#*'] },
    ]);
  });
});
