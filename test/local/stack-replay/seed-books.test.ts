import { join } from 'node:path';
import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { present } from '#core/invariant.ts';
import { hintItem, hintRowsOf } from '#functions/adapters/dynamodb/hint-rows.ts';
import type { Attributes } from '#functions/adapters/dynamodb/item.ts';
import { observationItem } from '#functions/adapters/dynamodb/observation-item.ts';
import { orderItem } from '#functions/adapters/dynamodb/order-item.ts';
import { activeLaw } from '#functions/adapters/lambda/active-law.ts';
import { ruleSetStore } from '#functions/adapters/lambda/rule-set-store.ts';
import { BadInput } from '#local/bad-input.ts';
import { runReplay } from '#local/replay/run-replay.ts';
import { BooksFolder, type BooksNote } from '#local/stack-replay/books-folder.ts';
import { depthFromTables } from '#local/stack-replay/depth-from-tables.ts';
import { readTables } from '#local/stack-replay/read-tables.ts';
import { scanItems } from '#local/stack-replay/scan-items.ts';
import { seedBooks } from '#local/stack-replay/seed-books.ts';
import { CRASH } from '../../handlers/crash.ts';
import { observationsOf } from '../../support/delivery.ts';
import { type EmbeddedTables, hasEmbeddedTables, startEmbeddedTables } from '../../support/embedded-tables.ts';
import { folderWith } from '../../support/folder.ts';
import { HOUSE } from '../../support/small-law.ts';
import { inputsOf, second } from '../../support/small-venue.ts';

const inputs = inputsOf(CRASH, HOUSE);
const NOTE: BooksNote = { kind: 'REPLAY', name: 'crash', content: 'sha256:1', ruleSet: HOUSE.reference };

let embedded: EmbeddedTables;

const target = () => ({ ...embedded, endpoint: 'http://127.0.0.1', signal: new AbortController().signal });
const folderAt = (path: string) => new BooksFolder(path, NOTE);

const put = (table: string, Item: Attributes) => embedded.client.send(new PutItemCommand({ TableName: table, Item }));

describe.skipIf(!hasEmbeddedTables)('the books of a replay', () => {
  beforeAll(async () => {
    embedded = await startEmbeddedTables();
  });

  afterAll(() => embedded.stop());

  it('are seeded once, as often as that is begun, and read back as they were', async () => {
    const path = join(folderWith({}), 'data');
    const aborted = AbortSignal.abort(new Error('asked to end'));
    await expect(seedBooks({ ...target(), signal: aborted }, folderAt(path), inputs, second('0'))).rejects.toThrow('asked to end');
    expect(folderAt(path)).toMatchObject({ isFresh: false, isSeeded: false });
    await seedBooks(target(), folderAt(path), inputs, second('0'));
    await seedBooks(target(), folderAt(path), inputs, second('0'));
    const { tables, decisions } = await readTables(embedded.client, embedded.tables);
    const { markets, pools, funds } = inputs.initial;
    expect([...tables.Markets.values()]).toEqual(markets);
    expect([...tables.Pools.values()]).toEqual(pools.map((pool) => ({ ...pool, lastWriter: 'OPERATOR' })));
    expect([...tables.Funds.values()]).toEqual(funds);
    expect([tables.Cases.size, tables.Lanes.size, decisions.length]).toEqual([0, 0, 0]);
  });

  it('lead to every pool by its hints, and are under the law that was named', async () => {
    const rows = (await scanItems(embedded.client, embedded.tables.hints)).map(hintItem.decode);
    const sorted = (keys: readonly { hintKey: string; position: string }[]) => keys.map((row) => `${row.hintKey}/${row.position}`).sort();
    expect(sorted(rows)).toEqual(sorted(inputs.initial.pools.flatMap(hintRowsOf)));
    const law = await activeLaw(ruleSetStore(embedded.client, embedded.tables), HOUSE.reference.id)();
    expect(law.reference).toEqual(HOUSE.reference);
  });

  it('are not written over those of somebody else', async () => {
    const fresh = folderAt(join(folderWith({}), 'other'));
    await expect(seedBooks(target(), fresh, inputs, second('0'))).rejects.toThrow(BadInput);
    expect(fresh.isSeeded).toBe(false);
  });

  it('tell how much depth the present marks have given already', async () => {
    const { tables } = await runReplay(inputs, () => {});
    for (const observation of inputs.groups.flatMap(observationsOf))
      await put(embedded.tables.observations, observationItem.encode(observation));
    for (const order of tables.Orders.values()) await put(embedded.tables.orders, orderItem.encode(order));
    const filled = [...tables.Orders.values()].flatMap((order) =>
      order.kind === 'LIQUIDATION' && order.filledQuantity.gt(0) ? [order] : [],
    );
    const last = present(filled.at(-1), 'the crash has fills');
    const group = present(
      inputs.groups.find(({ marks }) => marks.some((mark) => last.wave === `usdt#${mark.marketId}#${mark.sequence}`)),
      'the wave has its mark',
    );
    const at = (sequence: number, observedAt: typeof group.at) => {
      const market = present(tables.Markets.get(last.marketId), 'the market exists');
      return { ...market, accepted: { ...present(market.accepted, 'it was marked'), sequence, observedAt } };
    };
    const then = at(1, group.at);
    const usedThen = (await depthFromTables(embedded.client, embedded.tables, inputs.fundIds, [then])).usedAt(then);
    const later = at(2, second('100'));
    const usedLater = (await depthFromTables(embedded.client, embedded.tables, inputs.fundIds, [later])).usedAt(later);
    expect(usedThen.gte(last.filledQuantity)).toBe(true);
    expect(usedThen.lte(present(inputs.depthPerMark.get(last.marketId), 'the depth is bounded'))).toBe(true);
    expect(usedLater.isZero()).toBe(true);
  });
});
