import { describe, expect, it } from 'vitest';
import { canonicalJson } from '#rule-sets/content-hash.ts';
import { load, shippedFiles } from './shipped-files.ts';

const house = shippedFiles('house');

describe('the hash', () => {
  const hashWith = (name: string, change: (text: string) => string): string => {
    const result = load({ ...house, [name]: change(house[name] ?? '') });
    return result.ok ? result.value.reference.hash : 'refused';
  };
  const hash = hashWith('rule-set.json', (text) => text);

  it('is the same for another layout, another order of keys, other notes', () => {
    expect(hash).toMatch(/^sha256:[0-9a-f]{64}$/);
    const reversed = (value: unknown): unknown =>
      typeof value !== 'object' || value === null || Array.isArray(value)
        ? value
        : Object.fromEntries(
            Object.entries(value)
              .reverse()
              .map(([key, member]) => [key, reversed(member)]),
          );
    expect(
      hashWith('deleveraging.json', (text) => JSON.stringify({ ...Object(reversed(JSON.parse(text))), notes: 'other' }, null, 7)),
    ).toBe(hash);
    expect(hashWith('margin-tiers.json', (text) => text.replace('"notes": "', '"notes": "Corrected. '))).toBe(hash);
  });

  it.each(Object.keys(house))('changes with any number of %s', (name) => {
    const text = house[name] ?? '';
    const numbers = [...text.matchAll(/(?<=": )(?:"\d[\d.]*"|\d+)/g)];
    const places = name === 'margin-tiers.json' ? numbers.filter((_, index) => index % 97 === 0) : numbers;
    for (const match of places) {
      const changed =
        text.slice(0, match.index) +
        match[0].replace(/\d(?="?$)/, (digit) => `${(Number(digit) + 1) % 10}`) +
        text.slice(match.index + match[0].length);
      expect(canonicalJson(JSON.parse(changed))).not.toBe(canonicalJson(JSON.parse(text)));
    }
  });

  it('changes with the law, file by file', () => {
    const changes: readonly (readonly [string, string, string])[] = [
      ['rule-set.json', '1.0.0', '1.0.1'],
      ['margin.rules.json', '"decimalLessThan"', '"decimalAtMost"'],
      ['margin-tiers.json', '"maximumLeverage": "125"', '"maximumLeverage": "124"'],
      ['shortfall.rules.json', 'ORDER_ENDED', 'MARK_AT_BANKRUPTCY'],
      ['insurance-fund.json', '"floor": "0"', '"floor": "1"'],
      ['deleveraging.json', 'EXCLUDE', 'DIVIDE'],
      ['safeguards.json', '"jumpBand": null', '"jumpBand": "0.1"'],
    ];
    const hashes = changes.map(([name, from, to]) => hashWith(name, (text) => text.replace(from, to)));
    expect(new Set([hash, ...hashes]).size).toBe(changes.length + 1);
    expect(hashes).not.toContain('refused');
  });
});
