import { bookFindings } from '../book-findings.ts';
import type { Finding } from '../finding.ts';
import type { RuleTestDocument } from './rule-test-schema.ts';

type Path = Finding['path'];

/** What `Object.entries` gives of an object of a test, without what is only for people and editors. */
const statedIn = (value: object): readonly (readonly [string, unknown])[] =>
  Object.entries(value).filter(([key, each]) => each !== undefined && key !== 'notes' && key !== '$schema');

const SUBJECTS = ['book', 'file', 'facts'] as const;

function* subjectFindings(test: RuleTestDocument): Generator<Finding> {
  const given = SUBJECTS.filter((subject) => test[subject] !== undefined);
  if (given.length !== 1) {
    const message = `expected one of book, file and facts, got ${given.length === 0 ? 'none' : given.join(' and ')}`;
    yield { path: given.slice(1), message };
  }
}

function* expectationFindings({ expect }: RuleTestDocument): Generator<Finding> {
  const isEmpty = statedIn(expect).every(([key, value]) => key === 'totals' && statedIn(Object(value)).length === 0);
  if (isEmpty) yield { path: ['expect'], message: 'expects nothing: such a test passes whatever the rules do' };
}

/** What may be expected of stated facts, by the kind of rules that is asked. */
const OF_FACTS: Readonly<Record<string, readonly string[]>> = { margin: ['verdicts', 'decisions'], shortfall: ['shortfallVerdicts'] };

/** Members of an expectation that name what only a book has. */
const OF_BOOKS = ['poolId', 'marketId', 'state'] as const;

function* entryFindings(entries: unknown, path: Path): Generator<Finding> {
  if (!Array.isArray(entries)) return;
  for (const [index, entry] of entries.entries())
    for (const [key] of statedIn(Object(entry)))
      if (OF_BOOKS.some((each) => each === key)) yield { path: [...path, index, key], message: `stated facts have no \`${key}\`` };
}

function* factsFindings(test: RuleTestDocument): Generator<Finding> {
  if (test.facts === undefined) return;
  const kinds = statedIn(test.facts).map(([kind]) => kind);
  const [kind = ''] = kinds;
  if (kinds.length !== 1)
    yield { path: ['facts'], message: `expected either margin or shortfall, got ${kinds.join(' and ') || 'neither'}` };
  for (const key of ['venue', 'marks', 'events'] as const)
    if (test[key] !== undefined) yield { path: [key], message: 'needs a book: stated facts have no marks' };
  const allowed = OF_FACTS[kind] ?? [];
  for (const [key, value] of statedIn(test.expect)) {
    if (!allowed.includes(key)) {
      const message = `\`${key}\` cannot be told from ${kind} facts: only ${allowed.join(' and ')} can`;
      yield { path: ['expect', key], message };
    }
    yield* entryFindings(value, ['expect', key]);
  }
}

function* markFindings({ marks = [] }: RuleTestDocument): Generator<Finding> {
  const seen = new Set<string>();
  for (const [index, { marketId, afterMs }] of marks.entries()) {
    const instant = `${marketId}#${afterMs}`;
    if (seen.has(instant)) yield { path: ['marks', index, 'afterMs'], message: `\`${marketId}\` has two marks after \`${afterMs}\` ms` };
    seen.add(instant);
  }
}

function* eventFindings({ marks = [], events = [] }: RuleTestDocument): Generator<Finding> {
  const last = Math.max(0, ...marks.map(({ afterMs }) => afterMs));
  for (const [index, { afterMs }] of events.entries()) {
    if (afterMs > last)
      yield { path: ['events', index, 'afterMs'], message: `comes after the last mark, \`${last}\` ms: nothing would come of it` };
  }
}

function* inlineBookFindings({ book }: RuleTestDocument): Generator<Finding> {
  if (book !== undefined) for (const { path, message } of bookFindings(book)) yield { path: ['book', ...path], message };
}

/** What is wrong with a test whose values have the right form: nothing or too much to try, nothing expected, or what its subject cannot tell. */
export function* ruleTestFindings(test: RuleTestDocument): Generator<Finding> {
  yield* subjectFindings(test);
  yield* expectationFindings(test);
  yield* factsFindings(test);
  yield* inlineBookFindings(test);
  yield* markFindings(test);
  yield* eventFindings(test);
}

/** Markets that a test names and its book does not have. */
export function* unknownMarketFindings(test: RuleTestDocument, marketIds: ReadonlySet<string>): Generator<Finding> {
  const named = [
    ...(test.marks ?? []).map(({ marketId }, index) => ({ marketId, path: ['marks', index, 'marketId'] })),
    ...(test.events ?? []).map(({ marketId }, index) => ({ marketId, path: ['events', index, 'marketId'] })),
    ...Object.keys(test.venue?.depthPerMark ?? {}).map((marketId) => ({ marketId, path: ['venue', 'depthPerMark', marketId] })),
  ];
  for (const { marketId, path } of named)
    if (!marketIds.has(marketId)) yield { path, message: `\`${marketId}\` is not a market of the book` };
}
