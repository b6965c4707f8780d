import { DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb';

const client = new DynamoDBClient({});
const table = process.env.TABLE_CONTROLS;

/** Counts its runs, in the table that the process's environment named when this file was imported. */
export const handler = async (): Promise<void> => {
  await client.send(
    new UpdateItemCommand({
      TableName: table,
      Key: { controlKey: { S: 'SWEEPS' } },
      UpdateExpression: 'ADD runs :one',
      ExpressionAttributeValues: { ':one': { N: '1' } },
    }),
  );
};
