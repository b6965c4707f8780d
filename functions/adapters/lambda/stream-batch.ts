import type { DynamoDBBatchResponse, DynamoDBRecord } from 'aws-lambda';
import { present } from '#core/invariant.ts';
import { UnknownMarket } from '#functions/ports/unknown-market.ts';
import { DecodeError } from '../dynamodb/decode-error.ts';
import { answerOf, type Door, type Ringing } from './door.ts';
import type { Engine } from './engine.ts';
import type { Log } from './log.ts';
import { PoisonRecord } from './poison-record.ts';
import { type QuarantinePort, quarantinedRecord } from './quarantine.ts';

/** Time that is left for the record at work when the next one is not begun any more: a transaction with its retries, and the answer. */
export const REMAINING_MS_MIN = 3000;

/** What a batch is worked off with. */
export interface BatchTools {
  readonly doors: readonly Door[];
  readonly engine: Engine;
  readonly quarantine: QuarantinePort;
  readonly remainingMs: () => number;
  readonly log: Log;
}

export interface BatchReport {
  readonly records: number;
  readonly failures: number;
  readonly quarantined: number;
  readonly response: DynamoDBBatchResponse;
}

type Outcome = 'DONE' | 'QUARANTINED' | 'FAILED';

/** What no further delivery can mend: a record that asks for nothing known, an item that cannot be read or judged until somebody mends it. */
const isPoison = (error: unknown): error is Error =>
  error instanceof PoisonRecord || error instanceof DecodeError || error instanceof UnknownMarket;

/** One batch on its way: which groups have stopped, and what each record came to. */
class BatchWork {
  readonly #tools: BatchTools;
  readonly #stopped = new Set<string>();

  constructor(tools: BatchTools) {
    this.#tools = tools;
  }

  async handle(record: DynamoDBRecord): Promise<Outcome> {
    // A record that was not begun is given back; what comes after it in its group waits with it.
    if (this.#tools.remainingMs() < REMAINING_MS_MIN) return 'FAILED';
    const answer = answerOf(this.#tools.doors, record);
    if (!answer.ok) return this.#quarantine(record, answer.refusal);
    if (this.#stopped.has(answer.value.group)) return 'FAILED';
    return this.#ring(record, answer.value);
  }

  async #ring(record: DynamoDBRecord, { group, ring }: Ringing): Promise<Outcome> {
    try {
      await ring(this.#tools.engine);
      return 'DONE';
    } catch (error) {
      const outcome = isPoison(error) ? await this.#quarantine(record, error.message) : this.#fail(record, error);
      if (outcome === 'FAILED') this.#stopped.add(group);
      return outcome;
    }
  }

  async #quarantine(record: DynamoDBRecord, reason: string): Promise<Outcome> {
    const quarantined = quarantinedRecord(record, reason);
    try {
      await this.#tools.quarantine(quarantined);
    } catch (error) {
      return this.#fail(record, error);
    }
    this.#tools.log('ERROR', 'record quarantined', { stream: quarantined.stream, sequenceNumber: quarantined.sequenceNumber, reason });
    return 'QUARANTINED';
  }

  #fail(record: DynamoDBRecord, error: unknown): Outcome {
    this.#tools.log('ERROR', 'record failed', { sequenceNumber: record.dynamodb?.SequenceNumber ?? null, error });
    return 'FAILED';
  }
}

/** Whole batch again rather than an empty identifier, which Lambda reads as the same but in silence. */
const identifierOf = (record: DynamoDBRecord): string =>
  present(record.dynamodb?.SequenceNumber || null, 'a record that is given back has a sequence number');

/**
 * Works off a batch in order. A group (one partition key) stops at its first failure, so that its later records do not overtake it; other groups finish.
 *
 * The answer names every record that is not done, each once. Lambda goes back to the lowest of them and sends everything from there again, what was done
 * included: rings may be repeated. Poison is quarantined and acknowledged; whatever else goes wrong, weather and broken promises alike, fails its record
 * until the stream gives up and keeps it. Throws when a record without a sequence number has to be given back.
 */
export const workOff = async (records: readonly DynamoDBRecord[], tools: BatchTools): Promise<BatchReport> => {
  const work = new BatchWork(tools);
  const failed: DynamoDBRecord[] = [];
  let quarantined = 0;
  for (const record of records) {
    const outcome = await work.handle(record);
    if (outcome === 'FAILED') failed.push(record);
    if (outcome === 'QUARANTINED') quarantined += 1;
  }
  const batchItemFailures = [...new Set(failed.map(identifierOf))].map((itemIdentifier) => ({ itemIdentifier }));
  return { records: records.length, failures: batchItemFailures.length, quarantined, response: { batchItemFailures } };
};
