/** Longer words are nobody's slip of the pen, and the comparison of two words stays within a few thousand steps. */
const LENGTH_MAX = 60;

/** Letters to add, drop, change or swap to turn one word into the other. */
const distance = (a: string, b: string): number => {
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  let beforeThat = previous;
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const changed = (previous[column - 1] ?? 0) + (a[row - 1] === b[column - 1] ? 0 : 1);
      const swapped = a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1] ? (beforeThat[column - 2] ?? 0) + 1 : changed;
      current.push(Math.min(changed, swapped, (previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1));
    }
    beforeThat = previous;
    previous = current;
  }
  return previous[b.length] ?? 0;
};

/** Letters that may differ: one in three, at least two in a word that has four. */
const slipsIn = (word: string): number => (word.length < 4 ? 1 : Math.max(2, Math.floor(word.length / 3)));

/** The name that was probably meant: the nearest one, or else the only one that holds the word; null when nothing is near. Upper and lower case count alike. */
export const nearestName = (word: string, names: readonly string[]): string | null => {
  if (word.length > LENGTH_MAX) return null;
  const given = word.toLowerCase();
  const [best] = names
    .map((name) => ({ name, slips: distance(given, name.toLowerCase()) }))
    .filter(({ slips }) => slips <= slipsIn(word))
    .sort((a, b) => a.slips - b.slips);
  if (best !== undefined) return best.name;
  const holding = given.length < 4 ? [] : names.filter((name) => name.toLowerCase().includes(given));
  return holding.length === 1 ? (holding[0] ?? null) : null;
};
