import { Decimal } from '#core/units/decimal.ts';

export const LOG_LEVELS = ['INFO', 'WARN', 'ERROR'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

export type Log = (level: LogLevel, message: string, fields?: Readonly<Record<string, unknown>>) => void;

/** Logs go to stderr, one JSON line each: what a command prints stays what it is where the functions run beside it. */
export const writeLine = (line: string): void => {
  process.stderr.write(`${line}\n`);
};

/** Characters of one line: below what a log event holds. */
const LINE_LENGTH_MAX = 16_000;

/** Errors, decimals, maps and big integers as text; everything else as JSON has it. A log line never throws. */
const plain = (_key: string, value: unknown): unknown => {
  if (value instanceof Decimal) return value.toFixed();
  if (value instanceof Error) return { name: value.name, message: value.message, stack: value.stack };
  if (value instanceof Map) return Object.fromEntries(value);
  return typeof value === 'bigint' ? String(value) : value;
};

/** One JSON line per event: ids and texts are escaped, so that no record writes lines of its own. Levels below `least` are left out. */
export const logTo =
  (write: (line: string) => void, least: LogLevel, source: Readonly<Record<string, string>>): Log =>
  (level, message, fields = {}) => {
    if (LOG_LEVELS.indexOf(level) < LOG_LEVELS.indexOf(least)) return;
    const line = JSON.stringify({ level, message, ...source, ...fields }, plain);
    write(line.length <= LINE_LENGTH_MAX ? line : JSON.stringify({ level, message, ...source, cut: line.slice(0, LINE_LENGTH_MAX / 2) }));
  };
