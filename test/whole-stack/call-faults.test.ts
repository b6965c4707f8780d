import { describe, expect, it } from 'vitest';
import { bareWords, faultsOf } from './call-faults.ts';

describe('an expression', () => {
  it.each([
    ['attribute_not_exists(#key) OR #caseId = :caseId', []],
    ['begins_with (#part, :versions) AND size(#a) BETWEEN :one AND :two', []],
    ['SET #a = if_not_exists(#a, :zero) REMOVE #b', []],
    ['attribute_not_exists(controlKey)', ['controlKey']],
    ['marketId, #fundId', ['marketId']],
    ['version = :before and not #a in (:b)', ['version']],
    ['#a.position.first = :x', ['position.first']],
    ['size = :x', ['size']],
  ])('%s has bare names %j', (expression, words) => {
    expect(bareWords(expression)).toEqual(words);
  });
});

describe('a request', () => {
  const named = {
    ConditionExpression: '#a = :b',
    ExpressionAttributeNames: { '#a': 'a' },
    ExpressionAttributeValues: { ':b': { S: 'b' } },
  };

  it.each([
    ['GetItemCommand', { ConsistentRead: true }, []],
    ['GetItemCommand', {}, ['a read is not strong']],
    [
      'QueryCommand',
      { ConsistentRead: false, KeyConditionExpression: 'a = :b', ExpressionAttributeValues: { ':b': {} } },
      ['a read is not strong', '`a` stands bare in `a = :b`'],
    ],
    ['BatchGetItemCommand', { RequestItems: { one: { ConsistentRead: true }, other: {} } }, ['a read is not strong']],
    ['PutItemCommand', named, []],
    ['DeleteItemCommand', {}, ['a write has no condition']],
    ['PutItemCommand', { ...named, ExpressionAttributeNames: { '#a': 'a', '#c': 'c' } }, ['`#c` is not both used and given']],
    ['PutItemCommand', { ...named, ExpressionAttributeValues: {} }, ['`:b` is not both used and given']],
    ['TransactWriteItemsCommand', { TransactItems: [{ Put: named }, { ConditionCheck: named }] }, []],
    ['TransactWriteItemsCommand', { TransactItems: [{ Put: named }, { Delete: {} }] }, ['a write has no condition']],
    ['ExecuteStatementCommand', {}, ['nobody knows what `ExecuteStatementCommand` may do']],
  ])('%s %j is wrong in %j', (command, input, faults) => {
    expect(faultsOf(command, input)).toEqual(faults);
  });
});
