import { randomUUID } from 'node:crypto';
import {
  type CancellationReason,
  type DynamoDBClient,
  TransactionCanceledException,
  type TransactWriteItem,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { type Patience, sendPatiently } from './patience.ts';

/** What a transaction of the service holds. */
export const ITEMS_PER_TRANSACTION_MAX = 100;

/** Where a transaction goes, and how long it waits for better weather. */
export interface Sender {
  readonly client: DynamoDBClient;
  readonly patience: Patience;
}

/** Whether the item's own condition is why the transaction was cancelled. */
export const isRefused = (reason: CancellationReason | undefined): boolean => reason?.Code === 'ConditionalCheckFailed';

/**
 * Writes all items or none. Returns null when they are written, else why not, item by item. One token for every attempt: a write whose answer was lost and
 * that is sent again is written once and answered as the first time. The token is random: one made of the content would swallow a ring that is put again
 * within ten minutes. Throws the weather that does not end; the outcome is unknown then.
 */
export const sendTransaction = async (
  { client, patience }: Sender,
  items: readonly TransactWriteItem[],
): Promise<readonly CancellationReason[] | null> => {
  const command = new TransactWriteItemsCommand({ TransactItems: [...items], ClientRequestToken: randomUUID() });
  let reasons: readonly CancellationReason[] = [];
  const isWritten = await sendPatiently(patience, async () => {
    try {
      await client.send(command);
    } catch (error) {
      if (error instanceof TransactionCanceledException) reasons = error.CancellationReasons ?? [];
      throw error;
    }
  });
  return isWritten ? null : reasons;
};
