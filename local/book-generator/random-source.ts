/** A stream of draws that depends on its seed alone: 32-bit integer steps, the same on every platform. */
export interface RandomSource {
  /** Next value of [0, 1), a multiple of 2⁻³². */
  readonly fraction: () => number;
  /** A new array with the same members in a drawn order (Fisher–Yates). */
  readonly shuffled: <Member>(members: readonly Member[]) => Member[];
  /** One value from each of `count` equal strata of [0, 1), in a drawn order: their quantiles are those of the uniform law for any seed. */
  readonly strata: (count: number) => number[];
}

const rotateLeft = (word: number, bits: number): number => (word << bits) | (word >>> (32 - bits));

/** FNV-1a over the UTF-16 code units: 32 bits that differ with every letter of the seed. */
const hashOf = (text: string): number => {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return hash >>> 0;
};

/** The 32-bit finaliser of MurmurHash3, stepped by the golden ratio: turns one hash into the four words of the state. */
const spread = (hash: number, step: number): number => {
  let word = (hash + Math.imul(step, 0x9e3779b9)) | 0;
  word = Math.imul(word ^ (word >>> 16), 0x85ebca6b);
  word = Math.imul(word ^ (word >>> 13), 0xc2b2ae35);
  return (word ^ (word >>> 16)) >>> 0;
};

/** xoshiro128** (Blackman and Vigna, 2018) seeded from text. Never all-zero: the four words of one hash differ. */
const wordStream = (seed: string): (() => number) => {
  const hash = hashOf(seed);
  let [a, b, c, d] = [spread(hash, 1), spread(hash, 2), spread(hash, 3), spread(hash, 4)];
  return () => {
    const word = Math.imul(rotateLeft(Math.imul(b, 5), 7), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = rotateLeft(d, 11);
    return word;
  };
};

/** Returns the source of a seed. Two sources of one seed give the same draws in the same order. */
export const randomSource = (seed: string): RandomSource => {
  const nextWord = wordStream(seed);
  const fraction = (): number => nextWord() / 0x1_0000_0000;
  const shuffled = <Member>(members: readonly Member[]): Member[] => {
    const order = members.map((member) => member);
    for (let last = order.length - 1; last > 0; last -= 1) {
      const chosen = Math.floor(fraction() * (last + 1));
      const [moved] = order.splice(chosen, 1, ...order.slice(last, last + 1));
      if (moved !== undefined) order.splice(last, 1, moved);
    }
    return order;
  };
  const strata = (count: number): number[] => shuffled(Array.from({ length: count }, (_, index) => (index + fraction()) / count));
  return { fraction, shuffled, strata };
};
