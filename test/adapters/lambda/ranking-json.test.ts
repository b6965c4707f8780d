import { describe, expect, it } from 'vitest';
import { plainJson } from '#core/plain-json.ts';
import { DecodeError } from '#functions/adapters/dynamodb/decode-error.ts';
import { excludePolicy, indicatorPolicy, rankingPolicy } from '#functions/adapters/lambda/ranking-json.ts';
import { RANKING_LAWS } from '../../support/ranking-laws.ts';

const AT = { table: 'RuleSets', key: 'house', attribute: '' };

const throughJson = (value: unknown): unknown => JSON.parse(JSON.stringify(plainJson(value)));

describe.each(RANKING_LAWS)('the law that ranks as %s does', (_name, { deleveraging }) => {
  it('ranks, spares and shows the same after a way through JSON', () => {
    expect(rankingPolicy.parse(throughJson(deleveraging.ranking), AT)).toEqual(deleveraging.ranking);
    expect(excludePolicy.parse(throughJson(deleveraging.exclude), AT)).toEqual(deleveraging.exclude);
    expect(indicatorPolicy.parse(throughJson(deleveraging.indicator), AT)).toEqual(deleveraging.indicator);
  });
});

const PROFIT = { factor: 'pnlRatio', weight: 1, floor: null, walletFloor: null };

describe('a ranking', () => {
  it.each([
    ['an unknown formula', { formula: 'BY_LUCK', losers: 'INCLUDE' }],
    ['an unknown factor', { formula: 'FACTORS', profit: { ...PROFIT, factor: 'luck' }, factors: [], losers: 'EXCLUDE', tieBreak: [] }],
    ['a weight out of bounds', { formula: 'FACTORS', profit: { ...PROFIT, weight: 5 }, factors: [], losers: 'EXCLUDE', tieBreak: [] }],
    ['a floor that is no decimal', { formula: 'FACTORS', profit: { ...PROFIT, floor: 'x' }, factors: [], losers: 'EXCLUDE', tieBreak: [] }],
    ['losers that its formula does not know', { formula: 'SEEDED_START', walkMaximum: null, losers: 'DIVIDE' }],
    ['a walk of nobody', { formula: 'SEEDED_START', walkMaximum: 0, losers: 'INCLUDE' }],
    ['members of another formula', { formula: 'LEXICOGRAPHIC', keys: [], losers: 'INCLUDE', tieBreak: [] }],
  ])('is refused with %s', (_what, json) => {
    expect(() => rankingPolicy.parse(json, AT)).toThrow(DecodeError);
  });
});
