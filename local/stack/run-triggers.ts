import type { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams';
import { CheckpointFile } from './checkpoint-file.ts';
import { type MappingPorts, runMapping } from './event-source-mapping.ts';
import { keepDiscarded } from './failure-folder.ts';
import type { Invoke } from './function-host.ts';
import { Pace } from './pace.ts';
import { runSchedule } from './schedule.ts';
import { reasonOf, type StackEvent } from './stack-event.ts';
import type { StreamPeek } from './stream-peek.ts';
import { openStream } from './stream-source.ts';
import type { MappingTemplate } from './template-mappings.ts';
import type { ScheduleTemplate } from './template-schedules.ts';

export interface TriggerOptions {
  readonly mappings: readonly MappingTemplate[];
  readonly schedules: readonly ScheduleTemplate[];
  readonly client: DynamoDBStreamsClient;
  /** Streams by table name. */
  readonly streamArns: ReadonlyMap<string, string>;
  readonly invoke: Invoke;
  /** Tells without a request whether a stream has anything new; null where only a request does. */
  readonly peek: StreamPeek | null;
  readonly checkpointFile: string;
  readonly failuresFolder: string;
  readonly report: (event: StackEvent) => void;
}

/** Everything that calls functions, running. */
export interface Triggers {
  readonly hurry: () => void;
  /** Resolves with the reason when one of them ends before it was told to. */
  readonly failed: Promise<string>;
  /** Starts nothing more and waits for what is in work. */
  readonly stop: () => Promise<void>;
}

const mappingPorts = async (
  mapping: MappingTemplate,
  options: TriggerOptions,
  checkpoints: CheckpointFile,
  running: Pick<MappingPorts, 'pace' | 'signal'>,
): Promise<MappingPorts> => {
  const { mappingId, tableName, functionName } = mapping;
  const streamArn = options.streamArns.get(tableName);
  if (streamArn === undefined) throw new Error(`table \`${tableName}\` has no stream for \`${mappingId}\``);
  return {
    mapping,
    source: await openStream(
      options.client,
      streamArn,
      checkpoints.of(mappingId, streamArn),
      (after) => options.peek === null || options.peek(tableName, after),
    ),
    invoke: (event) => options.invoke(functionName, event),
    advance: (sequenceNumber) => checkpoints.advance(mappingId, streamArn, sequenceNumber),
    keep: (discarded) => keepDiscarded(options.failuresFolder, discarded),
    report: options.report,
    now: Date.now,
    ...running,
  };
};

/** Starts all event source mappings, each after its checkpoint, and all schedules. */
export const runTriggers = async (options: TriggerOptions): Promise<Triggers> => {
  const checkpoints = new CheckpointFile(options.checkpointFile);
  const ending = new AbortController();
  const { signal } = ending;
  const [readers, clocks] = [new Pace(), new Pace()];
  const mappings: MappingPorts[] = [];
  for (const mapping of options.mappings) mappings.push(await mappingPorts(mapping, options, checkpoints, { pace: readers, signal }));
  const running = [
    ...mappings.map((ports) => runMapping(ports)),
    ...options.schedules.map((schedule) => runSchedule({ schedule, invoke: options.invoke, report: options.report, pace: clocks, signal })),
  ];
  const ended = Promise.allSettled(running);
  return {
    hurry: () => readers.hurry(),
    failed: new Promise((resolve) => {
      for (const each of running) each.catch((error: unknown) => resolve(reasonOf(error)));
    }),
    stop: async () => {
      ending.abort();
      readers.hurry();
      clocks.hurry();
      await ended;
      checkpoints.flush();
    },
  };
};
