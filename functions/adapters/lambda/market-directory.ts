import { type DynamoDBClient, ScanCommand, type ScanCommandInput } from '@aws-sdk/client-dynamodb';
import { decodeMembers } from '../dynamodb/composite-attribute.ts';
import { id } from '../dynamodb/key-attributes.ts';
import type { TableNames } from '../dynamodb/table-names.ts';

/** Markets that a venue may have; beyond it the table holds something else than markets. */
const MARKETS_MAX = 20_000;

/** Shortest time between two looks for markets that were added, so that records of unknown ones do not have the table read again and again. */
export const REFRESH_MS_MIN = 10_000;

const members = { marketId: id, fundId: id };

/** Which fund backs each market, as the markets say. Read once, and again when a market is asked for that is not among them. */
export class MarketDirectory {
  readonly #client: DynamoDBClient;
  readonly #tableName: string;
  readonly #time: () => number;
  readonly #fundIds = new Map<string, string>();
  #readAt: number | null = null;

  constructor(client: DynamoDBClient, tables: TableNames, time: () => number = Date.now) {
    this.#client = client;
    this.#tableName = tables.markets;
    this.#time = time;
  }

  /** One map for good: it grows with the markets. */
  async fundIds(): Promise<ReadonlyMap<string, string>> {
    if (this.#readAt === null) await this.#read();
    return this.#fundIds;
  }

  readonly knowsMarket = (marketId: string): Promise<boolean> => this.#known(() => this.#fundIds.has(marketId));

  readonly knowsFund = (fundId: string): Promise<boolean> => this.#known(() => [...this.#fundIds.values()].includes(fundId));

  async #known(isThere: () => boolean): Promise<boolean> {
    if (isThere()) return true;
    if (this.#readAt !== null && this.#time() - this.#readAt < REFRESH_MS_MIN) return false;
    await this.#read();
    return isThere();
  }

  async #read(): Promise<void> {
    const at = this.#time();
    let from: ScanCommandInput['ExclusiveStartKey'];
    do {
      const scan = new ScanCommand({
        TableName: this.#tableName,
        ProjectionExpression: '#marketId, #fundId',
        ExpressionAttributeNames: { '#marketId': 'marketId', '#fundId': 'fundId' },
        ConsistentRead: true,
        ExclusiveStartKey: from,
      });
      const page = await this.#client.send(scan);
      for (const item of page.Items ?? []) {
        const { marketId, fundId } = decodeMembers(members, item, { table: 'Markets', key: item.marketId?.S ?? '', attribute: '' });
        this.#fundIds.set(marketId, fundId);
      }
      if (this.#fundIds.size > MARKETS_MAX) throw new RangeError(`there are at most \`${MARKETS_MAX}\` markets`);
      from = page.LastEvaluatedKey;
    } while (from !== undefined);
    this.#readAt = at;
  }
}
