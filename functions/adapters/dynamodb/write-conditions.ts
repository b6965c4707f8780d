import type { Put } from '@aws-sdk/client-dynamodb';

/** What has to hold where an item is written, as every kind of write asks it. */
export type WriteCondition = Pick<Put, 'ExpressionAttributeNames' | 'ExpressionAttributeValues'> & {
  readonly ConditionExpression: string;
};

/** There is no item of the key yet; `name` is an attribute of the key. */
export const ifAbsent = (name: string): WriteCondition => ({
  ConditionExpression: `attribute_not_exists(#${name})`,
  ExpressionAttributeNames: { [`#${name}`]: name },
});

/** The item is exactly the version before `version`; for the first, there is none. */
export const ifVersionBefore = (name: string, version: number): WriteCondition =>
  version === 1
    ? ifAbsent(name)
    : {
        ConditionExpression: '#version = :before',
        ExpressionAttributeNames: { '#version': 'version' },
        ExpressionAttributeValues: { ':before': { N: String(version - 1) } },
      };
