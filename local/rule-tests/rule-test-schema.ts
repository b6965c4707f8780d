import { z } from 'zod';
import { MARKET_STATUSES } from '#rule-sets/fact-domains.ts';
import { type FactName, factDefinition, factNames, type RuleKind } from '#rule-sets/facts.ts';
import { closed, idText, priceText, text } from '#rule-sets/schema-primitives.ts';
import { bookSchema } from '../book-schema.ts';
import { venue } from '../scenario-schema.ts';
import { expectationSchema } from './expectation-schema.ts';
import { resultDecimal } from './expected-figure.ts';

/** The one source of the parser of rule tests, its types and `rules/schema/rule-test.schema.json`. */

const factSchema = (name: FactName): z.ZodType<string | undefined> => {
  const { kind, unit, meaning } = factDefinition(name);
  const value = kind === 'decimal' ? resultDecimal : text;
  return value.optional().describe(`${meaning} (${unit}). Left out: missing.`);
};

/** Every fact of one kind, optional. */
const factsSchema = (ruleKind: RuleKind) => {
  const shape = Object.fromEntries(factNames(ruleKind).map((name) => [name, factSchema(name)]));
  return closed(shape, `${ruleKind} rules know ${factNames(ruleKind).join(', ')}`);
};

const statedFacts = closed({
  margin: factsSchema('margin').optional().describe('Ask the margin rules about these facts.'),
  shortfall: factsSchema('shortfall').optional().describe('Ask the shortfall rules about these facts.'),
});

/** A week; a test is read by people. */
const AFTER_MS_MAX = 7 * 86_400_000;

const mark = closed({
  marketId: idText.describe('A market of the book.'),
  markPrice: priceText.describe('Quote per base unit.'),
  indexPrice: priceText.optional().describe('Quote per base unit. Default: the mark price.'),
  afterMs: z
    .int()
    .min(1)
    .max(AFTER_MS_MAX)
    .describe('Milliseconds after the time of the book. Marks of equal time come before the first of their waves.'),
});

const event = closed({
  marketId: idText.describe('A market of the book.'),
  status: z.enum(MARKET_STATUSES).describe('Status of the market from then on.'),
  afterMs: z.int().min(0).max(AFTER_MS_MAX).describe('Milliseconds after the time of the book; it comes before the marks of its time.'),
});

const NAME_EXPECTED = 'expected a name of 1 to 200 characters';
const PATH_EXPECTED = 'expected the path of a book, relative to the file of the test';

const name = z.string({ error: NAME_EXPECTED }).min(1, { error: NAME_EXPECTED }).max(200, { error: NAME_EXPECTED });

/** Without line breaks and what else no file is called. */
const bookPath = z.string({ error: PATH_EXPECTED }).regex(/^[ -~\u00a0-\uffff]{1,1000}$/, { error: PATH_EXPECTED });

export const ruleTestSchema = closed({
  name: name.describe('What the test claims.'),
  book: bookSchema.optional().describe('The book that the rules are tried on.'),
  file: bookPath.optional().describe('Instead of `book`: path of a book, relative to the file of the test.'),
  facts: statedFacts.optional().describe('Instead of a book: the facts that the rules are asked about.'),
  venue: venue.optional().describe('How the simulated venue fills. Default: everything at the mark.'),
  marks: z.array(mark).max(1000).optional().describe("Further marks after the book's own, each a wave. Default: none."),
  events: z.array(event).max(1000).optional().describe('Halts and resumptions of markets during the waves. Default: none.'),
  expect: expectationSchema.describe('What has to come out. Only what is stated is compared.'),
}).meta({ id: 'ruleTest' });

export const ruleTestListSchema = closed({
  cases: z.array(ruleTestSchema).min(1).max(10_000).describe('The tests of this file.'),
});

/** A file of `tests/`: one test, or a list of them. */
export const ruleTestFileSchema = z.union([ruleTestSchema, ruleTestListSchema]).meta({
  title: 'Rule test',
  description: 'A book or facts in, expected verdicts, orders, transfers and fund movements out. Decimals are strings.',
});

/** A test whose every value has the right form; what the values say about each other is not checked yet. */
export type RuleTestDocument = z.output<typeof ruleTestSchema>;
