import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runTestFolder } from '#local/rule-tests/run-test-folder.ts';
import { bankruptLong, NO_DEPTH } from '../../support/bankrupt-long.ts';
import { folderWith } from '../../support/folder.ts';
import { HOUSE } from '../../support/small-law.ts';
import { failuresOf, runOne } from './run-one.ts';

const stated = (margin: object) => ({ facts: { margin } });

describe('stated facts', () => {
  it('are what the margin rules are asked about, and decided by', async () => {
    const test = {
      ...stated({ marginExcess: '-0.000000000000000000001', tierIndex: '0' }),
      expect: {
        verdicts: [
          { rule: 'liquidate', event: 'LIQUIDATE', outcome: 'FIRED' },
          { rule: 'reduce-to-tier', outcome: 'SILENT' },
        ],
        decisions: [{ kind: 'LIQUIDATE' }],
      },
    };
    expect(await failuresOf(test)).toEqual([]);
    expect((await runOne(test)).observations).toMatchObject({
      margin: [
        new Map([
          ['marginExcess', expect.anything()],
          ['tierIndex', expect.anything()],
        ]),
      ],
      shortfall: [],
    });
  });

  it('that are left out are missing, which is an error and never silence', async () => {
    const test = {
      ...stated({ marginExcess: '1' }),
      expect: {
        verdicts: [
          { rule: 'liquidate', outcome: 'SILENT' },
          { rule: 'reduce-to-tier', outcome: 'ERROR' },
        ],
        decisions: [{ kind: 'REFUSED' }],
      },
    };
    expect(await failuresOf(test)).toEqual([]);
  });

  it('of a shortfall are what the shortfall rules are asked about', async () => {
    const facts = { shortfall: { shortfall: '0', residualQuantity: '1', marketStatus: 'ACTIVE' } };
    const verdicts = [
      { rule: 'absorb', outcome: 'SILENT' },
      { rule: 'deleverage', outcome: 'FIRED' },
    ];
    expect(await failuresOf({ facts, expect: { shortfallVerdicts: verdicts } })).toEqual([]);
  });

  it('fail with a verdict that is another and a rule that is none', async () => {
    const expected = {
      verdicts: [
        { rule: 'liquidate', outcome: 'FIRED' },
        { rule: 'liq', outcome: 'FIRED' },
      ],
    };
    expect(await failuresOf({ ...stated({ marginExcess: '0', tierIndex: '0' }), expect: expected })).toEqual([
      '$.expect.verdicts[0].outcome: "FIRED" → "SILENT"',
      '$.expect.verdicts[1].rule: margin rule liq → no such rule; there is reduce-to-tier, liquidate',
    ]);
  });
});

describe('a book that cannot be used is the error of its test', () => {
  const folder = folderWith({
    'tests/books/good.json': bankruptLong(),
    'tests/books/bad.json': '{\n "asOf": "x",\n}',
    'tests/books/untiered.json': { ...bankruptLong(), markets: [{ ...bankruptLong().markets[0], marginTiers: undefined }] },
  });
  const file = join(folder, 'tests', 'one.json');
  const untiered = { ...HOUSE, tiers: { ...HOUSE.tiers, markets: new Map() } };
  const ofFile = (name: string) => ({ file: name, expect: { cases: [] } });

  it('and one in a file of its own is found beside the test', async () => {
    expect((await runOne(ofFile('books/good.json'), HOUSE, file)).error).toBeNull();
  });

  it('where its file is missing', async () => {
    const { error } = await runOne(ofFile('books/none.json'), HOUSE, file);
    expect(error).toMatchObject({ file, line: 3, path: '$.file', message: '`books/none.json`: no such file' });
  });

  it('where its file is faulty, at the line of that file', async () => {
    const { error } = await runOne(ofFile('books/bad.json'), HOUSE, file);
    expect(error).toEqual({
      file: join(folder, 'tests/books/bad.json'),
      line: 3,
      column: 1,
      path: expect.any(String),
      message: 'trailing commas are not part of json',
    });
  });

  it('where nobody has tiers for its market', async () => {
    const ofOwn = await runOne(ofFile('books/untiered.json'), untiered, file);
    expect(ofOwn.error).toMatchObject({ file: join(folder, 'tests/books/untiered.json'), path: '$.markets[0].marginTiers' });
    const book = { ...bankruptLong(), markets: [{ ...bankruptLong().markets[0], marginTiers: undefined }] };
    const inline = await runOne({ book, expect: { cases: [] } }, untiered, file);
    expect(inline.error).toMatchObject({ file, line: 3, path: '$.book.markets[0].marginTiers' });
  });

  it('where a mark or a depth is of no market of it', async () => {
    const ofMark = { ...ofFile('books/good.json'), marks: [{ marketId: 'Y', markPrice: '1', afterMs: 1 }] };
    const ofDepth = { ...ofFile('books/good.json'), venue: { depthPerMark: { ...NO_DEPTH.depthPerMark, Y: '1' } } };
    const errors = await Promise.all([ofMark, ofDepth].map(async (test) => (await runOne(test, HOUSE, file)).error));
    expect(errors.map((error) => [error?.path, error?.message])).toEqual([
      ['$.marks[0].marketId', '`Y` is not a market of the book'],
      ['$.venue.depthPerMark.Y', '`Y` is not a market of the book'],
    ]);
  });
});

describe('a folder of tests', () => {
  const facts = { name: 'f', ...stated({ marginExcess: '-1', tierIndex: '0' }), expect: { decisions: [{ kind: 'LIQUIDATE' }] } };

  it('runs every file of tests/, by name, a bad one beside the others, and no book', async () => {
    const folder = folderWith({
      'tests/b.json': { cases: [facts, { ...facts, name: 'g' }] },
      'tests/a.json': '{',
      'tests/notes.md': '',
      'tests/books/good.json': bankruptLong(),
    });
    const { results, coverage } = await runTestFolder(folder, HOUSE);
    expect(results.map(({ path, name, error }) => [path, name, error === null])).toEqual([
      ['$', join(folder, 'tests/a.json'), false],
      ['$.cases[0]', 'f', true],
      ['$.cases[1]', 'g', true],
    ]);
    expect(coverage.rules.find(({ rule }) => rule === 'liquidate')).toMatchObject({ fires: true, isSilent: false });
  });

  it('that there is not covers nothing', async () => {
    const { results, coverage } = await runTestFolder(folderWith({}), HOUSE);
    expect([results, coverage.percent]).toEqual([[], 0]);
  });
});
