import type { TableNames } from '#functions/adapters/dynamodb/table-names.ts';

/** Every table under its plain name. */
export const TABLES: TableNames = {
  observations: 'Observations',
  markets: 'Markets',
  pools: 'Pools',
  hints: 'Hints',
  rings: 'Rings',
  cases: 'Cases',
  orders: 'Orders',
  funds: 'Funds',
  ruleSets: 'RuleSets',
  journal: 'Journal',
  controls: 'Controls',
};
