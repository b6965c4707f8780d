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

/** Attributes that an item is known by, of each table that commits write. */
export const KEYS: Readonly<Record<string, readonly string[]>> = {
  Markets: ['marketId'],
  Pools: ['poolId'],
  Rings: ['waveKey', 'poolId'],
  Cases: ['caseId'],
  Orders: ['orderId'],
  Funds: ['fundId', 'part'],
  Journal: ['entryKey', 'part'],
  Controls: ['controlKey'],
};
