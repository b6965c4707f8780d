/** Cells of a row, code marks kept. A bar within a cell is not known here. */
const cellsOf = (line: string): readonly string[] =>
  line
    .slice(1, -1)
    .split(' | ')
    .map((cell) => cell.trim());

/** Rows of the table of a page whose head is this line, as cells. Throws when there is none. */
export const tableRows = (page: string, head: string): readonly (readonly string[])[] => {
  const lines = page.split('\n');
  const at = lines.indexOf(head);
  if (at < 0) throw new Error(`the page has no table \`${head}\``);
  const below = lines.slice(at + 2);
  const end = below.findIndex((line) => !line.startsWith('|'));
  return (end < 0 ? below : below.slice(0, end)).map(cellsOf);
};

/** Everything in a cell that is set as code. */
export const codesIn = (cell = ''): readonly string[] => [...cell.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code);
