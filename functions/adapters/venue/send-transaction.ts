import { randomUUID } from 'node:crypto';
import {
  type CancellationReason,
  TransactionCanceledException,
  type TransactWriteItem,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { sendPatiently } from '../dynamodb/patience.ts';
import type { VenueTables } from './venue-tables.ts';

/** Whether the item's own condition is why the transaction was cancelled. */
export const isRefused = (reason: CancellationReason | undefined): boolean => reason?.Code === 'ConditionalCheckFailed';

/**
 * Writes all items or none. Returns null when they are written, else why not, item by item. One token for every attempt: a write whose answer was lost and
 * that is sent again is written once and answered as the first time. Throws the weather that does not end; the outcome is unknown then.
 */
export const sendTransaction = async (
  { client, patience }: VenueTables,
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
