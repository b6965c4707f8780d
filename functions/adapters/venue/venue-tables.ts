import type { Sender } from '../dynamodb/send-transaction.ts';
import type { TableNames } from '../dynamodb/table-names.ts';

/** The tables that the venue's role reaches, and how long a write waits for better weather. */
export interface VenueTables extends Sender {
  readonly tables: Pick<TableNames, 'observations' | 'markets' | 'pools' | 'hints' | 'orders' | 'controls' | 'ruleSets'>;
}

/**
 * WRITTEN: by this call. ALREADY_THERE: the same was written before; nothing was written now. REFUSED: what is there says something else; nothing was
 * written, and repeating the call will not help.
 */
export type VenueAnswer = 'WRITTEN' | 'ALREADY_THERE' | 'REFUSED';
