import { type AttributeValue, DeleteItemCommand, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { fundAccount, valueLeg, venueAccount } from '#core/account/ledger.ts';
import { present } from '#core/invariant.ts';
import type { LiquidationOrder } from '#core/liquidation/order.ts';
import { decimal } from '#core/units/decimal.ts';
import { price } from '#core/units/money.ts';
import { entryItem } from '#functions/adapters/dynamodb/entry-item.ts';
import { dueRow, hintItem } from '#functions/adapters/dynamodb/hint-rows.ts';
import { second } from '../support/small-venue.ts';
import type { DrivenVenue } from './driven-venue.ts';
import { putRaw, quarantined, until, type WholeStack } from './whole-stack.ts';

/** What no mark of a healthy venue leads to, on one that is small: `a1` falls at 94, `a3` at 88, `a2` never. */
export const RARE = { accounts: 'a1 | 50 | LONG 10 AAA 100\n a2 | 900 | SHORT 20 AAA 100\n a3 | 110 | LONG 10 AAA 100', fund: '100' };

const BYSTANDER = 'a2#CROSS#USDT';

export const marked = (venue: DrivenVenue, sequence: number, mark: string): Promise<void> => {
  const markPrice = price(decimal(mark));
  return venue.publish({ marketId: 'AAA', sequence, markPrice, indexPrice: markPrice, observedAt: second(String(sequence)) });
};

/** Waits for the order that a mark led to. */
export const openedOrder = async (venue: DrivenVenue): Promise<LiquidationOrder> => {
  const open = async () => (await venue.orders()).flatMap((each) => (each.kind === 'LIQUIDATION' && each.status === 'NEW' ? [each] : []));
  await until('an order is open', async () => (await open()).length > 0);
  return present((await open())[0], 'the order');
};

/** Puts the ring of a pool that the wave has evaluated already, as a crash between two of its commits has it put once more. */
export const ringAgain = async ({ ports, stack }: WholeStack, waveId: string, poolId = BYSTANDER): Promise<() => Promise<boolean>> => {
  const ring = { waveId, poolId, cause: 'DUE' } as const;
  await ports.commit([{ table: 'Rings', action: 'PUT', item: ring }]);
  stack.hurry();
  return async () => !(await ports.hasRing(ring));
};

/** Leaves a row that leads to a pool without need, as a crash between two writes does. Tells whether it is gone. */
export const leaveStaleHint = async (whole: WholeStack): Promise<() => Promise<boolean>> => {
  const { ports, client, tables } = whole;
  const pool = present(await ports.loadPool(BYSTANDER), BYSTANDER);
  const row = hintItem.encode(dueRow(pool, 'AAA'));
  const { hintKey = { S: '' }, position = { S: '' } } = row;
  await putRaw(whole, tables.hints, row);
  const get = new GetItemCommand({ TableName: tables.hints, Key: { hintKey, position }, ConsistentRead: true });
  return async () => (await client.send(get)).Item === undefined;
};

/** Puts a posting into a case that takes from the fund and gives to nobody. */
export const breakBooks = async ({ client, tables }: WholeStack, caseId: string): Promise<void> => {
  const legs = [valueLeg(fundAccount('usdt'), decimal('-1')), valueLeg(venueAccount('AAA'), decimal('0.5'))];
  const entry = { entryId: `${caseId}#BROKEN`, caseId, kind: 'MARKET_FILL', asset: 'USDT', marketId: 'AAA', legs } as const;
  await client.send(new PutItemCommand({ TableName: tables.journal, Item: entryItem.encode(entry) }));
};

/** One for each function that streams ring. */
const POISONED = 5;

const S = (text: string): AttributeValue => ({ S: text });

/** Has every function that streams ring find a record that it cannot read; each of these rings one of them alone. */
export const poisonStreams = async (whole: WholeStack): Promise<void> => {
  const { client, tables } = whole;
  const nomination = { waveKey: S('NOMINATION#x'), poolId: S('a1') };
  const order = { orderId: S('order-1'), status: S('ENDED') };
  await putRaw(whole, tables.observations, { marketId: S('ZZZ'), sequence: { N: '1' } });
  await putRaw(whole, tables.rings, { waveKey: S('RING#nobody#AAA#1'), poolId: S('a1#CROSS#USDT'), kind: S('RING') });
  await putRaw(whole, tables.rings, { ...nomination, kind: S('NOMINATION') });
  await client.send(new DeleteItemCommand({ TableName: tables.rings, Key: nomination }));
  await putRaw(whole, tables.orders, order);
  await putRaw(whole, tables.orders, { ...order, again: { BOOL: true } });
  await putRaw(whole, tables.cases, { caseId: S('case-1'), state: S('ADL_WAIT'), lastWriter: S('SETTLE') });
  await until('all of them are put aside', async () => (await quarantined(whole)).length === POISONED);
};
