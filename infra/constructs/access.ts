import type { FunctionName, TableName } from '../names.ts';

type ReadAction = 'GetItem' | 'Query' | 'Scan';
type WriteAction = 'PutItem' | 'DeleteItem';

/** What somebody may do with one table. */
export interface TableAccess {
  readonly table: TableName;
  readonly reads?: readonly ReadAction[];
  /** Writes that are allowed within a transaction only: no money and no state moves by itself. */
  readonly transacts?: readonly WriteAction[];
  /** Writes that stand alone; with `keys`, only of items whose partition key matches one of them. */
  readonly writes?: { readonly actions: readonly WriteAction[]; readonly keys: readonly string[] | null };
}

const GET: readonly ReadAction[] = ['GetItem'];
const LIST: readonly ReadAction[] = ['Query'];
const PUT: readonly WriteAction[] = ['PutItem'];
const PUT_OR_DELETE: readonly WriteAction[] = ['PutItem', 'DeleteItem'];

/** The active rule set; the fund behind a market stands in the market's item. */
const LAW: TableAccess = { table: 'RuleSets', reads: ['GetItem', 'Query'] };

/** A record that cannot be read is put aside by itself: there is nothing that it could be put aside with. */
const QUARANTINE = { actions: PUT, keys: ['QUARANTINE#*'] };

/** Hint rows move with their pool and outside its transaction: new ones are put before it, old ones deleted after it. */
const HINTS = { actions: PUT_OR_DELETE, keys: ['GUARD#*', 'EXPOSURE#*'] };

/** What each function may read and write: what its use case loads and commits, and nothing else. */
export const ACCESS: Readonly<Record<FunctionName, readonly TableAccess[]>> = {
  'watch-marks': [
    LAW,
    { table: 'Observations', reads: GET },
    { table: 'Markets', reads: GET, transacts: PUT },
    { table: 'Pools', reads: GET },
    { table: 'Hints', reads: LIST },
    { table: 'Rings', reads: LIST, transacts: PUT },
    { table: 'Journal', transacts: PUT },
    { table: 'Controls', reads: GET, transacts: PUT, writes: QUARANTINE },
  ],
  'evaluate-margin': [
    LAW,
    { table: 'Pools', reads: GET, transacts: PUT },
    { table: 'Hints', writes: HINTS },
    { table: 'Markets', reads: GET },
    { table: 'Rings', reads: GET, transacts: PUT_OR_DELETE },
    { table: 'Cases', reads: GET },
    { table: 'Journal', reads: LIST, transacts: PUT },
    { table: 'Controls', reads: GET, writes: QUARANTINE },
  ],
  'open-wave': [
    LAW,
    { table: 'Pools', reads: GET, transacts: PUT },
    { table: 'Hints', writes: HINTS },
    { table: 'Markets', reads: GET },
    // Beside nominations that go, it puts the index of the wave's cases.
    { table: 'Rings', reads: ['GetItem', 'Query'], transacts: PUT_OR_DELETE },
    { table: 'Cases', reads: GET, transacts: PUT },
    { table: 'Orders', transacts: PUT },
    { table: 'Funds', reads: GET, transacts: PUT },
    { table: 'Journal', transacts: PUT },
    { table: 'Controls', reads: GET, transacts: PUT, writes: QUARANTINE },
  ],
  'settle-liquidation': [
    LAW,
    { table: 'Pools', reads: GET, transacts: PUT },
    // Reads exposures too: the security behind a market is a fact of the shortfall rules.
    { table: 'Hints', reads: LIST, writes: HINTS },
    { table: 'Markets', reads: GET, transacts: PUT },
    { table: 'Cases', reads: GET, transacts: PUT },
    { table: 'Orders', reads: GET, transacts: PUT },
    { table: 'Funds', reads: GET, transacts: PUT },
    { table: 'Journal', transacts: PUT },
    { table: 'Controls', writes: QUARANTINE },
  ],
  deleverage: [
    LAW,
    { table: 'Pools', reads: GET, transacts: PUT },
    { table: 'Hints', reads: LIST, writes: HINTS },
    { table: 'Markets', reads: GET },
    { table: 'Rings', reads: LIST },
    { table: 'Cases', reads: GET, transacts: PUT },
    { table: 'Orders', transacts: PUT },
    { table: 'Journal', reads: LIST, transacts: PUT },
    { table: 'Controls', reads: GET, transacts: PUT, writes: QUARANTINE },
  ],
  sweep: [
    LAW,
    { table: 'Cases', reads: ['GetItem', 'Scan'], transacts: PUT },
    { table: 'Orders', reads: ['GetItem', 'Scan'], transacts: PUT },
    { table: 'Controls', reads: ['GetItem', 'Scan'], transacts: PUT },
  ],
  audit: [
    LAW,
    { table: 'Journal', reads: ['Query', 'Scan'] },
    { table: 'Cases', reads: ['GetItem', 'Scan'] },
    { table: 'Pools', reads: ['GetItem', 'Scan'] },
    { table: 'Funds', reads: ['GetItem', 'Scan'] },
    { table: 'Markets', reads: ['GetItem', 'Scan'], transacts: PUT },
    { table: 'Controls', reads: GET, transacts: PUT },
  ],
  'administer-rules': [{ table: 'RuleSets', reads: ['GetItem', 'Query'], transacts: PUT }],
};

/** What the venue may write: marks one by one, trades and fills in transactions. The conditions of its contract are checked by its client, not here. */
export const VENUE_ACCESS: readonly TableAccess[] = [
  { table: 'Observations', writes: { actions: PUT, keys: null } },
  { table: 'Pools', reads: GET, transacts: PUT },
  { table: 'Orders', reads: GET, transacts: PUT },
];
