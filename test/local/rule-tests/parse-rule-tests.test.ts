import { describe, expect, it } from 'vitest';
import { bankruptLong, NO_DEPTH } from '../../support/bankrupt-long.ts';
import { parsed } from './run-one.ts';

const expect1 = { verdicts: [{ rule: 'liquidate', outcome: 'FIRED' }] };
const ofFacts = { name: 'one', facts: { margin: { marginExcess: '-1' } }, expect: expect1 };
const ofBook = { name: 'one', book: bankruptLong(), expect: { cases: [] } };

const refusalOf = (test: unknown): string => {
  const tests = parsed(test);
  if (tests.ok) throw new RangeError('the test was accepted');
  const { file, line, column, path, message } = tests.refusal;
  return `${file}:${line}:${column} ${path}: ${message}`;
};

describe('a file of tests', () => {
  it('holds one test, or a list of cases', () => {
    const one = parsed({ $schema: '../schema', notes: ['why'], ...ofFacts });
    const list = parsed({ notes: 'two', cases: [ofFacts, ofBook] });
    expect([one.ok && one.value.length, list.ok && list.value.length]).toEqual([1, 2]);
    expect(list.ok && list.value.map(({ steps }) => steps)).toEqual([
      ['cases', 0],
      ['cases', 1],
    ]);
  });

  it('is refused where it is no JSON', () => {
    expect(refusalOf('{\n "name": "x",\n}')).toMatch(/^tests\/one\.json:3:1 \S+ trailing commas are not part of json/);
    expect(refusalOf('{ "name": "x", "name": "y" }')).toMatch(/:1:16 \$\.name: key `name` is given twice/);
  });

  it.each([
    ['an unknown key', { ...ofFacts, expects: {} }, /^tests\/one\.json:\d+:2 \$\.expects: unknown key `expects`/],
    ['no expectation', { name: 'one', facts: { margin: {} } }, /\$\.expect: expected an object, got nothing/],
    [
      'an unknown fact',
      { ...ofFacts, facts: { margin: { excess: '1' } } },
      /\$\.facts\.margin\.excess: unknown key `excess`: margin rules know marginBalance/,
    ],
    ['a fact of the other kind', { ...ofFacts, facts: { margin: { shortfall: '1' } } }, /\$\.facts\.margin\.shortfall: unknown key/],
    [
      'a fact as a number',
      { ...ofFacts, facts: { margin: { marginExcess: -1 } } },
      /:5:20 \$\.facts\.margin\.marginExcess: expected a decimal string such as "0\.5", got number -1/,
    ],
    [
      'an outcome that is none',
      { ...ofFacts, expect: { verdicts: [{ rule: 'x', outcome: 'FIRES' }] } },
      /\$\.expect\.verdicts\[0\]\.outcome: expected one of "FIRED", "SILENT", "ERROR"/,
    ],
    [
      'a member that no pool has',
      { ...ofBook, expect: { pools: [{ poolId: 'p', margin: '1' }] } },
      /\$\.expect\.pools\[0\]\.margin: unknown key `margin`/,
    ],
    [
      'a figure that is none',
      { ...ofBook, expect: { totals: { fundPaid: 'much' } } },
      /\$\.expect\.totals\.fundPaid: expected a decimal string such as "0\.5"/,
    ],
    [
      'a case of a list',
      { cases: [ofFacts, { ...ofFacts, name: '' }] },
      /\$\.cases\[1\]\.name: expected a name of 1 to 200 characters, got string ""/,
    ],
    ['an empty list', { cases: [] }, /\$\.cases: expected a list of at least 1, got an empty list/],
    [
      'a fault in its book',
      { ...ofBook, book: { ...bankruptLong(), residuals: [{ marketId: 'Y', side: 'LONG', quantity: '1', bankruptcyPrice: '1' }] } },
      /\$\.book\.residuals\[0\]\.marketId: `Y` is not a market of this book/,
    ],
  ])('is refused with %s, by line and path', (_claim, test, message) => {
    expect(refusalOf(test)).toMatch(message);
  });

  it.each([
    ['neither book, file nor facts', { name: 'x', expect: expect1 }, '$: expected one of book, file and facts, got none'],
    ['a book and a file', { ...ofBook, file: 'b.json' }, '$.file: expected one of book, file and facts, got book and file'],
    [
      'facts of both kinds',
      { ...ofFacts, facts: { margin: {}, shortfall: {} } },
      '$.facts: expected either margin or shortfall, got margin and shortfall',
    ],
    ['facts of neither kind', { ...ofFacts, facts: {} }, '$.facts: expected either margin or shortfall, got neither'],
    ['a venue without a book', { ...ofFacts, venue: NO_DEPTH }, '$.venue: needs a book: stated facts have no marks'],
    ['marks without a book', { ...ofFacts, marks: [] }, '$.marks: needs a book: stated facts have no marks'],
    ['events without a book', { ...ofFacts, events: [] }, '$.events: needs a book: stated facts have no marks'],
    [
      'a halt that comes after the last mark',
      {
        ...ofBook,
        marks: [{ marketId: 'X-USDT', markPrice: '1', afterMs: 5 }],
        events: [5, 6].map((afterMs) => ({ marketId: 'X-USDT', status: 'HALTED', afterMs })),
      },
      '$.events[1].afterMs: comes after the last mark, `5` ms: nothing would come of it',
    ],
    ['nothing expected', { ...ofFacts, expect: {} }, '$.expect: expects nothing: such a test passes whatever the rules do'],
    [
      'only notes expected',
      { ...ofFacts, expect: { notes: 'x', totals: { notes: 'y' } } },
      '$.expect: expects nothing: such a test passes whatever the rules do',
    ],
    [
      'orders of facts',
      { ...ofFacts, expect: { orders: [] } },
      '$.expect.orders: `orders` cannot be told from margin facts: only verdicts and decisions can',
    ],
    [
      'margin verdicts of shortfall facts',
      { ...ofFacts, facts: { shortfall: {} } },
      '$.expect.verdicts: `verdicts` cannot be told from shortfall facts: only shortfallVerdicts can',
    ],
    [
      'a pool of facts',
      { ...ofFacts, expect: { decisions: [{ poolId: 'p', kind: 'NONE' }] } },
      '$.expect.decisions[0].poolId: stated facts have no `poolId`',
    ],
    [
      'a state of facts',
      { ...ofFacts, expect: { decisions: [{ kind: 'NONE', state: 'SAFE' }] } },
      '$.expect.decisions[0].state: stated facts have no `state`',
    ],
    [
      'two marks of a market at once',
      { ...ofBook, marks: Array(2).fill({ marketId: 'X-USDT', markPrice: '1', afterMs: 5 }) },
      '$.marks[1].afterMs: `X-USDT` has two marks after `5` ms',
    ],
  ])('is refused for %s', (_claim, test, message) => {
    expect(refusalOf(test).replace(/^\S+ /, '')).toBe(message);
  });

  it('names the case of a list that says nothing, where it stands', () => {
    const refusal = refusalOf({ cases: [ofFacts, { ...ofFacts, expect: {} }] });
    expect(refusal).toMatch(/^tests\/one\.json:(\d+):\d+ \$\.cases\[1\]\.expect: expects nothing/);
    expect(Number(/:(\d+):/.exec(refusal)?.[1])).toBeGreaterThan(20);
  });
});
