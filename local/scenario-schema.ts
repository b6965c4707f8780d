import { z } from 'zod';
import { MARKET_OPERATIONS } from '#core/market/switches.ts';
import { epochMs } from '#core/units/time.ts';
import { MARKET_STATUSES } from '#rule-sets/fact-domains.ts';
import { closed, idText, quantityNotNegative } from '#rule-sets/schema-primitives.ts';
import { mapById } from './map-by-id.ts';

/** The one source of the scenario's parser, its types and `rules/schema/scenario.schema.json`. */

/** Latest time that the calendar has; a scenario in seconds or microseconds is refused by its candles, not here. */
const TIME_MS_MAX = 8_640_000_000_000_000;

const TIME_EXPECTED = 'expected milliseconds since 1970 as a whole number, such as 1760129400000';

const timeMs = z
  .int({ error: TIME_EXPECTED })
  .min(0, { error: TIME_EXPECTED })
  .max(TIME_MS_MAX, { error: TIME_EXPECTED })
  .transform((value) => epochMs(value));

const scenarioName = z
  .string({ error: 'expected a name' })
  .regex(/^[A-Za-z0-9_.-]{1,80}$/, { error: 'expected a name of 1 to 80 letters, digits, `_`, `.` or `-`' });

const relativePath = z
  .string({ error: "expected a path relative to the scenario's folder" })
  .regex(/^[ -~\u00a0-\uffff]{1,1000}$/, { error: "expected a path relative to the scenario's folder" });

const ruleSetName = z
  .string({ error: 'expected a rule set such as "house@1.0.0"' })
  .regex(/^[A-Za-z0-9_.-]{1,40}@(?:0|[1-9]\d{0,5})(?:\.(?:0|[1-9]\d{0,5})){2}$/, { error: 'expected a rule set such as "house@1.0.0"' });

const marks = closed({
  marketId: idText.describe('A market of the book; in the list once.'),
  candles: relativePath.describe('CSV of the mark: open_time_ms, open_usd, high_usd, low_usd, close_usd.'),
  indexCandles: relativePath.optional().describe('CSV of the index with the same header. Default: the index equals the mark.'),
  fromMs: timeMs.describe('Open time of the first bar, milliseconds since 1970.'),
  toMs: timeMs.describe('End of the range, milliseconds since 1970; a bar that opens then is not part of it.'),
});

/** What the simulated venue is like, in scenarios and rule tests alike. */
export const venue = closed({
  depthPerMark: mapById(quantityNotNegative)
    .optional()
    .describe('Contracts that the venue fills at one mark in total, by market. Default: without limit.'),
});

const event = closed({
  atMs: timeMs.describe('When it happens, milliseconds since 1970.'),
  marketId: idText.describe('A market of the book.'),
  status: z.enum(MARKET_STATUSES).describe('Status of the market from then on.'),
  stopped: z
    .array(z.enum(MARKET_OPERATIONS))
    .optional()
    .describe('Operations that people have stopped in the market from then on. Default: those that were stopped before.'),
});

export const scenarioSchema = closed({
  name: scenarioName.describe('Name in reports.'),
  book: relativePath.describe("The book's file."),
  marks: z.array(marks).min(1).describe('Price paths; marks of equal time come in this order.'),
  venue: venue.optional().describe('How the simulated venue fills. Default: everything at the mark.'),
  ruleSet: ruleSetName.optional().describe('Rule set and version. Default: house at its newest released version.'),
  events: z.array(event).optional().describe('Halts and resumptions of markets, and what people stop in them. Default: none.'),
}).describe("Scenario: a book, a price path, and how the venue fills. Paths are relative to the scenario's folder.");

/** A scenario whose every value has the right form. */
export type ScenarioDocument = z.output<typeof scenarioSchema>;
