import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type Decimal, decimal, sum } from '#core/units/decimal.ts';
import { LONG_LEVERAGE } from '#local/book-generator/assumed-shape.ts';
import { CRASH_MARKETS } from '#local/book-generator/crash-markets.ts';
import type { GeneratedAccount, GeneratedBook, GeneratedPosition } from '#local/book-generator/generated-book.ts';
import { ENTRY_DISTANCE, LONG_NOTIONAL, SHORT_LEVERAGE, SHORT_NOTIONAL } from '#local/book-generator/published-shape.ts';
import { type QuantileTable, quantileOf } from '#local/book-generator/quantile-table.ts';
import { bookSchema } from '#local/book-schema.ts';
import { DEFAULT_ACCOUNTS, DEFAULT_SEED, generateBook } from '#local/generate-book.ts';

/** [notional cap, maintenance margin rate]: Binance USD-M, 2024-10-24. Without the deduction, so each requirement is at least the true one. */
const RATES: Record<string, readonly (readonly [string, string])[]> = {
  'ETH-USDT': [
    ['50000', '0.004'],
    ['600000', '0.005'],
    ['3000000', '0.0065'],
    ['12000000', '0.01'],
    ['50000000', '0.02'],
  ],
  'SOL-USDT': [
    ['20000', '0.005'],
    ['100000', '0.0065'],
    ['800000', '0.01'],
    ['4000000', '0.02'],
    ['8000000', '0.025'],
  ],
  'XRP-USDT': [
    ['10000', '0.005'],
    ['20000', '0.0065'],
    ['160000', '0.01'],
    ['800000', '0.02'],
    ['1600000', '0.025'],
  ],
};

const request = { seed: DEFAULT_SEED, accounts: DEFAULT_ACCOUNTS };
const book = generateBook(request);
const positions = book.accounts.flatMap((account) => account.positions);

const marketOf = ({ marketId }: GeneratedPosition) => {
  const market = book.markets.find((candidate) => candidate.marketId === marketId);
  if (market === undefined) throw new RangeError(`no market \`${marketId}\``);
  return market;
};
const notional = (position: GeneratedPosition): Decimal => decimal(position.quantity).times(marketOf(position).markPrice);
const profit = (position: GeneratedPosition): Decimal =>
  decimal(marketOf(position).markPrice)
    .minus(position.entryPrice)
    .times(position.quantity)
    .times(position.side === 'LONG' ? 1 : -1);
const requirement = (position: GeneratedPosition): Decimal => {
  const value = notional(position);
  const rate = RATES[position.marketId]?.find(([notionalCap]) => value.lte(notionalCap))?.[1] ?? '1';
  return value.times(rate).plus(value.times(marketOf(position).takerFeeRate));
};

interface Pool {
  readonly paidIn: string;
  readonly positions: readonly GeneratedPosition[];
}
const poolsOf = ({ walletBalances, positions: held }: GeneratedAccount): Pool[] => [
  { paidIn: walletBalances.USDT ?? '0', positions: held.filter(({ marginMode }) => marginMode === 'CROSS') },
  ...held
    .filter(({ marginMode }) => marginMode === 'ISOLATED')
    .map((position) => ({ paidIn: position.isolatedMargin ?? '0', positions: [position] })),
];
const balance = (pool: Pool): Decimal => sum(pool.positions.map(profit)).plus(pool.paidIn);
const pools = (of: GeneratedBook): Pool[] => of.accounts.flatMap(poolsOf).filter((pool) => pool.positions.length > 0);

const isCrowd = ({ tags }: GeneratedAccount): boolean => tags.length === 0;
const leverages = (side: string): Decimal[] =>
  book.accounts
    .filter((account) => isCrowd(account) && account.positions[0]?.side === side)
    .flatMap((account) => poolsOf(account).filter((pool) => pool.positions.length > 0))
    .map((pool) => sum(pool.positions.map(notional)).div(balance(pool)));
const notionals = (side: string): Decimal[] =>
  book.accounts
    .filter(({ tags }) => !tags.includes('whale') && !tags.includes('hedged'))
    .flatMap((account) => account.positions)
    .filter((position) => position.side === side)
    .map(notional);
const entryDistances = (): Decimal[] =>
  positions.map((position) =>
    decimal(position.entryPrice).div(CRASH_MARKETS.find(({ marketId }) => marketId === position.marketId)?.entryPriceMean ?? 0),
  );

/** Obtained / wanted at one percent of a table. */
const obtainedPerWanted = (values: Decimal[], table: QuantileTable, percent: number): number => {
  const ascending = values.toSorted((a, b) => a.comparedTo(b));
  const obtained = ascending[Math.floor((percent / 100) * (ascending.length - 1))] ?? decimal('0');
  return Number(obtained.toFixed()) / quantileOf(table, percent / 100);
};

describe('the generated book', () => {
  it('is the same text for the same request', () => {
    expect(JSON.stringify(generateBook(request))).toBe(JSON.stringify(book));
  });
  it('differs with the seed', () => {
    expect(JSON.stringify(generateBook({ ...request, seed: 'another' }).accounts)).not.toBe(JSON.stringify(book.accounts));
  });
  it('has the form of a book', () => {
    const parsed = bookSchema.safeParse(JSON.parse(JSON.stringify(book)));
    expect(parsed.error?.issues ?? []).toEqual([]);
  });
  it('has as many accounts as asked for, at least 2,000 by default', () => {
    expect(book.accounts.length).toBe(DEFAULT_ACCOUNTS);
    expect(DEFAULT_ACCOUNTS).toBeGreaterThanOrEqual(2000);
    expect(generateBook({ ...request, accounts: 137 }).accounts.length).toBe(137);
  });
  it('gives every account its own id of the published form', () => {
    const ids = book.accounts.map(({ accountId }) => accountId);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.filter((id) => !/^[A-Za-z0-9_.-]{1,40}$/.test(id))).toEqual([]);
  });
  it('keeps quantities on the lot and entries on the tick, both above zero', () => {
    const isOff = (value: string, step: string): boolean => decimal(value).lte(0) || !decimal(value).mod(step).isZero();
    expect(positions.filter((position) => isOff(position.quantity, marketOf(position).lotSize))).toEqual([]);
    expect(positions.filter((position) => isOff(position.entryPrice, marketOf(position).tickSize))).toEqual([]);
  });
  it('prints every decimal in canonical form', () => {
    const texts = positions.flatMap(({ quantity, entryPrice, isolatedMargin }) => [quantity, entryPrice, isolatedMargin ?? '1']);
    expect(texts.filter((text) => decimal(text).toFixed() !== text)).toEqual([]);
  });
  it('has as much long as short in each market, to the lot', () => {
    for (const { marketId } of book.markets) {
      const signed = positions
        .filter((held) => held.marketId === marketId)
        .map((held) => decimal(held.quantity).times(held.side === 'LONG' ? 1 : -1));
      expect(sum(signed).toFixed()).toBe('0');
    }
  });
  it.each([DEFAULT_SEED, 'a', 'b'])('opens every pool of seed %s with twice its maintenance margin and fees, and money paid in', (seed) => {
    const unsafe = pools(generateBook({ ...request, seed })).filter(
      (pool) => decimal(pool.paidIn).lte(0) || balance(pool).lt(sum(pool.positions.map(requirement)).times(2)),
    );
    expect(unsafe).toEqual([]);
  });
  it('is about 70 % cross and 30 % isolated, with several markets, hedges, whales and market makers among them', () => {
    const isolated = book.accounts.filter((account) => account.positions.some(({ marginMode }) => marginMode === 'ISOLATED'));
    expect(isolated.length / book.accounts.length).toBeCloseTo(0.3, 1);
    const marketCounts = book.accounts.map((account) => new Set(account.positions.map(({ marketId }) => marketId)).size);
    expect(marketCounts.filter((count) => count === 2).length).toBeGreaterThan(100);
    expect(marketCounts.filter((count) => count === 3).length).toBeGreaterThan(20);
    const tagged = (tag: string): number => book.accounts.filter(({ tags }) => tags.includes(tag)).length;
    expect([tagged('hedged'), tagged('whale'), tagged('market-maker')]).toEqual([24, 4, 4]);
  });
  it('refuses a number of accounts outside its bounds', () => {
    for (const accounts of [99, 1_000_001, 500.5, Number.NaN]) expect(() => generateBook({ ...request, accounts })).toThrow(RangeError);
  });
  it.each(book.markets)('opens $marketId at the open of the candle of its opening time', ({ marketId, markPrice }) => {
    const candles = new URL(`../../local/crash-2025-10-10/${marketId.toLowerCase().replace('-', '')}_5m.csv`, import.meta.url);
    const bars = readFileSync(candles, 'utf8').split('\n');
    const [, open] = bars.find((bar) => bar.startsWith(`${Date.parse(book.asOf)},`))?.split(',') ?? [];
    expect(markPrice).toBe(open);
  });
  it('takes a fund balance as given', () => {
    expect(generateBook({ ...request, insuranceFundBalance: '12.5' }).insuranceFunds[0]?.balance).toBe('12.5');
  });
});

describe('the shape of the generated book', () => {
  const percents = [10, 25, 50, 75, 90, 95].map((percent) => ({ percent }));
  it.each(percents)('has notionals within 0.15 of the published ones at percentile $percent', ({ percent }) => {
    expect(Math.abs(obtainedPerWanted(notionals('LONG'), LONG_NOTIONAL, percent) - 1)).toBeLessThan(0.15);
    expect(Math.abs(obtainedPerWanted(notionals('SHORT'), SHORT_NOTIONAL, percent) - 1)).toBeLessThan(0.15);
  });
  it.each(percents)('has leverages within 0.05 of their tables at percentile $percent', ({ percent }) => {
    expect(Math.abs(obtainedPerWanted(leverages('LONG'), LONG_LEVERAGE, percent) - 1)).toBeLessThan(0.05);
    expect(Math.abs(obtainedPerWanted(leverages('SHORT'), SHORT_LEVERAGE, percent) - 1)).toBeLessThan(0.05);
  });
  it.each(percents)('has entries within 0.02 of the published distances at percentile $percent', ({ percent }) => {
    expect(Math.abs(obtainedPerWanted(entryDistances(), ENTRY_DISTANCE, percent) - 1)).toBeLessThan(0.02);
  });
});
