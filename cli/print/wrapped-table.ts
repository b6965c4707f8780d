import { table } from './table.ts';

/** Pieces of a text of at most `width` characters, broken at spaces where there are any. At least one piece. */
const pieces = (text: string, width: number): readonly string[] => {
  if (text.length <= width) return [text];
  const space = text.lastIndexOf(' ', width);
  const cut = space > 0 && text.slice(0, space).trim() !== '' ? space : width;
  const rest = text.slice(cut).trimStart();
  return rest === '' ? [text.slice(0, cut)] : [text.slice(0, cut), ...pieces(rest, width)];
};

const wrapped = (row: readonly string[], widthOf: (column: number) => number): readonly (readonly string[])[] => {
  const cells = row.map((cell, column) => pieces(cell, widthOf(column)));
  const height = Math.max(1, ...cells.map((lines) => lines.length));
  return Array.from({ length: height }, (_, line) => cells.map((lines) => lines[line] ?? ''));
};

/** Rows of a table that stand together under a line of their own; no line where the title is empty. */
export interface TableGroup {
  readonly title: string;
  readonly rows: readonly (readonly string[])[];
}

/**
 * Groups of one table for a terminal, their columns aligned with each other. A cell that is wider than its column may be goes on in the line below; a title
 * is as long as it is.
 */
export const wrappedTable = (groups: readonly TableGroup[], widthOf: (column: number) => number): readonly string[] => {
  const rows = groups.map((group) => group.rows.flatMap((row) => wrapped(row, widthOf)));
  const lines = table(rows.flat()).split('\n');
  let next = 0;
  return groups.map(({ title }, index) => {
    const from = next;
    next += rows[index]?.length ?? 0;
    return [...(title === '' ? [] : [title]), ...lines.slice(from, next)].join('\n');
  });
};
