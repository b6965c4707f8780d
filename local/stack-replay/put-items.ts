import { BatchWriteItemCommand, type BatchWriteItemCommandInput, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Attributes } from '#functions/adapters/dynamodb/item.ts';
import { patience } from '#functions/adapters/dynamodb/patience.ts';
import { sideBySide } from '#functions/adapters/dynamodb/side-by-side.ts';

/** Items that the service takes in one batch. */
const ITEMS_PER_BATCH_MAX = 25;

/** Rounds in which a batch takes what it could not before. */
const ROUNDS_MAX = 20;

type Requests = NonNullable<BatchWriteItemCommandInput['RequestItems']>;

const putBatch = async (client: DynamoDBClient, requests: Requests): Promise<void> => {
  let left = requests;
  for (let round = 1; round <= ROUNDS_MAX; round += 1) {
    const { UnprocessedItems = {} } = await client.send(new BatchWriteItemCommand({ RequestItems: left }));
    if (Object.keys(UnprocessedItems).length === 0) return;
    left = UnprocessedItems;
    await patience.pause(round);
  }
  throw new Error(`a batch of items is not put after ${ROUNDS_MAX} rounds`);
};

/** Puts items over whatever is there: for tables that nobody else writes yet. Throws the reason of the signal between two batches. */
export const putItems = async (
  client: DynamoDBClient,
  tableName: string,
  items: readonly Attributes[],
  signal: AbortSignal,
): Promise<void> => {
  const batches: Requests[] = [];
  for (let from = 0; from < items.length; from += ITEMS_PER_BATCH_MAX) {
    batches.push({ [tableName]: items.slice(from, from + ITEMS_PER_BATCH_MAX).map((Item) => ({ PutRequest: { Item } })) });
  }
  await sideBySide(batches, async (batch) => {
    signal.throwIfAborted();
    await putBatch(client, batch);
  });
};
