import type { FunctionName, TableName } from '../names.ts';

export type ReadAction = 'GetItem' | 'BatchGetItem' | 'Query' | 'Scan';
export type WriteAction = 'PutItem' | 'DeleteItem';

/** What somebody may do with one table. */
export interface TableAccess {
  readonly table: TableName;
  readonly reads?: readonly ReadAction[];
  /** Writes that are allowed within a transaction only: no money and no state moves by itself. */
  readonly transacts?: readonly WriteAction[];
  /** Items, by their partition key, whose state a transaction may depend on without writing them. */
  readonly checks?: readonly string[];
  /** Writes that stand alone; with `keys`, only of items whose partition key matches one of them. */
  readonly writes?: { readonly actions: readonly WriteAction[]; readonly keys: readonly string[] | null };
}

/** What reading a stream takes, whoever reads it. */
export const STREAM_READING: readonly string[] = ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator'];

const GET: readonly ReadAction[] = ['GetItem'];
const BATCH: readonly ReadAction[] = ['BatchGetItem'];
const GET_OR_BATCH: readonly ReadAction[] = ['GetItem', 'BatchGetItem'];
const LIST: readonly ReadAction[] = ['Query'];
const GET_OR_LIST: readonly ReadAction[] = ['GetItem', 'Query'];
const GET_OR_SCAN: readonly ReadAction[] = ['GetItem', 'Scan'];
const PUT: readonly WriteAction[] = ['PutItem'];
const DELETE: readonly WriteAction[] = ['DeleteItem'];
const PUT_OR_DELETE: readonly WriteAction[] = ['PutItem', 'DeleteItem'];

/** Every function decides under the active rule set, and the venue asks it. */
const LAW: TableAccess = { table: 'RuleSets', reads: GET };

/** A cold start reads which fund backs which market from all markets. */
const MARKETS: TableAccess = { table: 'Markets', reads: GET_OR_SCAN };

/** Rows that lead to a pool move in its transaction, or where that has no room in others around it. */
const HINTS: TableAccess = { table: 'Hints', transacts: PUT_OR_DELETE };

/** A record that cannot be read is put aside by itself: there is nothing that it could be put aside with. */
const QUARANTINE = { actions: PUT, keys: ['QUARANTINE#*'] };

/** What each function may read and write: what its use case loads and commits, and nothing else. */
export const ACCESS: Readonly<Record<FunctionName, readonly TableAccess[]>> = {
  'watch-marks': [
    LAW,
    { ...MARKETS, transacts: PUT },
    { table: 'Observations', reads: GET },
    { table: 'Pools', reads: BATCH },
    // What stands behind a market is its fund too.
    { table: 'Funds', reads: GET },
    // It takes away the rows that it finds stale.
    { table: 'Hints', reads: LIST, transacts: DELETE },
    { table: 'Rings', reads: LIST, transacts: PUT },
    { table: 'Journal', transacts: PUT },
    // It opens withdrawals again that an earlier wave closed.
    { table: 'Controls', reads: GET, transacts: PUT_OR_DELETE, writes: QUARANTINE },
  ],
  'evaluate-margin': [
    LAW,
    MARKETS,
    HINTS,
    { table: 'Pools', reads: GET, transacts: PUT },
    { table: 'Rings', reads: GET, transacts: PUT_OR_DELETE },
    { table: 'Cases', reads: GET },
    { table: 'Journal', reads: LIST, transacts: PUT },
    { table: 'Controls', reads: GET, writes: QUARANTINE },
  ],
  'open-wave': [
    LAW,
    MARKETS,
    // A pool in hand has no guards, and netting or a takeover takes positions away: rows only go.
    { table: 'Hints', transacts: DELETE },
    { table: 'Pools', reads: GET, transacts: PUT },
    // Beside nominations that go, it puts the index of the wave's cases.
    { table: 'Rings', reads: GET_OR_LIST, transacts: PUT_OR_DELETE },
    { table: 'Cases', reads: GET_OR_BATCH, transacts: PUT },
    { table: 'Orders', transacts: PUT },
    { table: 'Funds', reads: GET, transacts: PUT },
    // A nomination opens only on what it was judged on, which its decision recorded.
    { table: 'Journal', reads: LIST, transacts: PUT },
    { table: 'Controls', reads: GET, transacts: PUT, writes: QUARANTINE },
  ],
  'settle-liquidation': [
    LAW,
    { ...MARKETS, transacts: PUT },
    // The security behind a market, a fact of shortfall rules, is read from everyone who holds it.
    { ...HINTS, reads: LIST },
    { table: 'Pools', reads: GET_OR_BATCH, transacts: PUT },
    { table: 'Cases', reads: GET, transacts: PUT },
    { table: 'Orders', reads: BATCH, transacts: PUT },
    { table: 'Funds', reads: GET, transacts: PUT },
    // A case of many orders is settled in portions; it reads what it has decided.
    { table: 'Journal', reads: LIST, transacts: PUT },
    { table: 'Controls', reads: GET, writes: QUARANTINE },
  ],
  deleverage: [
    LAW,
    MARKETS,
    { ...HINTS, reads: LIST },
    { table: 'Pools', reads: GET_OR_BATCH, transacts: PUT },
    { table: 'Rings', reads: LIST },
    { table: 'Cases', reads: GET_OR_BATCH, transacts: PUT },
    { table: 'Orders', transacts: PUT },
    // It bears what counterparties close off the bankruptcy price, where the law says so.
    { table: 'Funds', reads: GET, transacts: PUT },
    { table: 'Journal', reads: LIST, transacts: PUT },
    { table: 'Controls', reads: GET, transacts: PUT, writes: QUARANTINE },
  ],
  // What evaluate-margin may, for the rings that nobody answered; and it writes lanes and cases again, and ends orders that have expired.
  sweep: [
    LAW,
    MARKETS,
    HINTS,
    { table: 'Pools', reads: GET, transacts: PUT },
    { table: 'Rings', reads: GET_OR_LIST, transacts: PUT_OR_DELETE },
    { table: 'Cases', reads: GET_OR_BATCH, transacts: PUT },
    { table: 'Orders', reads: BATCH, transacts: PUT },
    { table: 'Journal', reads: LIST, transacts: PUT },
    { table: 'Controls', reads: GET, transacts: PUT },
  ],
  audit: [
    LAW,
    { ...MARKETS, transacts: PUT },
    { table: 'Observations', reads: LIST },
    { table: 'Pools', reads: GET },
    { table: 'Rings', reads: LIST },
    { table: 'Cases', reads: GET_OR_BATCH },
    { table: 'Funds', reads: GET },
    { table: 'Journal', reads: LIST },
    { table: 'Controls', reads: GET, writes: { actions: PUT, keys: ['AUDIT#*'] } },
  ],
  // The pointer to the law is moved by itself: a version that it names never changes.
  'administer-rules': [{ table: 'RuleSets', reads: GET_OR_LIST, writes: { actions: PUT, keys: null } }],
};

/**
 * What the venue may do: marks one by one; trades and fills in transactions, together with the hints of the pools that they change, which a switch can
 * forbid. The conditions of its contract are checked by its client, not here.
 */
export const VENUE_ACCESS: readonly TableAccess[] = [
  { table: 'Observations', reads: GET, writes: { actions: PUT, keys: null } },
  { table: 'Pools', reads: GET, transacts: PUT },
  { table: 'Hints', transacts: PUT },
  { table: 'Orders', reads: GET, transacts: PUT },
  // A fill that is worse than its limit may still be within the tick of its market; a trade is asked for at the marks.
  { table: 'Markets', reads: GET },
  // What it asks before it trades or pays out is the law's.
  LAW,
  { table: 'Controls', checks: ['SWITCH#*'] },
];
