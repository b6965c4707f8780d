import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';

/** Copies each observation into Rings under its sequence, and refuses one whose price is `POISON`. Reads its environment as the deployed handlers do. */
export const createHandler = (environment: Readonly<Record<string, string | undefined>>) => {
  const client = new DynamoDBClient({});
  return async (event: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> => {
    for (const { dynamodb } of event.Records) {
      const image = dynamodb?.NewImage;
      const sequence = image?.sequence?.N ?? '';
      if (image?.markPrice?.S === 'POISON') return { batchItemFailures: [{ itemIdentifier: dynamodb?.SequenceNumber ?? '' }] };
      const Item = { waveKey: { S: 'RING#small' }, poolId: { S: sequence.padStart(6, '0') } };
      await client.send(new PutItemCommand({ TableName: environment.TABLE_RINGS, Item }));
    }
    return { batchItemFailures: [] };
  };
};
