import { TABLE_VARIABLES } from '#functions/adapters/dynamodb/table-names.ts';
import type { Stack } from '../stack/start-stack.ts';

/** A mark that may be written next. */
export interface ExampleMark {
  readonly marketId: string;
  readonly sequence: number;
  readonly price: string;
  readonly at: number;
}

/** What a server says about itself when it is ready: where it is, what its tables are called, and how to write to them. */
export const serverWords = (
  { endpoint, tables }: Pick<Stack, 'endpoint' | 'tables'>,
  books: { readonly name: string; readonly ruleSet: { readonly id: string; readonly version: string } },
  { marketId, sequence, price, at }: ExampleMark,
): string => {
  const width = Math.max(...Object.values(TABLE_VARIABLES).map((variable) => variable.length));
  const observation = {
    TableName: tables.TABLE_OBSERVATIONS,
    Item: {
      marketId: { S: marketId },
      sequence: { N: String(sequence) },
      markPrice: { N: price },
      indexPrice: { N: price },
      observedAt: { N: String(at) },
    },
    ConditionExpression: 'attribute_not_exists(#sequence)',
    ExpressionAttributeNames: { '#sequence': 'sequence' },
  };
  return [
    `endpoint: ${endpoint}`,
    `books: ${books.name} under ${books.ruleSet.id}@${books.ruleSet.version}`,
    'tables:',
    ...Object.values(TABLE_VARIABLES).map((variable) => `  ${variable.padEnd(width)}  ${tables[variable] ?? ''}`),
    'a mark, written without any client (docs/venue-contract.md has the rest; sequences grow, times are milliseconds since 1970):',
    `  curl -s ${endpoint} -H 'Content-Type: application/x-amz-json-1.0' -H 'X-Amz-Target: DynamoDB_20120810.PutItem' \\`,
    "    -H 'Authorization: AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0' \\",
    "    -H 'X-Amz-Date: 20260101T000000Z' \\",
    `    -d '${JSON.stringify(observation)}'`,
    'Ctrl-C ends it',
  ].join('\n');
};
