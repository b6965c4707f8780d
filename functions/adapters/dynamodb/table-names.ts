/** The engine's tables as they are called where it runs. */
export interface TableNames {
  readonly observations: string;
  readonly markets: string;
  readonly pools: string;
  readonly hints: string;
  readonly rings: string;
  readonly cases: string;
  readonly orders: string;
  readonly funds: string;
  readonly ruleSets: string;
  readonly journal: string;
  readonly controls: string;
}

/** Environment variables that carry the names, by table. */
export const TABLE_VARIABLES: Readonly<Record<keyof TableNames, string>> = {
  observations: 'TABLE_OBSERVATIONS',
  markets: 'TABLE_MARKETS',
  pools: 'TABLE_POOLS',
  hints: 'TABLE_HINTS',
  rings: 'TABLE_RINGS',
  cases: 'TABLE_CASES',
  orders: 'TABLE_ORDERS',
  funds: 'TABLE_FUNDS',
  ruleSets: 'TABLE_RULE_SETS',
  journal: 'TABLE_JOURNAL',
  controls: 'TABLE_CONTROLS',
};

/** Names that DynamoDB accepts: 3 to 255 letters, digits, `_`, `.` or `-`. */
const TABLE_NAME = /^[A-Za-z0-9_.-]{3,255}$/;

/** Reads the table names from environment variables. Throws when one is missing or no table name: a function without its tables is wired wrongly. */
export const tableNamesFrom = (environment: Readonly<Record<string, string | undefined>>): TableNames => {
  const nameOf = (table: keyof TableNames): string => {
    const variable = TABLE_VARIABLES[table];
    const name = environment[variable];
    if (name === undefined || !TABLE_NAME.test(name)) throw new TypeError(`\`${variable}\` names a table, not \`${name ?? ''}\``);
    return name;
  };
  return {
    observations: nameOf('observations'),
    markets: nameOf('markets'),
    pools: nameOf('pools'),
    hints: nameOf('hints'),
    rings: nameOf('rings'),
    cases: nameOf('cases'),
    orders: nameOf('orders'),
    funds: nameOf('funds'),
    ruleSets: nameOf('ruleSets'),
    journal: nameOf('journal'),
    controls: nameOf('controls'),
  };
};
