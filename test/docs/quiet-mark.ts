import { type DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { DynamoDBRecord } from 'aws-lambda';
import { vi } from 'vitest';
import { decimal } from '#core/units/decimal.ts';
import { price } from '#core/units/money.ts';
import { epochMs } from '#core/units/time.ts';
import { fundItem } from '#functions/adapters/dynamodb/fund-item.ts';
import { marketItem } from '#functions/adapters/dynamodb/market-item.ts';
import { observationItem } from '#functions/adapters/dynamodb/observation-item.ts';
import { TABLE_VARIABLES, type TableNames } from '#functions/adapters/dynamodb/table-names.ts';
import { environmentFrom } from '#functions/adapters/lambda/environment.ts';
import { type ScheduledFunction, type StreamFunction, scheduledHandler, streamHandler } from '#functions/adapters/lambda/handlers.ts';
import { type Runtime, runtimeOf } from '#functions/adapters/lambda/runtime.ts';
import { auditBooks } from '#functions/audit/handler.ts';
import { openWaves } from '#functions/open-wave/handler.ts';
import { sweepLanes } from '#functions/sweep/handler.ts';
import { watchMarks } from '#functions/watch-marks/handler.ts';
import { marketsOf } from '#local/import-book.ts';
import { fundsOf } from '#local/import-funds.ts';
import { parseBook } from '#local/parse-book.ts';
import { recordOf } from '../handlers/stream-records.ts';
import { bytesOf } from '../local/book-document.ts';
import { HOUSE } from '../support/small-law.ts';
import { Meter, meterClient } from './metered-client.ts';
import { itemBytes } from './request-units.ts';

const CONTEXT = { awsRequestId: 'r1', getRemainingTimeInMillis: () => 60_000 };
const MARKET_ID = 'BTC-USDT';
const MARKET = {
  marketId: MARKET_ID,
  contract: 'LINEAR',
  settlementAsset: 'USDT',
  tickSize: '0.1',
  lotSize: '0.001',
  markPrice: '106427.7',
};
const BOOK = {
  asOf: '2025-10-10T21:00:00Z',
  markets: [MARKET],
  accounts: [],
  insuranceFunds: [{ fundId: 'usdt', asset: 'USDT', balance: '1000000' }],
};

/** Bytes that are charged for a line of log beside its text. Source: AWS, "PutLogEvents", read 2026-11-25. */
const LOG_EVENT_BYTES = 26;

/** One market with the tiers of `house` and its fund, in tables with a law. */
const seed = async (client: DynamoDBClient, tables: TableNames, runtime: Runtime): Promise<void> => {
  const book = parseBook('book.json', bytesOf(JSON.stringify(BOOK)));
  const markets = book.ok ? marketsOf(book.value, HOUSE) : book;
  if (!book.ok || !markets.ok) throw new RangeError('the market has the tiers of the rule set');
  await runtime.rules.putVersion(HOUSE);
  await runtime.rules.putActive({ reference: HOUSE.reference, previousVersion: null, activatedAt: epochMs(0) });
  for (const market of markets.value)
    await client.send(new PutItemCommand({ TableName: tables.markets, Item: marketItem.encode({ market, fundId: 'usdt' }) }));
  for (const fund of fundsOf(book.value, HOUSE).funds)
    await client.send(new PutItemCommand({ TableName: tables.funds, Item: fundItem.encode(fund) }));
};

/** A venue whose marks endanger nobody, and the functions that are rung by them, as they are deployed. */
export class QuietVenue {
  readonly meter = new Meter();
  readonly #client: DynamoDBClient;
  readonly #tables: TableNames;
  readonly #runtime: Runtime;
  observationBytes = 0;

  constructor(client: DynamoDBClient, tables: TableNames) {
    this.#client = client;
    this.#tables = tables;
    const names = Object.fromEntries(Object.entries(TABLE_VARIABLES).map(([table, variable]) => [variable, Object(tables)[table]]));
    this.#runtime = runtimeOf(environmentFrom({ ...names, RULE_SET_ID: 'house', CLOCK: 'OBSERVATION' }), client);
  }

  /** Fills the tables, has every function start cold, and meters from then on. */
  async open(): Promise<void> {
    await seed(this.#client, this.#tables, this.#runtime);
    await this.publish(1);
    await this.lookAfter();
    meterClient(this.#client, this.meter);
    this.meter.clear();
  }

  /** The venue's put, an invocation for its record, and one for each change of the lane and each of its two readers. */
  async publish(sequence: number): Promise<void> {
    this.meter.asker = 'venue';
    const mark = price(decimal('106427.7'));
    const observedAt = epochMs(1_760_130_000_000 + sequence * 1000);
    const Item = observationItem.encode({ marketId: MARKET_ID, sequence, markPrice: mark, indexPrice: mark, observedAt });
    this.observationBytes = itemBytes(Item);
    await this.#client.send(new PutItemCommand({ TableName: this.#tables.observations, Item }));
    await this.#ring(watchMarks, recordOf('Observations', 'INSERT', { marketId: MARKET_ID, sequence }));
    // The wave gets in line, and leaves.
    for (let change = 1; change <= 2; change += 1)
      for (const reader of [watchMarks, openWaves]) await this.#ring(reader, recordOf('Controls', 'MODIFY', { controlKey: 'LANE#usdt' }));
  }

  /** What the clock rings once a minute. */
  async lookAfter(): Promise<void> {
    for (const scheduled of [sweepLanes, auditBooks]) await this.#run(scheduled);
  }

  /** The lane as it stands: how often it was written, and the waves in it. */
  async lane(): Promise<{ readonly version: number; readonly waves: number }> {
    this.meter.asker = 'test';
    const { Item } = await this.#client.send(
      new GetItemCommand({ TableName: this.#tables.controls, Key: { controlKey: { S: 'LANE#usdt' } }, ConsistentRead: true }),
    );
    return { version: Number(Item?.version?.N), waves: Item?.waves?.L?.length ?? 0 };
  }

  async #ring(rung: StreamFunction, record: DynamoDBRecord): Promise<void> {
    const { batchItemFailures } = await this.#metered(rung.name, () =>
      streamHandler(rung, () => this.#runtime)({ Records: [record] }, CONTEXT),
    );
    if (batchItemFailures.length > 0) throw new Error(`\`${rung.name}\` gave back its record`);
  }

  async #run(scheduled: ScheduledFunction): Promise<void> {
    const { findings } = await this.#metered(scheduled.name, () => scheduledHandler(scheduled, () => this.#runtime)({}, CONTEXT));
    if (findings.length > 0) throw new Error(findings.join('\n'));
  }

  async #metered<Answer>(name: string, invocation: () => Promise<Answer>): Promise<Answer> {
    this.meter.asker = name;
    this.meter.current.invocations += 1;
    const log = vi.spyOn(process.stderr, 'write').mockImplementation((line) => {
      this.meter.of(name).logBytes += Buffer.byteLength(String(line).trimEnd()) + LOG_EVENT_BYTES;
      return true;
    });
    try {
      return await invocation();
    } finally {
      log.mockRestore();
    }
  }
}
