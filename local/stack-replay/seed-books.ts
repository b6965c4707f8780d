import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { present } from '#core/invariant.ts';
import type { EpochMs } from '#core/units/time.ts';
import { fundItem } from '#functions/adapters/dynamodb/fund-item.ts';
import { hintItem, hintRowsOf } from '#functions/adapters/dynamodb/hint-rows.ts';
import { marketItem } from '#functions/adapters/dynamodb/market-item.ts';
import { poolItem } from '#functions/adapters/dynamodb/pool-item.ts';
import type { TableNames } from '#functions/adapters/dynamodb/table-names.ts';
import { ruleSetStore } from '#functions/adapters/lambda/rule-set-store.ts';
import { administerRules } from '#functions/administer-rules/administer-rules.ts';
import type { RuleSet } from '#rule-sets/rule-set.ts';
import { badFile } from '../bad-input.ts';
import type { StartingBooks } from '../starting-books.ts';
import type { BooksFolder } from './books-folder.ts';
import { putItems } from './put-items.ts';
import { isEmptyTable } from './scan-items.ts';

export interface SeedTarget {
  readonly client: DynamoDBClient;
  readonly endpoint: string;
  readonly tables: TableNames;
  readonly signal: AbortSignal;
}

/** A database that was there before this stack may hold somebody's books: they are not written over. */
const refuseOthers = async ({ client, tables, endpoint }: SeedTarget): Promise<void> => {
  for (const table of ['markets', 'pools', 'funds', 'observations', 'cases', 'controls'] as const)
    if (!(await isEmptyTable(client, tables[table])))
      throw badFile(endpoint, `table \`${tables[table]}\` holds other books: expected a database without any`);
};

/** Publishes the law and makes it the law, as a deployment does. */
const enact = async ({ client, tables }: SeedTarget, ruleSet: RuleSet, now: EpochMs): Promise<void> => {
  const { id, version, hash } = ruleSet.reference;
  const answer = await administerRules(ruleSetStore(client, tables))({ action: 'DEPLOY', ruleSets: [ruleSet] }, now);
  const kept = answer.ok && answer.value.action === 'DEPLOY' && answer.value.activations.every(({ outcome }) => outcome !== 'KEPT_OTHER');
  if (!kept) throw badFile(tables.ruleSets, `holds another law than \`${id}@${version}\` with hash \`${hash}\``);
};

const putBooks = async ({ client, tables, signal }: SeedTarget, { initial, fundIds }: StartingBooks): Promise<void> => {
  const hints = initial.pools.flatMap(hintRowsOf);
  const markets = initial.markets.map((market) => {
    const { marketId } = market.terms;
    return marketItem.encode({ market, fundId: present(fundIds.get(marketId), `market ${marketId} has a fund`) });
  });
  // Pools that the operator puts ring nobody: all of them are due at the first mark anyway.
  const pools = initial.pools.map((pool) => poolItem.encode({ ...pool, lastWriter: 'OPERATOR' }));
  await putItems(client, tables.funds, initial.funds.map(fundItem.encode), signal);
  await putItems(client, tables.markets, markets, signal);
  await putItems(client, tables.pools, pools, signal);
  await putItems(client, tables.hints, hints.map(hintItem.encode), signal);
};

/**
 * Fills the tables with what the engine starts from: the law, funds, markets, pools with the hints that lead to them. Before its end there are no marks,
 * and nobody else writes. So it is simply done once more after a crash, and never again once it is done.
 * Throws `BadInput` for tables that hold something else.
 */
export const seedBooks = async (target: SeedTarget, folder: BooksFolder, books: StartingBooks, now: EpochMs): Promise<void> => {
  if (folder.isSeeded) return;
  if (folder.isFresh) await refuseOthers(target);
  folder.beginSeeding();
  await enact(target, books.ruleSet, now);
  await putBooks(target, books);
  folder.endSeeding();
};
