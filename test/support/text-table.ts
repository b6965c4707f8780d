/** The column names of a header such as `side | quantity | verdict`. */
type Columns<Header extends string> = Header extends `${infer First}|${infer Rest}` ? Trimmed<First> | Columns<Rest> : Trimmed<Header>;

type Trimmed<Text extends string> = Text extends ` ${infer Rest}` ? Trimmed<Rest> : Text extends `${infer Rest} ` ? Trimmed<Rest> : Text;

const cellsOf = (line: string): readonly string[] => line.split('|').map((cell) => cell.trim());

const isRow = (line: string): boolean => line !== '';

/**
 * Rows of a truth table in text, one object a row, keyed by the header. `//` begins a comment that runs to the end of its line; empty lines are skipped.
 * Throws when a row has more or fewer cells than the header.
 */
export const textTable = <Header extends string>(header: Header, rows: string): readonly Readonly<Record<Columns<Header>, string>>[] => {
  const names = cellsOf(header);
  const lines = rows.split('\n').map((line) => line.replace(/\/\/.*$/, '').trim());
  return lines.filter(isRow).map((line) => {
    const cells = cellsOf(line);
    if (cells.length !== names.length) throw new RangeError(`expected \`${names.length}\` cells, got \`${cells.length}\` in \`${line}\``);
    // cast: the keys are the header's own names, which the type reads from the same text
    return Object.fromEntries(names.map((name, index) => [name, cells[index] ?? ''])) as Record<Columns<Header>, string>;
  });
};
