/** Requests under way at once: enough to hide the way to the tables, few enough for a small function's memory. */
const AT_ONCE_MAX = 8;

/** Does `work` on every value, a few at a time, and gives the results in the order of the values. The first failure ends it. */
export const sideBySide = async <Value, Outcome>(
  values: readonly Value[],
  work: (value: Value) => Promise<Outcome>,
): Promise<readonly Outcome[]> => {
  const outcomes = new Map<number, Outcome>();
  const left = [...values.entries()].reverse();
  const worker = async (): Promise<void> => {
    for (let next = left.pop(); next !== undefined; next = left.pop()) outcomes.set(next[0], await work(next[1]));
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE_MAX, values.length) }, worker));
  return [...outcomes].sort(([a], [b]) => a - b).map(([, outcome]) => outcome);
};
