import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LiquidationOrder } from '#core/liquidation/order.ts';
import { decimal } from '#core/units/decimal.ts';
import { price } from '#core/units/money.ts';
import { epochMs } from '#core/units/time.ts';
import { parseBook } from '#local/parse-book.ts';
import { accepted } from '#local/read-input.ts';
import { readRuleSet } from '#local/rule-set-folder.ts';
import { BooksFolder } from '#local/stack-replay/books-folder.ts';
import { seedBooks } from '#local/stack-replay/seed-books.ts';
import { openSession } from '#local/stack-replay/stack-session.ts';
import { startingBooks } from '#local/starting-books.ts';

/**
 * How long a mark takes to become an order on the local stack, through the real AWS client, and how many orders it settles a second.
 * One pool breaches at each of `SINGLE` marks; at the last mark `TOGETHER` breach at once, and the venue fills all of their orders.
 */
const SINGLE = 50;
const TOGETHER = 200;
const MARKET_ID = 'BTC-USDT';
const MS_PER_SECOND = 1000;
const MEDIAN = 0.5;
const NINETY_NINTH = 0.99;

const market = { marketId: MARKET_ID, contract: 'LINEAR', settlementAsset: 'USDT', tickSize: '0.01', lotSize: '0.001', markPrice: '1000' };
const tiers = [{ notionalFloor: '0', notionalCap: null, maintenanceMarginRate: '0.01' }];
const holder = (accountId: string, isolatedMargin: number) => ({
  accountId,
  positions: [
    {
      marketId: MARKET_ID,
      side: 'LONG',
      quantity: '1',
      entryPrice: '1000',
      marginMode: 'ISOLATED',
      isolatedMargin: String(isolatedMargin),
    },
  ],
});
/** Margins a unit apart: at a mark a unit lower one pool more is below its maintenance margin. */
const singles = Array.from({ length: SINGLE }, (_, nth) => holder(`single-${nth}`, 50 + nth));
const others = Array.from({ length: TOGETHER }, (_, nth) => holder(`together-${nth}`, 200));
const document = {
  asOf: '2025-10-10T21:00:00Z',
  markets: [{ ...market, marginTiers: tiers }],
  accounts: [...singles, ...others],
  insuranceFunds: [{ fundId: 'usdt', asset: 'USDT', balance: '1000000' }],
};

const ruleSet = readRuleSet('house');
const book = accepted(parseBook('book.json', new TextEncoder().encode(JSON.stringify(document))));
const books = startingBooks('book.json', book, ruleSet);

const dataFolder = mkdtempSync(join(tmpdir(), 'adl-bench-'));
const { signal } = new AbortController();
const say = (line: string): void => void process.stderr.write(`${line}\n`);
const session = await openSession({ dataFolder, ruleSetId: 'house', clock: 'SYSTEM', signal, say });
if (session === null) throw new Error('this benchmark needs the embedded database');
const { venue, watch, until, stack, client, tables } = session;
const operator = session.operator(ruleSet, books.fundIds);

const publish = async (sequence: number, mark: string): Promise<void> => {
  const at = price(decimal(mark));
  await venue.publishObservation({ marketId: MARKET_ID, sequence, markPrice: at, indexPrice: at, observedAt: epochMs(Date.now()) });
  stack.hurry();
};
const orderOf = async (accountId: string): Promise<LiquidationOrder | null> => {
  const order = await venue.loadOrder(`${accountId}#ISOLATED#${MARKET_ID}#LONG#1#${MARKET_ID}#LONG#1`);
  return order?.kind === 'LIQUIDATION' ? order : null;
};
const isDone = async (): Promise<boolean> => (await operator.loadLane('usdt')).waves.length === 0;
const fill = async ({ orderId, quantity }: LiquidationOrder, mark: string): Promise<void> => {
  await venue.reportAndEnd({ orderId, fillSequence: 1, fills: [{ quantity, price: price(decimal(mark)) }] });
};
const shown = (ms: number): string => `${ms.toFixed(0)} ms`;
const quantileOf = (sorted: readonly number[], part: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? 0;

try {
  const identity = { kind: 'SERVER', name: 'bench', content: '', ruleSet: ruleSet.reference } as const;
  await seedBooks({ client, endpoint: stack.endpoint, tables, signal }, new BooksFolder(dataFolder, identity), books, book.asOf);
  await publish(1, '1000');
  await until('all pools have their guards', async () => (await operator.loadMarket(MARKET_ID))?.watchedSequence === 1 && (await isDone()));
  const latencies: number[] = [];
  for (const [nth] of singles.entries()) {
    const mark = `${959 - nth}`;
    const startedAt = performance.now();
    await publish(nth + 2, mark);
    const order = await watch(`order ${nth}`, () => orderOf(`single-${nth}`));
    latencies.push(performance.now() - startedAt);
    await fill(order, mark);
    stack.hurry();
    await until(`wave ${nth} is done`, isDone);
  }
  const sorted = latencies.sort((a, b) => a - b);
  process.stdout.write(
    `mark → order: p50 ${shown(quantileOf(sorted, MEDIAN))}, p99 ${shown(quantileOf(sorted, NINETY_NINTH))}, ${SINGLE} marks, one breach each\n`,
  );
  const startedAt = performance.now();
  await publish(SINGLE + 2, '805');
  // One cheap look at a time: two hundred would be what is measured.
  await until('all orders are there', async () => {
    const head = (await operator.loadLane('usdt')).waves[0];
    return head?.stage === 'RUNG' && !(await operator.hasRings(head.waveId)) && !(await operator.hasNominations(head.waveId));
  });
  const openedAt = performance.now();
  const found = await Promise.all(others.map(({ accountId }) => orderOf(accountId)));
  const orders = found.filter((order) => order !== null);
  if (orders.length !== TOGETHER) throw new Error(`${TOGETHER} orders are open, not ${orders.length}`);
  const filledFrom = performance.now();
  await Promise.all(orders.map((order) => fill(order, '805')));
  stack.hurry();
  await until('all of them are settled', isDone);
  const settledAt = performance.now();
  process.stdout.write(
    `${TOGETHER} breaches at one mark: ${shown(openedAt - startedAt)} to the last order; filled and settled in ${shown(settledAt - filledFrom)} = ` +
      `${Math.round((TOGETHER * MS_PER_SECOND) / (settledAt - filledFrom))} settled orders/s\n`,
  );
  process.stdout.write(`${cpus().length} × ${cpus()[0]?.model ?? 'unknown CPU'}, Node ${process.version}\n`);
} finally {
  await session.close();
  rmSync(dataFolder, { recursive: true, force: true });
}
