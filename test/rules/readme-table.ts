/** A row of a Markdown table, its cells without the space around them. A stroke within backticks or behind a backslash is part of its cell. */
const cellsOf = (row: string): readonly string[] =>
  row
    .split(/(?<!\\)\|(?=(?:[^`]*`[^`]*`)*[^`]*$)/)
    .slice(1, -1)
    .map((cell) => cell.trim());

/** The text below a heading of the second level, down to the next one; null where there is none. */
export const sectionOf = (markdown: string, heading: string): string | null => {
  const [, ...found] = `\n${markdown}`.split(`\n## ${heading}\n`);
  return found[0]?.split('\n## ')[0] ?? null;
};

/** The rows of all tables in a section, without their heads. */
export const rowsIn = (section: string): readonly (readonly string[])[] => {
  const lines = section.split('\n');
  const isRule = (line: string | undefined): boolean => /^\|[\s:|-]+\|$/.test(line ?? '');
  return lines.filter((line, index) => line.startsWith('|') && !isRule(line) && !isRule(lines[index + 1])).map(cellsOf);
};

/** What stands in backticks in a cell. */
export const quotedIn = (cell: string): readonly string[] => [...cell.matchAll(/`([^`]+)`/g)].map(([, quoted = '']) => quoted);
