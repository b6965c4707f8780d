import { expect, it } from 'vitest';
import { generateBook } from '#local/generate-book.ts';
import { parseBook } from '#local/parse-book.ts';
import { bookDocument, bytesOf, bytesWith } from './book-document.ts';

const bookOf = (bytes: Uint8Array) => {
  const parsed = parseBook('book.json', bytes);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.refusal));
  return parsed.value;
};

const book = bookOf(bytesOf(JSON.stringify(bookDocument())));

const OFF_LOT =
  "$.accounts[0].positions[0].quantity: no multiple of the market's lot; closing such a position whole takes an order off the lot";

it('keeps every value as given', () => {
  expect(book.asOf).toBe(Date.UTC(2025, 9, 10, 21, 16, 4));
  const market = book.markets[0];
  expect(market?.contract).toBe('LINEAR');
  expect(
    [market?.multiplier, market?.tickSize, market?.lotSize, market?.markPrice, market?.indexPrice, market?.takerFeeRate].map(String),
  ).toEqual(['0.001', '0.1', '0.001', '106427.7', '106400', '0.0005']);
  const account = book.accounts[0];
  expect(account?.tags).toEqual(['market-maker']);
  expect([...(account?.walletBalances ?? [])].map(([asset, balance]) => `${asset} ${balance}`)).toEqual(['USDT -1000.5', 'BTC 2']);
  expect(
    account?.positions.map((position) => `${position.side} ${position.quantity} ${position.marginMode} ${position.isolatedMargin}`),
  ).toEqual(['LONG 1.0005 ISOLATED -20', 'LONG 2 CROSS null', 'SHORT 2 CROSS null']);
  expect(book.insuranceFunds.map((fund) => `${fund.fundId} ${fund.balance} ${fund.peakBalance}`)).toEqual([
    'usdt 1000000 1200000',
    'btc 5 5',
  ]);
  expect(
    book.residuals.map((residual) => `${residual.side} ${residual.quantity} ${residual.bankruptcyPrice} ${residual.accountId}`),
  ).toEqual(['SHORT 20 650 a9', 'LONG 1 650 null']);
  expect(book.warnings).toEqual([OFF_LOT]);
});

it('keeps amounts and leverages that are not given apart from zero', () => {
  const tiers = book.markets[0]?.marginTiers?.map((tier) => [tier.notionalCap, tier.maintenanceAmount, tier.maximumLeverage].map(String));
  expect(tiers).toEqual([
    ['50000', '0', '125'],
    ['null', 'null', 'null'],
  ]);
});

it('fills in the defaults of the format', () => {
  const market = book.markets[1];
  expect([market?.multiplier, market?.takerFeeRate, market?.indexPrice, market?.tierForm, market?.marginTiers].map(String)).toEqual([
    '1',
    '0',
    '4000',
    'DEDUCTION',
    'null',
  ]);
  expect(book.accounts[1]).toEqual({ accountId: 'a2', tags: [], walletBalances: new Map(), positions: [] });
  const bare = bookOf(bytesOf('{ "asOf": "2025-10-10T21:16:04.5Z", "markets": [], "accounts": [] }'));
  expect(bare).toEqual({
    asOf: Date.UTC(2025, 9, 10, 21, 16, 4, 500),
    markets: [],
    accounts: [],
    insuranceFunds: [],
    residuals: [],
    warnings: [],
  });
});

it('warns of a lowest tier with an amount and uses it as given', () => {
  const warned = bookOf(bytesWith(bookDocument(), ['markets', 0, 'marginTiers', 0, 'maintenanceAmount'], '5'));
  expect(warned.warnings).toEqual([
    "$.markets[0].marginTiers[0].maintenanceAmount: the lowest tier's amount is `5`, not zero; it is used as given",
    OFF_LOT,
  ]);
  expect(String(warned.markets[0]?.marginTiers?.[0]?.maintenanceAmount)).toBe('5');
});

it.each([
  ['notes and $schema at the root', ['notes'], { any: [1] }],
  ['notes in a tier', ['markets', 0, 'marginTiers', 0, 'notes'], 'from the venue'],
  ['a $schema', ['$schema'], '../rules/schema/book.schema.json'],
  ['a quantity below one lot', ['accounts', 0, 'positions', 0, 'quantity'], '0.0000001'],
  ['an isolated margin of zero', ['accounts', 0, 'positions', 0, 'isolatedMargin'], '0'],
  ['rates that fall from tier to tier', ['markets', 0, 'marginTiers', 1, 'maintenanceMarginRate'], '0.001'],
  ['a fee rate of zero', ['markets', 0, 'takerFeeRate'], '0.000'],
  ['a fee rate just below one', ['markets', 0, 'takerFeeRate'], '0.999999999999'],
  ['a fund below zero', ['insuranceFunds', 1, 'balance'], '-5'],
  ['a last tier with a cap', ['markets', 0, 'marginTiers', 1, 'notionalCap'], '50000.000000000001'],
  ['amounts that MARGINAL gives as zero', ['markets', 0, 'tierForm'], 'MARGINAL'],
  ['the longest price', ['markets', 1, 'markPrice'], '12345678901234567890.123456789012'],
  ['an id of 40 characters', ['accounts', 1, 'accountId'], 'x'.repeat(40)],
])('accepts %s', (_, path, value) => {
  expect(parseBook('book.json', bytesWith(bookDocument(), path, value))).toMatchObject({ ok: true });
});

it('accepts the sides and margin modes of one market beside each other', () => {
  const document = bookDocument();
  const [isolated] = document.accounts[0]?.positions ?? [];
  const positions = [...(document.accounts[0]?.positions ?? []), { ...isolated, side: 'SHORT' }];
  expect(parseBook('book.json', bytesWith(document, ['accounts', 0, 'positions'], positions))).toMatchObject({ ok: true });
});

it('accepts what the generator writes', () => {
  const bytes = bytesOf(JSON.stringify(generateBook({ seed: 'parse', accounts: 200 })));
  expect(bookOf(bytes).accounts).toHaveLength(200);
});

it('prints no minus zero', () => {
  const zero = bookOf(bytesWith(bookDocument(), ['accounts', 0, 'walletBalances', 'USDT'], '-0.00'));
  expect(zero.accounts[0]?.walletBalances.get('USDT')?.toFixed()).toBe('0');
});

it('reads 20,000 accounts with two positions each in seconds', () => {
  const document = bookDocument();
  const account = document.accounts[0];
  const many = { ...document, accounts: Array.from({ length: 20_000 }, (_, index) => ({ ...account, accountId: `a${index}` })) };
  const bytes = bytesOf(JSON.stringify(many));
  const started = performance.now();
  expect(bookOf(bytes).accounts).toHaveLength(20_000);
  expect(performance.now() - started).toBeLessThan(10_000);
});
