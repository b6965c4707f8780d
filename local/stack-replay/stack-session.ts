import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams';
import { dynamoPorts } from '#functions/adapters/dynamodb/engine-ports.ts';
import { type TableNames, tableNamesFrom } from '#functions/adapters/dynamodb/table-names.ts';
import type { EnginePorts } from '#functions/adapters/engine-ports.ts';
import { type VenueClient, venueClient } from '#functions/adapters/venue/venue-client.ts';
import type { RuleSet } from '#rule-sets/rule-set.ts';
import type { StackEvent } from '../stack/stack-event.ts';
import { type Stack, startStack } from '../stack/start-stack.ts';
import { leanTransport } from './lean-transport.ts';
import { type QuietLook, quietLook } from './quiet.ts';
import { type Until, untilOf, type Watch, watchOf } from './watch.ts';

/** A running stack as whoever drives it sees it: its tables, and the two sides that write them from outside. */
export interface StackSession {
  readonly stack: Stack;
  readonly client: DynamoDBClient;
  readonly tables: TableNames;
  readonly venue: VenueClient;
  readonly signal: AbortSignal;
  readonly watch: Watch;
  readonly until: Until;
  readonly isQuiet: QuietLook;
  /** The engine's tables as an operator reads and writes them. */
  readonly operator: (ruleSet: RuleSet, fundIds: ReadonlyMap<string, string>) => EnginePorts;
  readonly close: () => Promise<void>;
}

export interface SessionOptions {
  readonly dataFolder: string;
  readonly ruleSetId: string;
  /** OBSERVATION: the marks move the time. SYSTEM: the machine does. */
  readonly clock: 'SYSTEM' | 'OBSERVATION';
  readonly signal: AbortSignal;
  /** Receives one line about what the user should know. */
  readonly say: (line: string) => void;
  readonly port?: number | undefined;
  readonly sweepEveryMs?: number | undefined;
  /** Whether requests to the embedded database leave out what only a remote service needs. Another database gets all of it. */
  readonly isLean?: boolean | undefined;
  /** How long one step of the engine may take. */
  readonly stepMsMax?: number | undefined;
  /** The emulator's program; null for a machine that has none. Looked for where absent. */
  readonly binary?: string | null | undefined;
}

/** What happened, in one line. */
const saidOf = (event: StackEvent): string => {
  switch (event.kind) {
    case 'BATCH_FAILED':
      return `${event.mappingId}: ${event.records} records come again: ${event.reason}`;
    case 'RECORDS_DISCARDED':
      return `${event.mappingId}: ${event.records} records given up: ${event.reason}${event.file === null ? '' : `, kept in ${event.file}`}`;
    case 'STREAM_UNREADABLE':
      return `${event.mappingId}: the stream cannot be read: ${event.reason}`;
    case 'SCHEDULE_FAILED':
      return `${event.functionName}: a scheduled run failed: ${event.reason}`;
  }
};

/** Records that come again are weather; what is given up or cannot run is worth a line. */
const isNotable = ({ kind }: StackEvent): boolean => kind !== 'BATCH_FAILED';

/** Starts the local stack for one rule set. Returns null where this machine has no emulator. */
export const openSession = async (options: SessionOptions): Promise<StackSession | null> => {
  const { dataFolder, ruleSetId, clock, signal, say, port, sweepEveryMs, stepMsMax, binary, isLean = false } = options;
  const isEmbedded = (process.env.AWS_ENDPOINT_URL_DYNAMODB ?? '') === '';
  let trouble: string | null = null;
  const report = (event: StackEvent): void => {
    trouble = saidOf(event);
    if (isNotable(event)) say(trouble);
  };
  const environment = { RULE_SET_ID: ruleSetId, CLOCK: clock, LOG_LEVEL: 'ERROR' };
  const stack = await startStack({ dataFolder, environment, port, sweepEveryMs, binary, say, report });
  if (stack === null) return null;
  const giveBack = isLean && isEmbedded ? leanTransport(stack.endpoint) : () => {};
  const [client, streams] = [new DynamoDBClient({}), new DynamoDBStreamsClient({})];
  const close = async (): Promise<void> => {
    await stack.stop();
    giveBack();
    streams.destroy();
    client.destroy();
  };
  const isQuiet = await quietLook(client, streams, dataFolder).catch(async (error: unknown) => {
    await close();
    throw error;
  });
  const tables = tableNamesFrom(stack.tables);
  const watch = watchOf({ stack, signal, trouble: () => trouble, stepMsMax });
  return {
    stack,
    client,
    tables,
    venue: venueClient({ client, tables }),
    signal,
    isQuiet,
    watch,
    until: untilOf(watch),
    operator: (ruleSet, fundIds) =>
      dynamoPorts({ client, tables, ruleSet, loadLaw: async () => ruleSet, fundIds, unreadable: ({ message }) => say(message) }),
    close,
  };
};
