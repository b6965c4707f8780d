import type { DynamoDBRecord } from 'aws-lambda';
import { type MappingPorts, runMapping } from '#local/stack/event-source-mapping.ts';
import type { Discarded } from '#local/stack/failure-folder.ts';
import { Pace } from '#local/stack/pace.ts';
import { sequenceNumberOf } from '#local/stack/stream-record.ts';
import type { MappingTemplate } from '#local/stack/template-mappings.ts';

export const NOW = Date.UTC(2026, 10, 25);

export const SETTINGS: MappingTemplate = {
  mappingId: 'Marks',
  functionName: 'watch-marks',
  tableName: 'Observations',
  batchSize: 10,
  filterPatterns: [],
  reportsBatchItemFailures: true,
  bisects: true,
  retriesMax: 2,
  recordAgeMsMax: Number.POSITIVE_INFINITY,
  parallelBatches: 1,
  hasDestination: true,
};

export const recordOf = (sequence: number, changes: Partial<DynamoDBRecord> = {}): DynamoDBRecord => ({
  eventName: 'INSERT',
  dynamodb: {
    SequenceNumber: String(sequence),
    Keys: { id: { S: `item-${sequence}` } },
    NewImage: { id: { S: `item-${sequence}` } },
    ApproximateCreationDateTime: NOW / 1000,
  },
  ...changes,
});

export const recordsTo = (last: number): readonly DynamoDBRecord[] => Array.from({ length: last }, (_, nth) => recordOf(nth + 1));

/** What a mapping did with a stream. */
export interface SmallRun {
  /** Sequence numbers of each delivery, in order. */
  readonly deliveries: readonly (readonly number[])[];
  readonly checkpoints: readonly string[];
  readonly discarded: readonly Discarded[];
}

export type SmallFunction = (sequences: readonly number[], records: readonly DynamoDBRecord[]) => unknown;

export const failing = (sequences: readonly number[]) => ({
  batchItemFailures: sequences.map((sequence) => ({ itemIdentifier: String(sequence) })),
});

/** Runs one mapping over records that a stream gives in one read, until the stream is at its end. */
export const runSmallMapping = async (
  records: readonly DynamoDBRecord[],
  handle: SmallFunction,
  settings: Partial<MappingTemplate> = {},
  ports: Partial<MappingPorts> = {},
): Promise<SmallRun> => {
  const ending = new AbortController();
  const run = { deliveries: [] as number[][], checkpoints: [] as string[], discarded: [] as Discarded[] }; // cast: empty lists have no type of their own
  let reads = 0;
  const read = async () => {
    reads += 1;
    if (reads > 1) ending.abort();
    return reads === 1 ? records : [];
  };
  await runMapping({
    mapping: { ...SETTINGS, ...settings },
    source: { streamArn: 'stream', read },
    invoke: async (event) => {
      const sequences = event.Records.map((record) => Number(sequenceNumberOf(record)));
      run.deliveries.push(sequences);
      return handle(sequences, event.Records);
    },
    advance: (sequenceNumber) => run.checkpoints.push(sequenceNumber),
    keep: (discarded) => {
      run.discarded.push(discarded);
      return 'kept';
    },
    report: () => {},
    pace: new Pace(),
    signal: ending.signal,
    now: () => NOW,
    ...ports,
  });
  return run;
};
