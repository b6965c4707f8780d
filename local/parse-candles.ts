import { ok, type Result, refused } from '#core/result.ts';
import { decimal } from '#core/units/decimal.ts';
import { type Price, price } from '#core/units/money.ts';
import { type DurationMs, durationMs, type EpochMs, epochMs } from '#core/units/time.ts';
import type { Fault } from '#rule-sets/json-source.ts';
import { printable } from '#rule-sets/printable.ts';

/** One bar: the prices [quote per base unit] of the time from `openTimeMs` to the next bar. */
export interface Candle {
  readonly openTimeMs: EpochMs;
  readonly open: Price;
  readonly high: Price;
  readonly low: Price;
  readonly close: Price;
}

/** Bars by time, one interval apart or, over a gap, a whole number of intervals. At least two. */
export interface CandleSeries {
  readonly file: string;
  readonly candles: readonly Candle[];
  readonly interval: DurationMs;
}

const COLUMNS = ['open_time_ms', 'open_usd', 'high_usd', 'low_usd', 'close_usd'] as const;
const HEADER = COLUMNS.join(',');

/** Almost four years of minutes; each row becomes four marks. */
const ROWS_MAX = 2_000_000;

/** A bar gives four marks, each at a millisecond of its own. */
const INTERVAL_MIN_MS = 4;

/** The form of a book's price: above zero, at most 20 digits before the point and 12 after it. */
const PRICE = /^(?=.*[1-9])\d{1,20}(\.\d{1,12})?$/;
const TIME_MS = /^\d{1,15}$/;

interface Row {
  readonly file: string;
  /** 1-based, the header being line 1. */
  readonly line: number;
  readonly cells: readonly string[];
}

const cellOf = (row: Row, index: number): string => (row.cells[index] ?? '').trim();

/** A fault at one cell: the path is the column's name. */
const cellFault = (row: Row, index: number, expected: string): Fault => {
  const before = row.cells.slice(0, index).reduce((length, cell) => length + cell.length + 1, 0);
  const cell = row.cells[index] ?? '';
  const column = before + cell.length - cell.trimStart().length + 1;
  const got = cell.trim() === '' ? 'nothing' : `\`${printable(cell.trim())}\``;
  return { file: row.file, line: row.line, column, path: COLUMNS[index] ?? 'row', message: `expected ${expected}, got ${got}` };
};

const rowFault = (row: Row, path: 'header' | 'row', message: string): Fault => ({
  file: row.file,
  line: row.line,
  column: 1,
  path,
  message,
});

/** Lines without the empty ones at the end; a byte order mark, which spreadsheets write, is no part of the header. */
const rowsOf = (file: string, text: string): Row[] => {
  const lines = text.replace(/^\ufeff/, '').split(/\r?\n/);
  while (lines.length > 0 && lines.at(-1)?.trim() === '') lines.pop();
  return lines.map((line, index) => ({ file, line: index + 1, cells: line.split(',') }));
};

const headerFault = (header: Row): Fault | null => {
  if (COLUMNS.every((name, index) => cellOf(header, index) === name)) return null;
  const written = header.cells.join(',').trim();
  return rowFault(header, 'header', `expected the header \`${HEADER}\`, got ${written === '' ? 'nothing' : `\`${printable(written)}\``}`);
};

/** low ≤ open, close ≤ high; the fault is told at the cell that is out of range. */
const rangeFault = (row: Row, { open, high, low, close }: Candle): Fault | null => {
  if (low.gt(high)) return cellFault(row, 3, `at most the high, \`${high}\``);
  const outside = [open, close].findIndex((value) => value.lt(low) || value.gt(high));
  return outside < 0 ? null : cellFault(row, outside === 0 ? 1 : 4, `a price from the low, \`${low}\`, to the high, \`${high}\``);
};

const parseRow = (row: Row, header: Row): Result<Candle, Fault> => {
  if (row.cells.length !== header.cells.length) {
    const message = `expected \`${header.cells.length}\` columns as in the header, got \`${row.cells.length}\``;
    return refused(rowFault(row, 'row', message));
  }
  if (!TIME_MS.test(cellOf(row, 0))) return refused(cellFault(row, 0, 'milliseconds since 1970 as a whole number'));
  const malformed = [1, 2, 3, 4].find((index) => !PRICE.test(cellOf(row, index)));
  if (malformed !== undefined) {
    return refused(cellFault(row, malformed, 'a decimal above zero with at most 20 digits before the point and 12 after it'));
  }
  const priceAt = (index: number): Price => price(decimal(cellOf(row, index)));
  const openTimeMs = epochMs(Number(cellOf(row, 0)));
  const candle = { openTimeMs, open: priceAt(1), high: priceAt(2), low: priceAt(3), close: priceAt(4) };
  const fault = rangeFault(row, candle);
  return fault === null ? ok(candle) : refused(fault);
};

/** Smallest distance of neighbours, checked to divide all others. Times are known to increase. */
const intervalOf = (candles: readonly Candle[], rows: readonly Row[]): Result<DurationMs, Fault> => {
  const steps = candles.slice(1).map((candle, index) => candle.openTimeMs - (candles[index]?.openTimeMs ?? 0));
  const interval = steps.reduce((least, step) => (step < least ? step : least));
  const broken = steps.findIndex((step) => step % interval !== 0 || step < INTERVAL_MIN_MS);
  const row = broken < 0 ? undefined : rows[broken + 1];
  if (row === undefined) return ok(durationMs(interval));
  const rule = interval < INTERVAL_MIN_MS ? `at least \`${INTERVAL_MIN_MS}\` ms` : `a whole number of intervals of \`${interval}\` ms`;
  return refused(cellFault(row, 0, `a time that is ${rule} after the row before`));
};

/**
 * Parses candles: CSV with the header `open_time_ms,open_usd,high_usd,low_usd,close_usd` (spaces around names and values are allowed, more columns
 * may follow), prices in quote per base unit, rows by time.
 *
 * Refuses with the first fault, by line and column name: another header; a row with more or fewer cells than the header; a time that is no
 * whole number or not after the row before; a price that has not the form of a book's; low ≤ open, close ≤ high broken; fewer than two rows, as
 * the interval would be unknown; a distance of rows that is not a multiple of the smallest one. A gap of whole intervals is accepted.
 */
export const parseCandles = (file: string, text: string): Result<CandleSeries, Fault> => {
  const [header = { file, line: 1, cells: [] }, ...rows] = rowsOf(file, text);
  const misnamed = headerFault(header);
  if (misnamed !== null) return refused(misnamed);
  const afterLast = { file, line: rows.length + 2, cells: [] };
  if (rows.length < 2) return refused(rowFault(afterLast, 'row', `expected at least two rows of candles, got \`${rows.length}\``));
  if (rows.length > ROWS_MAX) return refused(rowFault(header, 'row', `\`${rows.length}\` rows are more than the limit of \`${ROWS_MAX}\``));
  const candles: Candle[] = [];
  for (const row of rows) {
    const candle = parseRow(row, header);
    if (!candle.ok) return candle;
    const before = candles.at(-1)?.openTimeMs ?? -1;
    if (candle.value.openTimeMs <= before) return refused(cellFault(row, 0, `a time after the row before, \`${before}\``));
    candles.push(candle.value);
  }
  const interval = intervalOf(candles, rows);
  return interval.ok ? ok({ file, candles, interval: interval.value }) : interval;
};
