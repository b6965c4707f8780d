import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { Pool } from '#core/account/pool.ts';
import type { CommitPort, Write } from '#core/commit.ts';
import { invariant } from '#core/invariant.ts';
import { type HintTable, hintPut, hintRemoval, putHints, removeHints } from './hint-index.ts';
import { type HintRow, hintRowsOf, rowsBeyond } from './hint-rows.ts';
import { ITEMS_PER_TRANSACTION_MAX, type Sender, sendTransaction } from './send-transaction.ts';
import { transactItems, type WriteTarget } from './transact-items.ts';

/** Tables, and what this invocation has read of the pools in them. */
export interface CommitTarget extends WriteTarget, Sender {
  readonly hints: HintTable;
  /** The pool as it was last read; undefined when it was not. */
  readonly seenPool: (poolId: string) => Pool | undefined;
}

interface HintChange {
  readonly added: readonly HintRow[];
  readonly gone: readonly HintRow[];
}

/** Rows that a pool's new version needs and the version before did not have, and the other way round. Unknown before: all are put, none removed. */
const hintChange = (before: Pool | undefined, after: Pool): HintChange => {
  const rows = hintRowsOf(after);
  if (before?.version !== after.version - 1) return { added: rows, gone: [] };
  const rowsBefore = hintRowsOf(before);
  const gone = rowsBeyond(rowsBefore, rows).map((row) => ({ ...row, poolVersion: after.version }));
  return { added: rowsBeyond(rows, rowsBefore), gone };
};

const hintChanges = ({ seenPool }: CommitTarget, writes: readonly Write[]): HintChange => {
  const changes = writes.flatMap((write) => (write.table === 'Pools' ? [hintChange(seenPool(write.item.poolId), write.item)] : []));
  return { added: changes.flatMap(({ added }) => added), gone: changes.flatMap(({ gone }) => gone) };
};

/** Rows that go in the transaction of their pool, and those that stand around it because it would become too large. */
interface Placed {
  readonly inside: readonly TransactWriteItem[];
  readonly before: readonly HintRow[];
  readonly after: readonly HintRow[];
}

const placed = ({ hints }: CommitTarget, items: number, { added, gone }: HintChange): Placed =>
  items + added.length + gone.length > ITEMS_PER_TRANSACTION_MAX
    ? { inside: [], before: added, after: gone }
    : {
        inside: [...added.map((row) => hintPut(hints.tableName, row)), ...gone.map((row) => hintRemoval(hints.tableName, row))],
        before: [],
        after: [],
      };

/**
 * Commits writes over DynamoDB: all or nothing, each over its condition. A single write is a transaction too: so the engine's roles may write in
 * transactions alone, and a lost answer is asked for again under the same token.
 *
 * Hints lead to pools and must be a superset at every moment: they move in the transaction of their pool. Where it has no room for them, new rows are put
 * before it and old ones removed after it, each under the pool's version: a crash in between leaves rows too many, never too few. Throws
 * `InvariantViolation` beyond 100 items, and the weather that does not end.
 */
export const commitWrites =
  (target: CommitTarget): CommitPort =>
  async (writes) => {
    const items = writes.flatMap((write) => transactItems(target, write));
    invariant(items.length <= ITEMS_PER_TRANSACTION_MAX, `a commit has at most ${ITEMS_PER_TRANSACTION_MAX} items, not ${items.length}`);
    const { inside, before, after } = placed(target, items.length, hintChanges(target, writes));
    await putHints(target.hints, before);
    if ((await sendTransaction(target, [...items, ...inside])) !== null) {
      // Whoever lost reads again at once: a moment apart, so that two do not meet again.
      await target.patience.pause(1);
      return 'CONFLICT';
    }
    await removeHints(target.hints, after);
    return 'COMMITTED';
  };
