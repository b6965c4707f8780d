import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { type MarkObservation, sameOpenInterest } from '#core/market/market-state.ts';
import type { EpochMs } from '#core/units/time.ts';
import { untilCommitted } from '#functions/ports/until-committed.ts';
import { DecodeError } from '../dynamodb/decode-error.ts';
import type { Attributes } from '../dynamodb/item.ts';
import { observationItem } from '../dynamodb/observation-item.ts';
import { sendPatiently } from '../dynamodb/patience.ts';
import { getItem } from '../dynamodb/read-items.ts';
import { ifAbsent } from '../dynamodb/write-conditions.ts';
import { encoded, VenueInputError } from './venue-input.ts';
import type { VenueAnswer, VenueTables } from './venue-tables.ts';

/** A mark as the venue publishes it. */
export interface PublishedObservation extends MarkObservation {
  /** Where the mark comes from, for people: 1 to 100 printable characters. Not read by the engine. */
  readonly source?: string;
  /** From when on the table may forget it. Kept for good where absent. */
  readonly expiresAt?: EpochMs;
}

/** The engine's streams carry a sequence of at most 15 digits; a market that has seen nothing stands at 0. */
const SEQUENCE_MAX = 999_999_999_999_999;

const SOURCE = /^[ -~]{1,100}$/;

/** What stands in the item for the venue and the table alone. */
const besideOf = ({ source, expiresAt }: PublishedObservation): Attributes => ({
  ...(source === undefined ? {} : { source: { S: source } }),
  // Time to live is counted in seconds.
  ...(expiresAt === undefined ? {} : { expiresAt: { N: String(Math.ceil(expiresAt / 1000)) } }),
});

const itemOf = (observation: PublishedObservation): Attributes => {
  const { sequence, source, expiresAt, observedAt } = observation;
  if (sequence < 1 || sequence > SEQUENCE_MAX)
    throw new VenueInputError(`a sequence is from 1 to \`${SEQUENCE_MAX}\`, not \`${sequence}\``);
  if (source !== undefined && !SOURCE.test(source))
    throw new VenueInputError(`a source is 1 to 100 printable characters, not \`${source}\``);
  if (expiresAt !== undefined && !(expiresAt > observedAt)) {
    throw new VenueInputError(`an observation of \`${observedAt}\` expires after it, not at \`${expiresAt}\``);
  }
  return { ...encoded(observationItem, observation), ...besideOf(observation) };
};

const isSame = (a: MarkObservation, b: MarkObservation): boolean =>
  a.markPrice.eq(b.markPrice) && a.indexPrice.eq(b.indexPrice) && a.observedAt === b.observedAt && sameOpenInterest(a, b);

/** What cannot be read is another content, whoever wrote it. */
const isThere = (found: Attributes, observation: MarkObservation): boolean => {
  try {
    return isSame(observationItem.decode(found), observation);
  } catch (error) {
    if (error instanceof DecodeError) return false;
    throw error;
  }
};

/**
 * Puts a mark under its market and sequence, once. A sequence that is taken is read back: ALREADY_THERE for the same prices and time, REFUSED for others.
 * Throws `VenueInputError` for what no observation may hold.
 */
export const publishObservation = async (venue: VenueTables, observation: PublishedObservation): Promise<VenueAnswer> => {
  const { client, tables, patience } = venue;
  const { marketId, sequence } = observation;
  const put = new PutItemCommand({
    TableName: tables.observations,
    Item: itemOf(observation),
    ...ifAbsent('sequence'),
  });
  let answer: VenueAnswer = 'REFUSED';
  await untilCommitted(`${marketId}#${sequence}`, async () => {
    if (await sendPatiently(patience, () => client.send(put))) answer = 'WRITTEN';
    else {
      const found = await getItem(client, tables.observations, { marketId, sequence });
      // Forgotten between the two: put again.
      if (found === null) return 'CONFLICT';
      answer = isThere(found, observation) ? 'ALREADY_THERE' : 'REFUSED';
    }
    return 'COMMITTED';
  });
  return answer;
};
