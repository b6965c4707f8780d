/** Lines of a change: those that have to be there, and those that stand in their place afterwards. */
interface Hunk {
  readonly before: readonly string[];
  readonly after: readonly string[];
}

const hunkOf = (lines: readonly string[]): Hunk => {
  const strange = lines.find((line) => !/^[ +-]/.test(line) && line !== '');
  if (strange !== undefined) throw new Error(`a line of a change begins with a space, \`-\` or \`+\`, got \`${strange}\``);
  const without = (sign: string): readonly string[] => lines.filter((line) => !line.startsWith(sign)).map((line) => line.slice(1));
  return { before: without('+'), after: without('-') };
};

/** Hunks stand apart by lines of `@@`. */
const hunksOf = (change: string): readonly Hunk[] => change.split(/^@@.*\n/m).map((part) => hunkOf(part.replace(/\n$/, '').split('\n')));

/**
 * A text with a change applied to it, strictly: the lines of each hunk that go or stay must stand in the text as they are, once and only once. Throws
 * otherwise, and for a change that changes nothing.
 */
export const withChange = (text: string, change: string): string =>
  hunksOf(change).reduce((changed, { before, after }) => {
    const [sought, put] = [`\n${before.join('\n')}\n`, `\n${after.join('\n')}\n`];
    if (sought === put) throw new Error('the change changes nothing');
    const found = `\n${changed}`.split(sought);
    if (found.length !== 2) throw new Error(`these lines stand ${found.length - 1} times in the file, not once:${sought}`);
    return found.join(put).slice(1);
  }, text);
