import { type AttributeValue, DeleteItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TableNames } from '#functions/adapters/dynamodb/table-names.ts';
import { observationsOf } from '../support/delivery.ts';
import { hasEmbeddedTables } from '../support/embedded-tables.ts';
import { HOUSE } from '../support/small-law.ts';
import { inputsOf } from '../support/small-venue.ts';
import { observe, putRaw, quarantined, startWholeStack, until, type WholeStack } from './whole-stack.ts';

type Item = Record<string, AttributeValue>;

const S = (text: string): AttributeValue => ({ S: text });
const N = (text: string): AttributeValue => ({ N: text });

const observation = (changes: Item): Item => ({
  marketId: S('AAA'),
  sequence: N('900'),
  markPrice: N('100'),
  indexPrice: N('100'),
  observedAt: N('1760130000000'),
  ...changes,
});

/** Each kind of poison, as a venue, an operator or a broken tool might put it; `MODIFIED` is put twice, `REMOVED` put and deleted. */
const POISON: readonly (readonly [stream: keyof TableNames, kind: string, item: Item, how?: 'MODIFIED' | 'REMOVED'])[] = [
  ['observations', 'an unknown market', observation({ marketId: S('ZZZ') })],
  ['observations', 'a negative sequence', observation({ sequence: N('-1') })],
  ['observations', 'a broken sequence', observation({ sequence: N('901.5') })],
  ['observations', 'a sequence of 38 digits', observation({ sequence: N('9'.repeat(38)) })],
  ['observations', 'an emoji for a market', observation({ marketId: S('💥') })],
  ['observations', 'a price as text', observation({ sequence: N('902'), markPrice: S('100') })],
  ['observations', 'a negative price', observation({ sequence: N('903'), markPrice: N('-100') })],
  ['observations', 'an absurd price', observation({ sequence: N('904'), markPrice: N('1E+120') })],
  ['observations', 'a missing index', (({ indexPrice: _index, ...rest }) => rest)(observation({ sequence: N('905') }))],
  ['observations', 'an unknown attribute', observation({ sequence: N('906'), price: N('1') })],
  ['observations', 'a time that is a text', observation({ sequence: N('907'), observedAt: S('2025-10-10T21:00:00Z') })],
  ['controls', 'a lane of an unknown fund', { controlKey: S('LANE#nobody'), version: N('1') }],
  ['controls', 'a lane without a name', { controlKey: S('LANE#'), version: N('1') }],
  ['rings', 'a ring of an unknown fund', { waveKey: S('RING#nobody#AAA#1'), poolId: S('a1#CROSS#USDT'), kind: S('RING') }],
  ['rings', 'a ring that is none', { waveKey: S('RING#💥'), poolId: S('a1'), kind: S('RING') }],
  ['rings', 'a nomination that goes and was none', { waveKey: S('NOMINATION#x'), poolId: S('a1'), kind: S('NOMINATION') }, 'REMOVED'],
  ['pools', 'a pool without a name', { poolId: S('nobody'), lastWriter: S('VENUE'), version: N('2') }],
  ['pools', 'a pool that cannot be read', { poolId: S('zz#CROSS#USDT'), lastWriter: S('VENUE'), version: N('2') }],
  ['orders', 'an order without a name', { orderId: S('order-1'), status: S('ENDED') }, 'MODIFIED'],
  ['orders', 'an order of an unknown case', { orderId: S('zz#CROSS#USDT#1#AAA#LONG#1'), status: S('ENDED') }, 'MODIFIED'],
  ['cases', 'a case without a name', { caseId: S('case-1'), state: S('ORDERED') }],
  ['cases', 'a case that cannot be read', { caseId: S('zz#CROSS#USDT#9'), state: S('ORDERED') }],
];

const KEYS: Partial<Record<keyof TableNames, readonly string[]>> = { rings: ['waveKey', 'poolId'] };

describe.skipIf(!hasEmbeddedTables)('poison in every stream of the whole stack', () => {
  const inputs = inputsOf(
    { accounts: 'a1 | 50 | LONG 10 AAA 100\n a2 | 500 | SHORT 10 AAA 100', fund: '100', marks: '0 | 99 | 99\n 1 | 98 | -' },
    HOUSE,
  );
  let whole: WholeStack;
  beforeAll(async () => {
    whole = await startWholeStack(inputs);
    for (const [stream, , item, how] of POISON) {
      const table = whole.tables[stream];
      await putRaw(whole, table, item);
      if (how === 'MODIFIED') await putRaw(whole, table, { ...item, again: { BOOL: true } });
      if (how === 'REMOVED') {
        const Key = Object.fromEntries(Object.entries(item).filter(([name]) => KEYS[stream]?.includes(name)));
        await whole.client.send(new DeleteItemCommand({ TableName: table, Key }));
      }
    }
    // Good records behind the poison, in the stream of the marks and all that follow from them.
    for (const group of inputs.groups) for (const each of observationsOf(group)) await observe(whole, each);
  }, 60_000);
  afterAll(() => whole.stop());

  it('lets the marks behind it through, to the end of their waves', async () => {
    await until('the second mark is watched', async () => (await whole.ports.loadMarket('AAA'))?.watchedSequence === 2);
    await until('the lane is empty', async () => (await whole.ports.loadLane('usdt')).waves.length === 0);
    expect((await whole.ports.loadMarket('AAA'))?.accepted?.markPrice.toFixed()).toBe('98');
  }, 60_000);

  it('is found in quarantine, every record of it with its reason', async () => {
    await until('all of it is put aside', async () => (await quarantined(whole)).length >= POISON.length);
    const found = await quarantined(whole);
    const counted = new Map<string, number>();
    for (const { stream } of found) counted.set(stream, (counted.get(stream) ?? 0) + 1);
    const expected = new Map<string, number>();
    for (const [stream] of POISON) expected.set(whole.tables[stream], (expected.get(whole.tables[stream]) ?? 0) + 1);
    expect(counted).toEqual(expected);
    expect(found.filter(({ reason }) => reason.length < 10)).toEqual([]);
  }, 60_000);

  it('is acknowledged: no record is given back and none is discarded', () => {
    expect(whole.events).toEqual([]);
  });
});
