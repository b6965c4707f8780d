import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type AttributeValue, DynamoDBClient, PutItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import type { Write } from '#core/commit.ts';
import type { MarkObservation } from '#core/market/market-state.ts';
import { dynamoPorts } from '#functions/adapters/dynamodb/engine-ports.ts';
import { type TableNames, tableNamesFrom } from '#functions/adapters/dynamodb/table-names.ts';
import type { EnginePorts } from '#functions/adapters/engine-ports.ts';
import { ruleSetJson } from '#functions/adapters/lambda/rule-set-json.ts';
import type { ReplayInputs } from '#local/replay/run-replay.ts';
import type { StackEvent } from '#local/stack/stack-event.ts';
import { type Stack, type StackOptions, startStack } from '#local/stack/start-stack.ts';
import { folderWith } from '../support/folder.ts';

/** The deployed machinery over a small venue: embedded tables, streams, the real functions. */
export interface WholeStack {
  readonly stack: Stack;
  readonly client: DynamoDBClient;
  readonly tables: TableNames;
  readonly ports: EnginePorts;
  readonly events: readonly StackEvent[];
  readonly stop: () => Promise<void>;
}

const throwIt = (error: Error): never => {
  throw error;
};

const initialWrites = ({ initial }: ReplayInputs): readonly Write[] => [
  ...initial.markets.map((item): Write => ({ table: 'Markets', item })),
  ...initial.funds.map((item): Write => ({ table: 'Funds', item })),
  ...initial.pools.map((item): Write => ({ table: 'Pools', item })),
];

/** Starts it and fills its tables. `wiring` may name another template than the deployed one. */
export const startWholeStack = async (inputs: ReplayInputs, wiring: Pick<StackOptions, 'templateFile'> = {}): Promise<WholeStack> => {
  const events: StackEvent[] = [];
  const environment = { CLOCK: 'OBSERVATION', RULE_SET_ID: inputs.ruleSet.reference.id, LOG_LEVEL: 'ERROR' };
  const options = { ...wiring, dataFolder: join(folderWith({}), 'data'), environment, report: (event: StackEvent) => events.push(event) };
  const stack = await startStack(options);
  if (stack === null) throw new Error('no emulator');
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const client = new DynamoDBClient({ endpoint: stack.endpoint, region: 'us-east-1', credentials });
  const tables = tableNamesFrom(stack.tables);
  const ports = dynamoPorts({
    client,
    tables,
    ruleSet: inputs.ruleSet,
    loadLaw: async () => inputs.ruleSet,
    fundIds: inputs.fundIds,
    unreadable: throwIt,
  });
  await stack.invoke('administer-rules', { action: 'DEPLOY', ruleSets: [ruleSetJson(inputs.ruleSet)] });
  for (const write of initialWrites(inputs)) await ports.commit([write]);
  return {
    stack,
    client,
    tables,
    ports,
    events,
    stop: async () => {
      client.destroy();
      await stack.stop();
    },
  };
};

export const putRaw = async ({ client, stack }: WholeStack, TableName: string, Item: Record<string, AttributeValue>): Promise<void> => {
  await client.send(new PutItemCommand({ TableName, Item }));
  stack.hurry();
};

export const observe = (whole: WholeStack, { marketId, sequence, markPrice, indexPrice, observedAt }: MarkObservation): Promise<void> =>
  putRaw(whole, whole.tables.observations, {
    marketId: { S: marketId },
    sequence: { N: String(sequence) },
    markPrice: { N: markPrice.toFixed() },
    indexPrice: { N: indexPrice.toFixed() },
    observedAt: { N: String(observedAt) },
  });

/** Records put aside: table and reason. */
export const quarantined = async ({
  client,
  tables,
}: WholeStack): Promise<readonly { readonly stream: string; readonly reason: string }[]> => {
  const { Items = [] } = await client.send(new ScanCommand({ TableName: tables.controls, ConsistentRead: true }));
  return Items.filter((item) => item.controlKey?.S?.startsWith('QUARANTINE#')).map((item) => ({
    stream: item.stream?.S ?? '',
    reason: item.reason?.S ?? '',
  }));
};

/** Waits until the condition holds; an error with what is so after `seconds`. */
export const until = async (what: string, condition: () => Promise<boolean>, seconds = 20): Promise<void> => {
  for (let tries = 0; tries < seconds * 50; tries += 1) {
    if (await condition()) return;
    await sleep(20);
  }
  throw new Error(`not within ${seconds} s: ${what}`);
};
