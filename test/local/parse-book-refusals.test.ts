import { describe, expect, it } from 'vitest';
import { parseBook } from '#local/parse-book.ts';
import { bookDocument, bytesOf, bytesWith } from './book-document.ts';

const faultOf = (bytes: Uint8Array) => {
  const parsed = parseBook('book.json', bytes);
  return parsed.ok ? null : parsed.refusal;
};

/** Number of the first line that holds `text`. */
const lineOf = (bytes: Uint8Array, text: string): number =>
  new TextDecoder()
    .decode(bytes)
    .split('\n')
    .findIndex((line) => line.includes(text)) + 1;

type Row = readonly [claim: string, path: readonly (string | number)[], value: unknown, at: string, message: RegExp];

const market = (key: string) => ['markets', 0, key];
const position = (index: number, key: string) => ['accounts', 0, 'positions', index, key];
const tier = (index: number, key: string) => ['markets', 0, 'marginTiers', index, key];

const FORM: readonly Row[] = [
  ['a price as a number', market('markPrice'), 106427.7, '$.markets[0].markPrice', /^expected a decimal string .*, got number 106427\.7$/],
  ['a market without mark price', market('markPrice'), undefined, '$.markets[0].markPrice', /^expected a decimal string .*, got nothing$/],
  ['a mark price of zero', market('markPrice'), '0.00', '$.markets[0].markPrice', /above zero.*"0\.00"/],
  ['a negative mark price', market('markPrice'), '-1', '$.markets[0].markPrice', /above zero/],
  ['an exponent', market('markPrice'), '1e5', '$.markets[0].markPrice', /decimal string/],
  ['13 digits after the point', market('markPrice'), '1.0000000000001', '$.markets[0].markPrice', /decimal string/],
  ['21 digits before the point', market('markPrice'), '100000000000000000000', '$.markets[0].markPrice', /decimal string/],
  ['an index price of zero', market('indexPrice'), '0', '$.markets[0].indexPrice', /above zero/],
  ['a tick size of zero', market('tickSize'), '0', '$.markets[0].tickSize', /above zero/],
  ['a lot size of zero', market('lotSize'), '0', '$.markets[0].lotSize', /above zero/],
  ['a multiplier of zero', market('multiplier'), '0', '$.markets[0].multiplier', /above zero/],
  ['a fee rate of one', market('takerFeeRate'), '1', '$.markets[0].takerFeeRate', /not including "1"/],
  ['a negative fee rate', market('takerFeeRate'), '-0.1', '$.markets[0].takerFeeRate', /from "0"/],
  [
    'an inverse contract',
    market('contract'),
    'INVERSE',
    '$.markets[0].contract',
    /"LINEAR", the only .* of this version, got string "INVERSE"/,
  ],
  ['an unknown tier form', market('tierForm'), 'STEPS', '$.markets[0].tierForm', /"DEDUCTION", "MARGINAL", "FLAT".*"STEPS"/],
  ['an empty tier table', market('marginTiers'), [], '$.markets[0].marginTiers', /a list of at least 1/],
  ['a rate of zero', tier(0, 'maintenanceMarginRate'), '0', '$.markets[0].marginTiers[0].maintenanceMarginRate', /between "0" and "1"/],
  ['a rate of one', tier(0, 'maintenanceMarginRate'), '1', '$.markets[0].marginTiers[0].maintenanceMarginRate', /between "0" and "1"/],
  ['a leverage of zero', tier(0, 'maximumLeverage'), '0', '$.markets[0].marginTiers[0].maximumLeverage', /above zero/],
  ['an id with a hash', ['accounts', 0, 'accountId'], 'a#1', '$.accounts[0].accountId', /id of 1 to 40.*"a#1"/],
  ['a symbol that was not renamed', market('marketId'), 'BTC/USDT:USDT', '$.markets[0].marketId', /id of 1 to 40/],
  ['an id of 41 characters', ['accounts', 0, 'accountId'], 'x'.repeat(41), '$.accounts[0].accountId', /id of 1 to 40/],
  [
    'an asset that is no id',
    ['accounts', 0, 'walletBalances', 'US DT'],
    '1',
    '$.accounts[0].walletBalances["US DT"]',
    /^the key is no id of 1 to 40/,
  ],
  ['a quantity of zero', position(0, 'quantity'), '0', '$.accounts[0].positions[0].quantity', /above zero/],
  ['a signed quantity', position(0, 'quantity'), '-1', '$.accounts[0].positions[0].quantity', /above zero/],
  ['an entry price of zero', position(0, 'entryPrice'), '0', '$.accounts[0].positions[0].entryPrice', /above zero/],
  ['a side in lower case', position(0, 'side'), 'long', '$.accounts[0].positions[0].side', /"LONG", "SHORT", got string "long"/],
  ['an unknown margin mode', position(0, 'marginMode'), 'PORTFOLIO', '$.accounts[0].positions[0].marginMode', /"CROSS", "ISOLATED"/],
  ['an account without positions', ['accounts', 1, 'positions'], undefined, '$.accounts[1].positions', /expected a list, got nothing/],
  ['a misspelt key', position(0, 'entryprice'), '1', '$.accounts[0].positions[0].entryprice', /^unknown key `entryprice`$/],
  ['an unknown key at the root', ['funds'], [], '$.funds', /^unknown key `funds`$/],
  ['a time that is not UTC', ['asOf'], '2025-10-10T21:16:04+02:00', '$.asOf', /time in UTC/],
  ['a day that no calendar has', ['asOf'], '2025-02-30T00:00:00Z', '$.asOf', /time in UTC/],
  ['a residual of zero', ['residuals', 0, 'quantity'], '0', '$.residuals[0].quantity', /above zero/],
  ['a bankruptcy price of zero', ['residuals', 0, 'bankruptcyPrice'], '0', '$.residuals[0].bankruptcyPrice', /above zero/],
  ['a fund balance as a number', ['insuranceFunds', 0, 'balance'], 5, '$.insuranceFunds[0].balance', /decimal string.*number 5/],
];

const secondPosition = (marginMode: string, isolatedMargin?: string) => ({
  ...{ marketId: 'BTC-USDT', side: 'LONG', quantity: '7', entryPrice: '9', marginMode },
  ...(isolatedMargin === undefined ? {} : { isolatedMargin }),
});

const MEANING: readonly Row[] = [
  [
    'a position in an unknown market',
    position(1, 'marketId'),
    'XRP-USDT',
    '$.accounts[0].positions[1].marketId',
    /`XRP-USDT` is not a market/,
  ],
  ['a residual in an unknown market', ['residuals', 1, 'marketId'], 'XRP-USDT', '$.residuals[1].marketId', /`XRP-USDT` is not a market/],
  [
    'a market id given twice',
    ['markets', 1, 'marketId'],
    'BTC-USDT',
    '$.markets[1].marketId',
    /`BTC-USDT` is given twice, first at `\$\.markets\[0\]`/,
  ],
  [
    'an account id given twice',
    ['accounts', 1, 'accountId'],
    'a1',
    '$.accounts[1].accountId',
    /`a1` is given twice, first at `\$\.accounts\[0\]`/,
  ],
  ['a fund id given twice', ['insuranceFunds', 1, 'fundId'], 'usdt', '$.insuranceFunds[1].fundId', /`usdt` is given twice/],
  [
    'a second cross position',
    position(3, ''),
    secondPosition('CROSS'),
    '$.accounts[0].positions[3]',
    /second CROSS LONG position.*`BTC-USDT`/,
  ],
  [
    'a second isolated position',
    position(3, ''),
    secondPosition('ISOLATED', '7'),
    '$.accounts[0].positions[3]',
    /second ISOLATED LONG position/,
  ],
  [
    'ISOLATED without margin',
    position(0, 'isolatedMargin'),
    undefined,
    '$.accounts[0].positions[0].isolatedMargin',
    /ISOLATED.*got nothing/,
  ],
  ['CROSS with isolated margin', position(1, 'isolatedMargin'), '5', '$.accounts[0].positions[1].isolatedMargin', /none for a CROSS.*`5`/],
  [
    'CROSS without its balance',
    ['accounts', 0, 'walletBalances', 'USDT'],
    undefined,
    '$.accounts[0].walletBalances.USDT',
    /`USDT` balance.*`BTC-USDT`/,
  ],
  ['CROSS without any balance', ['accounts', 0, 'walletBalances'], undefined, '$.accounts[0].walletBalances.USDT', /`USDT` balance/],
  [
    'a lowest floor above zero',
    tier(0, 'notionalFloor'),
    '1',
    '$.markets[0].marginTiers[0].notionalFloor',
    /"0" for the lowest tier, got `1`/,
  ],
  ['a gap between tiers', tier(1, 'notionalFloor'), '50000.1', '$.markets[0].marginTiers[1].notionalFloor', /`50000`, got `50000\.1`/],
  ['an overlap of tiers', tier(1, 'notionalFloor'), '49999.9', '$.markets[0].marginTiers[1].notionalFloor', /`50000`, got `49999\.9`/],
  ['a cap at its floor', tier(1, 'notionalCap'), '50000', '$.markets[0].marginTiers[1].notionalCap', /more than the tier's floor, `50000`/],
  ['an open tier in the middle', tier(0, 'notionalCap'), null, '$.markets[0].marginTiers[0].notionalCap', /only the last tier/],
  [
    'a peak below the balance',
    ['insuranceFunds', 0, 'peakBalance'],
    '999999',
    '$.insuranceFunds[0].peakBalance',
    /at least the balance, `1000000`/,
  ],
];

const pathOf = (path: readonly (string | number)[]) => (path.at(-1) === '' ? path.slice(0, -1) : path);

describe.each([
  ['form', FORM],
  ['meaning', MEANING],
])('refused for its %s', (_, rows) => {
  it.each(rows)('%s', (_claim, path, value, at, message) => {
    const fault = faultOf(bytesWith(bookDocument(), pathOf(path), value));
    expect(fault).toMatchObject({ file: 'book.json', path: at });
    expect(fault?.message).toMatch(message);
    expect(fault?.message).not.toContain('\n');
  });
});

it('refuses amounts in a form that has none, as a mixture', () => {
  for (const form of ['FLAT', 'MARGINAL']) {
    const document = bookDocument();
    Reflect.set(document.markets[0]?.marginTiers?.[1] ?? {}, 'maintenanceAmount', '50');
    const fault = faultOf(bytesWith(document, ['markets', 0, 'tierForm'], form));
    expect(fault?.path).toBe('$.markets[0].marginTiers[1].maintenanceAmount');
    expect(fault?.message).toContain(`tierForm \`${form}\``);
  }
});

// 1.2… × 3.3… = 4.07…: the product of a and b digits has a + b − 1.
const DIGITS_14 = '33.000000000001';
const DIGITS_25 = '1234567890123456789.000001';
const DIGITS_26 = '12345678901234567890.000001';

it.each([
  ['entry value', ['accounts', 0, 'positions', 1, 'entryPrice']],
  ['notional value', ['markets', 0, 'markPrice']],
])('refuses a position whose %s needs more than 38 digits, and accepts 38', (_, path) => {
  const accepted = bookDocument();
  Reflect.set(accepted.accounts[0]?.positions[1] ?? {}, 'quantity', DIGITS_25);
  expect(faultOf(bytesWith(accepted, path, DIGITS_14))).toBeNull();
  const document = bookDocument();
  Reflect.set(document.accounts[0]?.positions[1] ?? {}, 'quantity', DIGITS_26);
  const fault = faultOf(bytesWith(document, path, DIGITS_14));
  expect(fault).toMatchObject({ path: '$.accounts[0].positions[1].quantity' });
  expect(fault?.message).toMatch(/more than `38` significant digits/);
});

it('refuses a residual whose value needs more than 38 digits', () => {
  const document = bookDocument();
  Reflect.set(document.residuals[0] ?? {}, 'quantity', DIGITS_26);
  expect(faultOf(bytesWith(document, ['residuals', 0, 'bankruptcyPrice'], DIGITS_14))?.path).toBe('$.residuals[0].quantity');
});

it.each([
  ['a wrong value', ['accounts', 0, 'positions', 1, 'quantity'], '7x7', '7x7'],
  ['a value that fits nothing else', ['accounts', 0, 'positions', 2, 'marketId'], 'XRP-USDT', 'XRP-USDT'],
  ['an unknown key', ['insuranceFunds', 1, 'blance'], '5', 'blance'],
])('names the line of %s', (_, path, value, text) => {
  const bytes = bytesWith(bookDocument(), path, value);
  expect(faultOf(bytes)?.line).toBe(lineOf(bytes, text));
});

it('names the first fault of many, by line', () => {
  const document = bookDocument();
  Reflect.set(document.residuals[0] ?? {}, 'quantity', '0');
  Reflect.set(document.accounts[0]?.positions[0] ?? {}, 'quantity', '0');
  expect(faultOf(bytesOf(JSON.stringify(document, null, 1)))?.path).toBe('$.accounts[0].positions[0].quantity');
});

it.each([
  ['nothing', '', 1],
  ['a comment', '{\n// why\n}', 2],
  ['a duplicate key', '{ "asOf": "2025-10-10T21:16:04Z",\n "asOf": "2025-10-10T21:16:04Z" }', 2],
  ['__proto__', '{\n\n"__proto__": {} }', 3],
  ['a list', '[]', 1],
  ['a number that loses digits', '{\n"notes": 9007199254740993 }', 2],
])('refuses a file that is %s, with its line', (_, text, line) => {
  expect(faultOf(bytesOf(text))?.line).toBe(line);
});
