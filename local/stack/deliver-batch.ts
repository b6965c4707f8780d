import type { DynamoDBRecord } from 'aws-lambda';
import { z } from 'zod';
import type { GiveUp } from './failure-folder.ts';
import { reasonOf } from './stack-event.ts';
import { createdAtMs, sequenceNumberOf } from './stream-record.ts';
import type { MappingTemplate } from './template-mappings.ts';

/** Around one mapping's deliveries: how to call, what to do with what is done and with what is given up. */
export interface DeliveryPorts {
  readonly settings: Pick<MappingTemplate, 'reportsBatchItemFailures' | 'bisects' | 'retriesMax' | 'recordAgeMsMax'>;
  readonly invoke: (records: readonly DynamoDBRecord[]) => Promise<unknown>;
  /** Everything up to and with this record is done. */
  readonly checkpoint: (last: DynamoDBRecord) => void;
  readonly discard: (records: readonly DynamoDBRecord[], condition: GiveUp, invocations: number, reason: string) => void;
  readonly failed: (records: readonly DynamoDBRecord[], reason: string) => void;
  readonly now: () => number;
  /** Records wait from here on at the earliest: while nobody ran the stack they did not grow older. */
  readonly startedAt: number;
  /** Waits before the next try; `attempt` counts from 1. */
  readonly wait: (attempt: number) => Promise<void>;
  readonly isStopped: () => boolean;
}

/** From where on a batch has to come again: the place of the first failed record; null when all went through. */
interface Outcome {
  readonly failedFrom: number | null;
  readonly reason: string;
}

const responseSchema = z.nullish(z.object({ batchItemFailures: z.nullish(z.array(z.object({ itemIdentifier: z.string().min(1) }))) }));

const ALL_DONE: Outcome = { failedFrom: null, reason: '' };

/** Reads a function's answer as Lambda does: no answer is success, an answer that names no record of the batch fails the whole batch. */
const outcomeOf = (response: unknown, records: readonly DynamoDBRecord[]): Outcome => {
  const parsed = responseSchema.safeParse(response);
  if (!parsed.success) return { failedFrom: 0, reason: 'the answer is no list of batch item failures' };
  const places = (parsed.data?.batchItemFailures ?? []).map(({ itemIdentifier }) =>
    records.findIndex((record) => sequenceNumberOf(record) === itemIdentifier),
  );
  if (places.length === 0) return ALL_DONE;
  return places.includes(-1)
    ? { failedFrom: 0, reason: 'the answer names a record that is not in the batch' }
    : { failedFrom: Math.min(...places), reason: 'reported as failed' };
};

const attempted = async (ports: DeliveryPorts, records: readonly DynamoDBRecord[]): Promise<Outcome> => {
  try {
    const response = await ports.invoke(records);
    return ports.settings.reportsBatchItemFailures ? outcomeOf(response, records) : ALL_DONE;
  } catch (error) {
    return { failedFrom: 0, reason: reasonOf(error) };
  }
};

const isTooOld = (ports: DeliveryPorts, record: DynamoDBRecord): boolean =>
  ports.now() - Math.max(createdAtMs(record), ports.startedAt) > ports.settings.recordAgeMsMax;

/** Gives up what is too old and returns the rest. */
const youngOf = (ports: DeliveryPorts, records: readonly DynamoDBRecord[], invocations: number): readonly DynamoDBRecord[] => {
  const firstYoung = records.findIndex((record) => !isTooOld(ports, record));
  const old = firstYoung < 0 ? records : records.slice(0, firstYoung);
  const last = old.at(-1);
  if (last === undefined) return records;
  ports.discard(old, 'RecordAgeExceeded', invocations, 'older than the mapping allows');
  ports.checkpoint(last);
  return records.slice(old.length);
};

/**
 * Delivers a batch until each of its records is done or given up. A batch that fails from some record on comes again from there; one that fails from its
 * first on is cut in two, which costs no retry; what cannot be cut is retried and then given up, so that the others go on.
 */
export const deliverBatch =
  (ports: DeliveryPorts) =>
  async (records: readonly DynamoDBRecord[]): Promise<void> => {
    const { bisects, retriesMax } = ports.settings;
    let left = records;
    let retries = 0;
    while (!ports.isStopped()) {
      left = youngOf(ports, left, retries);
      const last = left.at(-1);
      if (last === undefined) return;
      const { failedFrom, reason } = await attempted(ports, left);
      if (failedFrom === null) return ports.checkpoint(last);
      ports.failed(left.slice(failedFrom), reason);
      const lastDone = left[failedFrom - 1];
      if (lastDone !== undefined) {
        ports.checkpoint(lastDone);
        left = left.slice(failedFrom);
        retries = 0;
        await ports.wait(1);
      } else if (bisects && left.length > 1) {
        const middle = Math.ceil(left.length / 2);
        await deliverBatch(ports)(left.slice(0, middle));
        left = left.slice(middle);
        retries = 0;
      } else if (retries < retriesMax) {
        retries += 1;
        await ports.wait(retries);
      } else {
        ports.discard(left, 'RetryAttemptsExhausted', retries + 1, reason);
        return ports.checkpoint(last);
      }
    }
  };
