import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { parseCandles } from '#local/parse-candles.ts';

const HEADER = 'open_time_ms,open_usd,high_usd,low_usd,close_usd';
const ROW_0 = '60000,10,12,9,11';
const ROW_1 = '120000,11,11,8.5,9';
const ROW_2 = '180000,9,9,9,9';

const parsed = (...lines: string[]) => parseCandles('candles.csv', lines.join('\n'));

const seriesOf = (text: string) => {
  const candles = parseCandles('candles.csv', text);
  if (!candles.ok) throw new Error(JSON.stringify(candles.refusal));
  return candles.value;
};

const rowsOf = (text: string) =>
  seriesOf(text).candles.map(({ openTimeMs, open, high, low, close }) => [openTimeMs, open, high, low, close].map(String).join(','));

const ROWS = [ROW_0, ROW_1, ROW_2];

it('keeps every bar as given, with the interval of the bars', () => {
  const text = [HEADER, ...ROWS].join('\n');
  expect(rowsOf(text)).toEqual(ROWS);
  expect(seriesOf(text).interval).toBe(60_000);
});

it.each([
  ['CRLF line ends', `${[HEADER, ...ROWS].join('\r\n')}\r\n`],
  ['a final newline', `${[HEADER, ...ROWS].join('\n')}\n`],
  ['empty lines at the end', `${[HEADER, ...ROWS].join('\n')}\n\n  \n`],
  ['spaces around names and values', [HEADER, ...ROWS].join('\n').replaceAll(',', ' , ')],
  ['a byte order mark', `\ufeff${[HEADER, ...ROWS].join('\n')}`],
  ['more columns', [`${HEADER},volume_base`, ...ROWS.map((row) => `${row},x`)].join('\n')],
])('takes %s', (_, text) => {
  expect(rowsOf(text)).toEqual(ROWS);
});

it('takes a gap of whole intervals, and the smallest distance as the interval wherever it stands', () => {
  const text = [HEADER, '0,1,1,1,1', '180000,1,1,1,1', '240000,1,1,1,1'].join('\n');
  expect(seriesOf(text)).toMatchObject({ interval: 60_000, file: 'candles.csv' });
});

it('takes prices of 20 and 12 digits exactly', () => {
  const price = '12345678901234567890.123456789012';
  expect(rowsOf([HEADER, `0,${price},${price},${price},${price}`, ROW_0].join('\n'))[0]).toBe(`0,${price},${price},${price},${price}`);
});

it.each(['ethusdt_5m.csv', 'solusdt_5m.csv', 'xrpusdt_5m.csv'])('takes %s of the project', (name) => {
  const text = readFileSync(new URL(`../../local/crash-2025-10-10/${name}`, import.meta.url), 'utf8');
  expect(seriesOf(text).interval).toBe(300_000);
});

it.each([
  ['nothing', [''], 1, 1, 'header', /^expected the header `open_time_ms,.*`, got nothing$/],
  ['a row instead of a header', ROWS, 1, 1, 'header', /got `60000,10,12,9,11`/],
  ['a misnamed column', [HEADER.replace('low', 'lo'), ...ROWS], 1, 1, 'header', /expected the header/],
  ['columns in another order', ['open_usd,open_time_ms,high_usd,low_usd,close_usd', ...ROWS], 1, 1, 'header', /expected the header/],
  ['a header alone', [HEADER], 2, 1, 'row', /at least two rows of candles, got `0`/],
  ['one row', [HEADER, ROW_0], 3, 1, 'row', /at least two rows of candles, got `1`/],
  ['a row cut short', [HEADER, ROW_0, '120000,11,11'], 3, 1, 'row', /`5` columns as in the header, got `3`/],
  ['a row that is too long', [HEADER, ROW_0, `${ROW_1},7`], 3, 1, 'row', /`5` columns as in the header, got `6`/],
  ['an empty line inside', [HEADER, ROW_0, '', ROW_1], 3, 1, 'row', /`5` columns/],
  ['a time in words', [HEADER, ROW_0, 'noon,11,11,8,9'], 3, 1, 'open_time_ms', /whole number, got `noon`/],
  ['a time with a fraction', [HEADER, '0.5,1,1,1,1', ROW_0], 2, 1, 'open_time_ms', /whole number, got `0\.5`/],
  ['a repeated time', [HEADER, ROW_0, ROW_0], 3, 1, 'open_time_ms', /after the row before, `60000`, got `60000`/],
  ['a time that goes back', [HEADER, ROW_0, ROW_1, ROW_0], 4, 1, 'open_time_ms', /after the row before, `120000`, got `60000`/],
  [
    'an irregular distance',
    [HEADER, ROW_0, ROW_1, '210000,9,9,9,9', '240000,9,9,9,9', '271000,9,9,9,9'],
    6,
    1,
    'open_time_ms',
    /intervals of `30000` ms/,
  ],
  ['bars of 3 ms', [HEADER, '0,1,1,1,1', '3,1,1,1,1'], 3, 1, 'open_time_ms', /at least `4` ms after/],
  ['no price', [HEADER, ROW_0, '120000,11,,8,9'], 3, 11, 'high_usd', /decimal above zero.*, got nothing$/],
  ['a price of zero', [HEADER, ROW_0, '120000,11,11,0.0,9'], 3, 14, 'low_usd', /decimal above zero.*, got `0\.0`/],
  ['a negative price', [HEADER, '60000,-10,12,9,11', ROW_1], 2, 7, 'open_usd', /got `-10`/],
  ['an exponent', [HEADER, '60000, 1e1,12,9,11', ROW_1], 2, 8, 'open_usd', /got `1e1`/],
  ['13 digits after the point', [HEADER, '60000,10,12,9,11.0000000000001', ROW_1], 2, 15, 'close_usd', /12 after it/],
  ['21 digits before the point', [HEADER, `60000,${'1'.repeat(21)},12,9,11`, ROW_1], 2, 7, 'open_usd', /20 digits before/],
  ['a low above the high', [HEADER, '60000,10,9,12,11', ROW_1], 2, 12, 'low_usd', /at most the high, `9`, got `12`/],
  ['an open above the high', [HEADER, '60000,13,12,9,11', ROW_1], 2, 7, 'open_usd', /from the low, `9`, to the high, `12`, got `13`/],
  ['an open below the low', [HEADER, '60000,8,12,9,11', ROW_1], 2, 7, 'open_usd', /got `8`/],
  ['a close above the high', [HEADER, '60000,10,12,9,12.1', ROW_1], 2, 15, 'close_usd', /got `12\.1`/],
  ['a close below the low', [HEADER, ROW_0, '120000,10,12,9,8.9'], 3, 16, 'close_usd', /got `8\.9`/],
])('refuses %s with line, column and name', (_, lines, line, column, path, message) => {
  const candles = parsed(...lines);
  const fault = candles.ok ? null : candles.refusal;
  expect(fault).toMatchObject({ file: 'candles.csv', line, column, path });
  expect(fault?.message).toMatch(message);
});

it('counts lines of CRLF files as editors do', () => {
  const candles = parseCandles('candles.csv', [HEADER, ROW_0, 'noon,11,11,8,9'].join('\r\n'));
  expect(candles.ok ? 0 : candles.refusal.line).toBe(3);
});
