import { DynamoDBClient, TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import type { Pool } from '#core/account/pool.ts';
import { decimal } from '#core/units/decimal.ts';
import { money, price, quantity } from '#core/units/money.ts';
import type { CommitTarget } from '#functions/adapters/dynamodb/commit-writes.ts';
import type { Patience } from '#functions/adapters/dynamodb/patience.ts';
import { TABLES } from '../lambda/tables.ts';

const patience: Patience = { attemptsMax: 3, pause: async () => {} };

/** Where a commit goes; `seen` are the pools as this invocation has read them. */
export const target = (seen: readonly Pool[] = []): CommitTarget => ({
  client: new DynamoDBClient({ region: 'us-east-1' }),
  tables: TABLES,
  fundIds: new Map([['AAA', 'usdt']]),
  patience,
  hints: { client: new DynamoDBClient({ region: 'us-east-1' }), tableName: TABLES.hints, patience },
  seenPool: (poolId) => seen.find((pool) => pool.poolId === poolId),
});

/** A pool of one position, in a version and with guards. */
export const pool = (version: number, guards: Pool['guards']): Pool => ({
  poolId: 'a1#CROSS#USDT',
  accountId: 'a1',
  marginMode: 'CROSS',
  settlementAsset: 'USDT',
  tags: [],
  balance: money(decimal('10')),
  positions: [{ marketId: 'AAA', side: 'LONG', quantity: quantity(decimal('1')), entryValue: money(decimal('100')) }],
  guards,
  caseId: null,
  caseCount: 0,
  deferredSince: null,
  lastReduction: null,
  version,
  lastWriter: 'EVALUATE',
});

export const DUE: Pool['guards'] = [{ kind: 'DUE', marketId: 'AAA' }];
export const BELOW_90: Pool['guards'] = [{ kind: 'INTERVAL', marketId: 'AAA', below: price(decimal('90')), above: null }];

/** A transaction that was cancelled, with a code per item. */
export const cancelled = (...codes: readonly string[]) =>
  new TransactionCanceledException({ $metadata: {}, message: 'cancelled', CancellationReasons: codes.map((Code) => ({ Code })) });
