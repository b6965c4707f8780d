import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { parseScenario, unknownMarketOf } from '#local/parse-scenario.ts';
import { bytesOf, bytesWith } from './book-document.ts';

const scenarioDocument = () => ({
  name: 'btc-2025-10-10',
  book: 'book.json',
  marks: [
    { marketId: 'BTC-USDT', candles: 'btc_1m.csv', fromMs: 1760129400000, toMs: 1760133000000 },
    { marketId: 'ETH-USDT', candles: '../candles/eth_1m.csv', indexCandles: 'eth_index.csv', fromMs: 1760129400000, toMs: 1760133000000 },
  ],
  venue: { depthPerMark: { 'BTC-USDT': '0.5', 'ETH-USDT': '0' } },
  ruleSet: 'house@1.0.0',
  events: [
    { atMs: 1760129700000, marketId: 'BTC-USDT', status: 'ACTIVE' },
    { atMs: 1760129500000, marketId: 'BTC-USDT', status: 'HALTED' },
    { atMs: 1760129500000, marketId: 'ETH-USDT', status: 'REDUCE_ONLY' },
  ],
});

const scenarioOf = (bytes: Uint8Array) => {
  const parsed = parseScenario('scenario.json', bytes);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.refusal));
  return parsed.value;
};

it('keeps every value as given and puts the events in time order, equal times as written', () => {
  const scenario = scenarioOf(bytesOf(JSON.stringify(scenarioDocument())));
  expect({ name: scenario.name, book: scenario.book, ruleSet: scenario.ruleSet }).toEqual({
    name: 'btc-2025-10-10',
    book: 'book.json',
    ruleSet: 'house@1.0.0',
  });
  expect(scenario.marks.map((entry) => [entry.marketId, entry.candles, entry.indexCandles, entry.fromMs, entry.toMs])).toEqual([
    ['BTC-USDT', 'btc_1m.csv', null, 1760129400000, 1760133000000],
    ['ETH-USDT', '../candles/eth_1m.csv', 'eth_index.csv', 1760129400000, 1760133000000],
  ]);
  expect([...scenario.depthPerMark].map(([marketId, depth]) => `${marketId} ${depth}`)).toEqual(['BTC-USDT 0.5', 'ETH-USDT 0']);
  expect(scenario.events.map(({ atMs, marketId, status }) => `${atMs} ${marketId} ${status}`)).toEqual([
    '1760129500000 BTC-USDT HALTED',
    '1760129500000 ETH-USDT REDUCE_ONLY',
    '1760129700000 BTC-USDT ACTIVE',
  ]);
});

it('takes a scenario of only name, book and marks', () => {
  const { name, book, marks } = scenarioDocument();
  const scenario = scenarioOf(bytesOf(JSON.stringify({ name, book, marks })));
  expect([scenario.depthPerMark.size, scenario.ruleSet, scenario.events]).toEqual([0, null, []]);
});

it('takes the scenario that the project brings', () => {
  const bytes = readFileSync(new URL('../../local/crash-2025-10-10/scenario.json', import.meta.url));
  expect(scenarioOf(bytes).marks).toHaveLength(3);
});

it.each([
  ['no name', ['name'], undefined, '$.name', /expected a name, got nothing/],
  ['a name with spaces', ['name'], 'btc crash', '$.name', /1 to 80 letters/],
  ['a name of 81 characters', ['name'], 'x'.repeat(81), '$.name', /1 to 80 letters/],
  ['no book', ['book'], undefined, '$.book', /expected a path/],
  ['an empty path', ['book'], '', '$.book', /expected a path/],
  ['a path with a zero byte', ['book'], 'book\u0000.json', '$.book', /expected a path/],
  ['no marks', ['marks'], [], '$.marks', /a list of at least 1/],
  ['a market marked twice', ['marks', 1, 'marketId'], 'BTC-USDT', '$.marks[1].marketId', /given twice, first at `\$\.marks\[0\]`/],
  ['an empty range', ['marks', 0, 'toMs'], 1760129400000, '$.marks[0].toMs', /more than fromMs, `1760129400000`, got `1760129400000`/],
  ['a range backwards', ['marks', 1, 'fromMs'], 1760133000001, '$.marks[1].toMs', /more than fromMs/],
  ['a time as a string', ['marks', 0, 'fromMs'], '1760129400000', '$.marks[0].fromMs', /whole number.*got string/],
  ['a time with a fraction', ['marks', 0, 'fromMs'], 1760129400000.5, '$.marks[0].fromMs', /whole number/],
  ['a time before 1970', ['marks', 0, 'fromMs'], -1, '$.marks[0].fromMs', /milliseconds since 1970/],
  ['a depth as a number', ['venue', 'depthPerMark', 'BTC-USDT'], 0.5, '$.venue.depthPerMark["BTC-USDT"]', /decimal string.*number 0\.5/],
  ['a negative depth', ['venue', 'depthPerMark', 'BTC-USDT'], '-1', '$.venue.depthPerMark["BTC-USDT"]', /not negative/],
  ['a depth of no market', ['venue', 'depthPerMark', 'BTC USDT'], '1', '$.venue.depthPerMark["BTC USDT"]', /the key is no id/],
  ['a rule set without version', ['ruleSet'], 'house', '$.ruleSet', /such as "house@1\.0\.0"/],
  ['a status in lower case', ['events', 0, 'status'], 'halted', '$.events[0].status', /"HALTED".*got string "halted"/],
  ['an event without time', ['events', 2, 'atMs'], undefined, '$.events[2].atMs', /milliseconds since 1970.*got nothing/],
  ['a misspelt key', ['marks', 0, 'candle'], 'x.csv', '$.marks[0].candle', /^unknown key `candle`$/],
])('refuses %s', (_, path, value, at, message) => {
  const parsed = parseScenario('scenario.json', bytesWith(scenarioDocument(), path, value));
  const fault = parsed.ok ? null : parsed.refusal;
  expect(fault).toMatchObject({ file: 'scenario.json', path: at });
  expect(fault?.message).toMatch(message);
});

it('names the line of a fault', () => {
  const bytes = bytesWith(scenarioDocument(), ['marks', 1, 'marketId'], 'BTC-USDT');
  const parsed = parseScenario('scenario.json', bytes);
  const lines = new TextDecoder().decode(bytes).split('\n');
  expect(lines[(parsed.ok ? 0 : parsed.refusal.line) - 1]).toContain('"marketId": "BTC-USDT"');
});

it.each([
  ['marks', ['ETH-USDT'], '$.marks[0].marketId'],
  ['depths', ['BTC-USDT', 'ETH-USDT'], null],
])('finds a market in its %s that the book does not have', (_, known, at) => {
  const scenario = scenarioOf(bytesOf(JSON.stringify(scenarioDocument())));
  expect(unknownMarketOf(scenario, new Set(known))?.path ?? null).toBe(at);
});

it('finds an unknown market in depths and events too', () => {
  const known = new Set(['BTC-USDT', 'ETH-USDT']);
  const deep = scenarioOf(bytesWith(scenarioDocument(), ['venue', 'depthPerMark', 'XRP-USDT'], '1'));
  expect(unknownMarketOf(deep, known)).toMatchObject({ file: 'scenario.json', path: '$.venue.depthPerMark["XRP-USDT"]' });
  const halted = scenarioOf(bytesWith(scenarioDocument(), ['events', 2, 'marketId'], 'XRP-USDT'));
  expect(unknownMarketOf(halted, known)?.message).toBe('`XRP-USDT` is not a market of `book.json`');
});
