import { describe, expect, it } from 'vitest';
import { nearestName } from '#rule-sets/nearest-name.ts';

const KEYS = ['floor', 'drawCapPerMarket', 'drawCapPerInterval', 'interval', 'id'];

describe('the name that was meant', () => {
  it.each([
    ['flor', 'floor'],
    ['folor', 'floor'],
    ['FLOOR', 'floor'],
    ['drawcappermarket', 'drawCapPerMarket'],
    ['drawCapPerInterval ', 'drawCapPerInterval'],
    ['Intervall', 'interval'],
    ['market', 'drawCapPerMarket'],
    ['ids', 'id'],
  ])('of `%s` is `%s`', (word, name) => expect(nearestName(word, KEYS)).toBe(name));

  it.each(['', 'ceiling', 'pathh', 'draw', '__proto__', 'x'.repeat(100_000)])('of `%.20s` is none of them', (word) => {
    expect(nearestName(word, KEYS)).toBeNull();
  });
});
