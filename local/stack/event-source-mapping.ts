import type { DynamoDBRecord } from 'aws-lambda';
import { type DeliveryPorts, deliverBatch } from './deliver-batch.ts';
import type { Discarded } from './failure-folder.ts';
import { anyFilter } from './filter-pattern.ts';
import type { Pace } from './pace.ts';
import { reasonOf, type StackEvent } from './stack-event.ts';
import { changesNothing, sequenceNumberOf } from './stream-record.ts';
import type { StreamSource } from './stream-source.ts';
import type { MappingTemplate } from './template-mappings.ts';

/** What one mapping needs to run. */
export interface MappingPorts {
  readonly mapping: MappingTemplate;
  readonly source: StreamSource;
  readonly invoke: (event: { readonly Records: readonly DynamoDBRecord[] }) => Promise<unknown>;
  readonly advance: (sequenceNumber: string) => void;
  /** Keeps records that are given up and returns where. */
  readonly keep: (discarded: Discarded) => string;
  readonly report: (event: StackEvent) => void;
  readonly pace: Pace;
  readonly signal: AbortSignal;
  readonly now: () => number;
}

/** Idle readers look this often; the wait doubles from the lower to the upper bound while nothing comes. */
const IDLE_MS_MIN = 5;
const IDLE_MS_MAX = 50;
/** The wait before the first retry; it doubles up to the bound. */
const RETRY_MS = 10;
const RETRY_MS_MAX = 500;

const retryMs = (attempt: number): number => Math.min(RETRY_MS * 2 ** (attempt - 1), RETRY_MS_MAX);

/** A retry's wait is not cut short by others' writes, only by the end. */
const waitUnlessStopped = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done);
  });

const deliveryPorts = (ports: MappingPorts, startedAt: number, checkpoint: (last: DynamoDBRecord) => void): DeliveryPorts => {
  const { mapping, source, signal, now } = ports;
  const { mappingId, functionName } = mapping;
  return {
    settings: mapping,
    // The function may change what it is given; a second delivery must not see that.
    invoke: (records) => ports.invoke(structuredClone({ Records: records })),
    checkpoint,
    discard: (records, condition, invocations, reason) => {
      const discarded: Discarded = {
        mappingId,
        functionName,
        streamArn: source.streamArn,
        records,
        condition,
        invocations,
        reason,
        at: now(),
      };
      const file = mapping.hasDestination ? ports.keep(discarded) : null;
      ports.report({ kind: 'RECORDS_DISCARDED', mappingId, records: records.length, reason: `${condition}: ${reason}`, file });
    },
    failed: (records, reason) => ports.report({ kind: 'BATCH_FAILED', mappingId, records: records.length, reason }),
    now,
    startedAt,
    wait: (attempt) => waitUnlessStopped(retryMs(attempt), signal),
    isStopped: () => signal.aborted,
  };
};

const slicesOf = <Item>(items: readonly Item[], size: number): readonly (readonly Item[])[] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, nth) => items.slice(nth * size, (nth + 1) * size));

/** Spreads records over lanes so that those of one item stay in one, in order. */
const lanesOf = (records: readonly DynamoDBRecord[], lanes: number): readonly (readonly DynamoDBRecord[])[] => {
  const laneOfKey = new Map<string, number>();
  const spread: DynamoDBRecord[][] = Array.from({ length: lanes }, () => []);
  for (const record of records) {
    const key = JSON.stringify(record.dynamodb?.Keys);
    const lane = laneOfKey.get(key) ?? laneOfKey.size % lanes;
    laneOfKey.set(key, lane);
    spread[lane]?.push(record);
  }
  return spread.filter((lane) => lane.length > 0);
};

/**
 * Delivers what passed the filter, in order; with several batches at a time in order per item, and then the checkpoint moves when all are done. True
 * unless the end came in between.
 */
const deliverAll = async (ports: MappingPorts, startedAt: number, records: readonly DynamoDBRecord[]): Promise<boolean> => {
  const { batchSize, parallelBatches } = ports.mapping;
  const advance = (last: DynamoDBRecord): void => ports.advance(sequenceNumberOf(last));
  const deliver = deliverBatch(deliveryPorts(ports, startedAt, parallelBatches === 1 ? advance : () => {}));
  for (const slice of slicesOf(records, batchSize * parallelBatches)) {
    if (ports.signal.aborted) return false;
    await Promise.all(
      lanesOf(slice, parallelBatches).map(async (lane) => {
        for (const batch of slicesOf(lane, batchSize)) await deliver(batch);
      }),
    );
    if (ports.signal.aborted) return false;
    const last = slice.at(-1);
    if (last !== undefined) advance(last);
    ports.pace.hurry();
  }
  return true;
};

/** The next records, or none where the stream cannot be read just now. */
const readOrReport = async (ports: MappingPorts): Promise<readonly DynamoDBRecord[]> => {
  try {
    return await ports.source.read();
  } catch (error) {
    if (!ports.signal.aborted) ports.report({ kind: 'STREAM_UNREADABLE', mappingId: ports.mapping.mappingId, reason: reasonOf(error) });
    return [];
  }
};

/**
 * Runs one event source mapping until the signal: reads its stream, leaves out writes that changed nothing and what the filters hold back, delivers the
 * rest in batches. Every record is delivered at least once; one that was in work when the process ended comes again.
 */
export const runMapping = async (ports: MappingPorts): Promise<void> => {
  const isWanted = anyFilter(ports.mapping.filterPatterns);
  const startedAt = ports.now();
  let idleMs = IDLE_MS_MIN;
  while (!ports.signal.aborted) {
    const records = await readOrReport(ports);
    const last = records.at(-1);
    if (last === undefined) {
      await ports.pace.rest(idleMs);
      idleMs = Math.min(idleMs * 2, IDLE_MS_MAX);
      continue;
    }
    idleMs = IDLE_MS_MIN;
    const wanted = records.filter((record) => !changesNothing(record) && isWanted(record));
    if (await deliverAll(ports, startedAt, wanted)) ports.advance(sequenceNumberOf(last));
  }
};
