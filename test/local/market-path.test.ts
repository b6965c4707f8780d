import { expect, it } from 'vitest';
import { marketPathOf } from '#local/market-path.ts';
import { parseCandles } from '#local/parse-candles.ts';
import { parseScenario } from '#local/parse-scenario.ts';
import { bytesOf } from './book-document.ts';

const seriesOf = (file: string, times: readonly number[], price: string) => {
  const rows = times.map((time) => `${time},${price},${price},${price},${price}`);
  const candles = parseCandles(file, ['open_time_ms,open_usd,high_usd,low_usd,close_usd', ...rows].join('\n'));
  if (!candles.ok) throw new Error(JSON.stringify(candles.refusal));
  return candles.value;
};

const scenarioOf = (fromMs: number, toMs: number) => {
  const entry = (marketId: string) => ({ marketId, candles: `${marketId}.csv`, indexCandles: 'index.csv', fromMs, toMs });
  const document = { name: 'gap', book: 'book.json', marks: [entry('ETH-USDT'), entry('BTC-USDT')] };
  const parsed = parseScenario('scenario.json', bytesOf(JSON.stringify(document, null, 1)));
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.refusal));
  return parsed.value;
};

const MARK = seriesOf('BTC-USDT.csv', [0, 60_000, 120_000, 240_000], '10');

it('gives four marks for each bar of the range, with the index beside them', () => {
  const index = seriesOf('index.csv', [0, 60_000, 120_000], '9.5');
  const path = marketPathOf(scenarioOf(60_000, 180_000), 1, { mark: MARK, index });
  expect(path.ok && path.value.marketId).toBe('BTC-USDT');
  expect(path.ok && path.value.marks.map(({ at, markPrice, indexPrice }) => `${at} ${markPrice} ${indexPrice}`)).toEqual(
    [60_000, 75_000, 90_000, 105_000, 120_000, 135_000, 150_000, 165_000].map((at) => `${at} 10 9.5`),
  );
});

it('takes a gap in the range: no marks are made up', () => {
  const path = marketPathOf(scenarioOf(120_000, 300_000), 1, { mark: MARK, index: null });
  expect(path.ok && path.value.marks.map(({ at }) => at)).toEqual([120_000, 135_000, 150_000, 165_000, 240_000, 255_000, 270_000, 285_000]);
});

it.each([
  [
    'a range between two bars',
    120_001,
    240_000,
    null,
    'fromMs',
    /selects bars of `BTC-USDT\.csv`, which open from `0` to `240000`, got `120001`/,
  ],
  ['a range after the last bar', 240_001, 999_999, null, 'fromMs', /selects bars/],
  [
    'an index without one of the bars',
    0,
    300_000,
    [0, 60_000, 120_000],
    'indexCandles',
    /a bar at `240000` as in `BTC-USDT\.csv`, got nothing/,
  ],
  ['an index of other bars', 0, 60_000, [0, 300_000], 'indexCandles', /bars of `60000` ms as in `BTC-USDT\.csv`, got `300000`/],
])('refuses %s at its place in the scenario', (_, fromMs, toMs, indexTimes, key, message) => {
  const index = indexTimes === null ? null : seriesOf('index.csv', indexTimes, '9.5');
  const path = marketPathOf(scenarioOf(fromMs, toMs), 1, { mark: MARK, index });
  const fault = path.ok ? null : path.refusal;
  expect(fault).toMatchObject({ file: 'scenario.json', path: `$.marks[1].${key}` });
  // The second of two entries of seven lines each, in a file of one value per line.
  expect(fault?.line).toBe(key === 'fromMs' ? 16 : 15);
  expect(fault?.message).toMatch(message);
});
