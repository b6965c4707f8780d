import { describe, expect, it } from 'vitest';
import { mismatches, pathText } from '#local/rule-tests/partial-match.ts';

const said = (expected: unknown, got: unknown) =>
  mismatches(expected, got, ['expect']).map((each) => `${pathText(each)}: ${each.expected} → ${each.got}`);

describe('what a test states', () => {
  it.each([
    ['1.50', '1.5'],
    ['0', '-0'],
    ['007', '7'],
    ['1', '1.000000000000000000000000000000000000000000000000'],
  ])('is compared by value: %s is %s', (expected, got) => {
    expect(said(expected, got)).toEqual([]);
  });

  it.each([
    ['1.5', '1.500000000000000000000000000000000000000000000000001'],
    ['1', 'one'],
    ['1', null],
    ['1', undefined],
    [1, '1'],
    [null, '0'],
    [true, 'true'],
  ])('is not met by anything else: %s is not %s', (expected, got) => {
    expect(said(expected, got)).toHaveLength(1);
  });

  it('is an id as written, even of digits', () => {
    expect(said({ accountId: '007' }, { accountId: '7' })).toEqual(['$.expect.accountId: "007" → "7"']);
  });

  it.each([
    ['1153.26', '1153.255', true],
    ['1153.26', '1153.2549999999999999999999999999999999', false],
    ['1153.26', '1153.26499999', true],
    ['1153.26', '1153.265', false],
    ['1.0', '1.04', true],
    ['1.0', '1.05', false],
    ['-2', '-1.5', true],
    ['-1', '-1.5', false],
    ['0', 'nothing', false],
  ])('with `rounded` is the value to as many places: %s of %s is %s', (rounded, got, isSame) => {
    expect(said({ rounded }, got)).toHaveLength(isSame ? 0 : 1);
  });

  it('says nothing about members that it leaves out, and names one that is not there', () => {
    const got = { kind: 'LIQUIDATE', orders: [] };
    expect(said({ kind: 'LIQUIDATE', notes: 'for people', $schema: 'for editors' }, got)).toEqual([]);
    expect(said({ kind: 'NONE', size: '1' }, got)).toEqual(['$.expect.kind: "NONE" → "LIQUIDATE"', '$.expect.size: "1" → nothing']);
  });
});

describe('a list', () => {
  const two = [{ quantity: '1', side: 'BUY' }, { quantity: '2' }];

  it('is all entries in order', () => {
    expect(said([{ quantity: '1' }, {}], two)).toEqual([]);
    expect(said([{ quantity: '2' }, { quantity: '1' }], two)).toHaveLength(2);
    expect(said([{ quantity: '1' }], two)).toEqual([
      '$.expect: 1 of them: [{"quantity":"1"}] → 2 of them: [{"quantity":"1","side":"BUY"},{"quantity":"2"}]',
    ]);
    expect(said([], two)).toHaveLength(1);
    expect(said([{}], null)).toHaveLength(1);
  });

  it('called ranking may end early, and never goes on beyond what there is', () => {
    expect(said({ ranking: [{ quantity: '1' }] }, { ranking: two })).toEqual([]);
    expect(said({ ranking: [{ quantity: '2' }] }, { ranking: two })).toHaveLength(1);
    expect(said({ ranking: [{}, {}, {}] }, { ranking: two })).toHaveLength(1);
  });

  it('of positions or verdicts is found by its keys, in any order', () => {
    const got = {
      positions: [
        { marketId: 'X', side: 'LONG', quantity: '1' },
        { marketId: 'X', side: 'SHORT', quantity: '2' },
      ],
    };
    expect(said({ positions: [{ marketId: 'X', side: 'SHORT', quantity: '2' }] }, got)).toEqual([]);
    expect(said({ positions: [{ marketId: 'Y', side: 'LONG' }] }, got)).toEqual([
      '$.expect.positions[0]: Y LONG → not there; there is X LONG, X SHORT',
    ]);
    expect(said({ positions: Array(2).fill({ marketId: 'X', side: 'LONG' }) }, got)).toHaveLength(1);
  });
});
