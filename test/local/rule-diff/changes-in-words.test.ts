import { describe, expect, it } from 'vitest';
import { changesInWords } from '#local/rule-diff/changes-in-words.ts';
import { guardedAfter, guardedWithTiers, type TierRow } from './edited-law.ts';

const released = guardedAfter();

/** 20 tiers of 1,000 each, their rates a step apart. */
const staircase = (step: number): readonly TierRow[] =>
  Array.from({ length: 20 }, (_, index): TierRow => [String(index * 1000), String((index + 1) * 1000), `0.0${10 + index * step}`]);

describe('the changes for a changelog', () => {
  it('are bullets, without the version that stands in the heading', () => {
    const next = guardedAfter(['rule-set.json', '"1.0.0"', '"1.1.0"'], ['safeguards.json', '"jumpBand": "0.10"', '"jumpBand": "0.05"']);
    expect(changesInWords(released, next)).toEqual(['- safeguards: jump band 10 % → 5 %: more marks are held back']);
  });

  it('say so where only the version changed, and nothing where nothing did', () => {
    expect(changesInWords(released, guardedAfter(['rule-set.json', '"1.0.0"', '"1.1.0"']))).toEqual([
      '- No threshold and no choice changed.',
    ]);
    expect(changesInWords(released, released)).toEqual([]);
  });

  it('show twelve stretches of a market and count the rest', () => {
    const lines = changesInWords(guardedWithTiers({ '*': staircase(1) }), guardedWithTiers({ '*': staircase(2) }));
    // The lowest of the 20 tiers is the same in both.
    expect(lines).toHaveLength(13);
    expect(lines.at(-1)).toBe('- `*`: and 7 more stretches of its tiers');
  });
});
