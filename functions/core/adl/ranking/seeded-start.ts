/** FNV-1a of 64 bits: offset basis, prime and width, as its authors publish them. */
const OFFSET_BASIS = 0xcbf29ce484222325n;
const PRIME = 0x100000001b3n;
const WIDTH = 64;

/**
 * FNV-1a, 64 bits, of a text of ASCII characters: for each byte hash = (hash XOR byte)·0x100000001b3 mod 2^64, from 0xcbf29ce484222325.
 * Not for secrets: whoever knows the seed knows the start. Source: Fowler, Noll, Vo, draft-eastlake-fnv, read 2026-11-25.
 */
export const hashOf = (text: string): bigint => {
  let hash = OFFSET_BASIS;
  for (let at = 0; at < text.length; at += 1) hash = BigInt.asUintN(WIDTH, (hash ^ BigInt(text.charCodeAt(at))) * PRIME);
  return hash;
};

/**
 * A ring cut open where a recorded seed says: the items from number hash(seed) mod n on, then those before it. Nobody ranks before anybody by merit; the
 * same seed and items give the same order again.
 * Source: dYdX v4 deleveraging.go: no ranking, a walk over subaccounts from a pseudo-random index; read 2026-11-22.
 */
export const fromSeededStart = <Item>(items: readonly Item[], seed: string): readonly Item[] => {
  if (items.length === 0) return items;
  const start = hashOf(seed) % BigInt(items.length);
  const index = items.findIndex((_, at) => BigInt(at) === start);
  return [...items.slice(index), ...items.slice(0, index)];
};
