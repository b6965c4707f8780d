import { existsSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';

/** Whether a table's stream holds records after a sequence number; null: from its beginning. */
export type StreamPeek = (tableName: string, after: string | null) => boolean;

/** Looks into streams without asking the database. */
export interface StreamWindow {
  readonly peek: StreamPeek;
  readonly close: () => void;
}

/**
 * Opens the embedded database's file for looking whether streams have anything new, which readers ask far more often than something is: a look takes
 * microseconds, a request a thousand times that. Null where there is no such file: then every look is a request.
 */
export const openStreamWindow = (databaseFile: string): StreamWindow | null => {
  if (!existsSync(databaseFile)) return null;
  const database = new DatabaseSync(databaseFile, { readOnly: true });
  const later = database.prepare('SELECT 1 FROM _stream_records WHERE table_name = ? AND CAST(sequence_number AS INTEGER) > ? LIMIT 1');
  return {
    peek: (tableName, after) => later.get(tableName, BigInt(after ?? '0')) !== undefined,
    close: () => database.close(),
  };
};
