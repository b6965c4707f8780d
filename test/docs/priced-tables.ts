/** A row of a table of costs: how many of what, and the dollars that the page says they come to. */
export interface PricedRow {
  readonly what: string;
  readonly howMany: string;
  readonly pricedAs: string;
  readonly dollars: string;
}

const cellsOf = (line: string): readonly string[] =>
  line
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.replaceAll('*', '').trim());

/** Rows of the first table under a heading, without its head. Throws when there is none. */
const rowsUnder = (page: string, heading: string): readonly (readonly string[])[] => {
  const [, section = ''] = page.split(`\n### ${heading}\n`);
  const table = /(?:^\|.*\|$\n?)+/m.exec(section.split(/\n##+ /)[0] ?? '')?.[0] ?? '';
  const rows = table.trim().split('\n').slice(2).map(cellsOf);
  if (rows.length === 0) throw new Error(`the page has no table under \`${heading}\``);
  return rows;
};

const numberOf = (text: string): number => {
  if (!/^\d[\d,]*(?:\.\d+)?$/.test(text)) throw new Error(`\`${text}\` is no number`);
  return Number(text.replaceAll(',', ''));
};

/** `2 × 3 + 1` → 7. Throws for anything but sums of products. */
export const amountOf = (expression: string): number =>
  expression
    .split(' + ')
    .map((product) => product.split(' × ').reduce((value, factor) => value * numberOf(factor.trim()), 1))
    .reduce((total, each) => total + each, 0);

/** Dollars of one, by the name that rows are priced as. */
export const unitPrices = (page: string): ReadonlyMap<string, number> =>
  new Map(rowsUnder(page, 'Prices').map(([name = '', dollars = '', per = '']) => [name, numberOf(dollars) / numberOf(per)]));

/** A table of costs: its rows, and the sum that it ends with. */
export const pricedTable = (page: string, heading: string): { readonly rows: readonly PricedRow[]; readonly total: string } => {
  const rows = rowsUnder(page, heading).map(([what = '', howMany = '', pricedAs = '', dollars = '']) => ({
    what,
    howMany,
    pricedAs,
    dollars,
  }));
  const last = rows.at(-1);
  if (last?.what !== 'sum') throw new Error(`the table under \`${heading}\` ends without a sum`);
  return { rows: rows.slice(0, -1), total: last.dollars };
};

/** Dollars as the page writes them. */
export const inCents = (dollars: number): string => (Math.round(dollars * 100 + 1e-6) / 100).toFixed(2);
