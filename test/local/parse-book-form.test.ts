import { expect, it } from 'vitest';
import { parseBook } from '#local/parse-book.ts';
import { bookDocument, bytesOf, bytesWith, stepsOf } from './book-document.ts';

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

it.each([
  ['a price as a number', '$.markets[0].markPrice', 106427.7, /^expected a decimal string .*, got number 106427\.7$/],
  ['a market without mark price', '$.markets[0].markPrice', undefined, /^expected a decimal string .*, got nothing$/],
  ['a mark price of zero', '$.markets[0].markPrice', '0.00', /above zero.*"0\.00"/],
  ['a negative mark price', '$.markets[0].markPrice', '-1', /above zero/],
  ['an exponent', '$.markets[0].markPrice', '1e5', /decimal string/],
  ['13 digits after the point', '$.markets[0].markPrice', '1.0000000000001', /decimal string/],
  ['21 digits before the point', '$.markets[0].markPrice', '100000000000000000000', /decimal string/],
  ['an index price of zero', '$.markets[0].indexPrice', '0', /above zero/],
  ['a tick size of zero', '$.markets[0].tickSize', '0', /above zero/],
  ['a lot size of zero', '$.markets[0].lotSize', '0', /above zero/],
  ['a multiplier of zero', '$.markets[0].multiplier', '0', /above zero/],
  ['a fee rate of one', '$.markets[0].takerFeeRate', '1', /not including "1"/],
  ['a negative fee rate', '$.markets[0].takerFeeRate', '-0.1', /from "0"/],
  ['an unknown kind of contract', '$.markets[0].contract', 'QUANTO', /"LINEAR", "INVERSE", got string "QUANTO"/],
  ['an unknown tier form', '$.markets[0].tierForm', 'STEPS', /"DEDUCTION", "MARGINAL", "FLAT".*"STEPS"/],
  ['an empty tier table', '$.markets[0].marginTiers', [], /a list of at least 1/],
  ['a rate of zero', '$.markets[0].marginTiers[0].maintenanceMarginRate', '0', /between "0" and "1"/],
  ['a rate of one', '$.markets[0].marginTiers[0].maintenanceMarginRate', '1', /between "0" and "1"/],
  ['a leverage of zero', '$.markets[0].marginTiers[0].maximumLeverage', '0', /above zero/],
  ['an id with a hash', '$.accounts[0].accountId', 'a#1', /id of 1 to 40.*"a#1"/],
  ['a symbol that was not renamed', '$.markets[0].marketId', 'BTC/USDT:USDT', /id of 1 to 40/],
  ['an id of 41 characters', '$.accounts[0].accountId', 'x'.repeat(41), /id of 1 to 40/],
  ['an asset that is no id', '$.accounts[0].walletBalances["US DT"]', '1', /^the key is no id of 1 to 40/],
  ['a quantity of zero', '$.accounts[0].positions[0].quantity', '0', /above zero/],
  ['a signed quantity', '$.accounts[0].positions[0].quantity', '-1', /above zero/],
  ['an entry price of zero', '$.accounts[0].positions[0].entryPrice', '0', /above zero/],
  ['a side in lower case', '$.accounts[0].positions[0].side', 'long', /"LONG", "SHORT", got string "long"/],
  ['an unknown margin mode', '$.accounts[0].positions[0].marginMode', 'PORTFOLIO', /"CROSS", "ISOLATED"/],
  ['an account without positions', '$.accounts[1].positions', undefined, /expected a list, got nothing/],
  ['a misspelt key', '$.accounts[0].positions[0].entryprice', '1', /^unknown key `entryprice`$/],
  ['an unknown key at the root', '$.funds', [], /^unknown key `funds`$/],
  ['a time that is not UTC', '$.asOf', '2025-10-10T21:16:04+02:00', /time in UTC/],
  ['a day that no calendar has', '$.asOf', '2025-02-30T00:00:00Z', /time in UTC/],
  ['a residual of zero', '$.residuals[0].quantity', '0', /above zero/],
  ['a bankruptcy price of zero', '$.residuals[0].bankruptcyPrice', '0', /above zero/],
  ['a fund balance as a number', '$.insuranceFunds[0].balance', 5, /decimal string.*number 5/],
])('refuses %s, at its path', (_, path, value, message) => {
  const fault = faultOf(bytesWith(bookDocument(), stepsOf(path), value));
  expect(fault).toMatchObject({ file: 'book.json', path });
  expect(fault?.message).toMatch(message);
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
