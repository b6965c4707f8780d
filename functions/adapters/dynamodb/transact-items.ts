import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { WithdrawalGate } from '#core/account/withdrawal-gate.ts';
import type { Write } from '#core/commit.ts';
import { present, unreachable } from '#core/invariant.ts';
import { caseItem } from './case-item.ts';
import { decisionItems } from './decision-item.ts';
import { entryItem } from './entry-item.ts';
import { fundItem } from './fund-item.ts';
import { gateItem, withdrawalSwitchKey } from './gate-item.ts';
import type { Attributes } from './item.ts';
import { laneItem } from './lane-item.ts';
import { marketItem } from './market-item.ts';
import { orderItem } from './order-item.ts';
import { poolItem } from './pool-item.ts';
import { nominationItem, ringItem, waveCaseItem } from './ring-item.ts';
import type { TableNames } from './table-names.ts';
import { throttleItem } from './throttle-item.ts';
import { ifAbsent, ifVersionBefore } from './write-conditions.ts';

/** What a write is turned into items with. */
export interface WriteTarget {
  readonly tables: TableNames;
  /** The fund of each market, kept in the market's item. */
  readonly fundIds: ReadonlyMap<string, string>;
}

const putOnce = (TableName: string, key: string, Item: Attributes): TransactWriteItem => ({ Put: { TableName, Item, ...ifAbsent(key) } });

/** Puts an item over exactly the version before it. */
const putVersion = (TableName: string, key: string, Item: Attributes, version: number): TransactWriteItem => ({
  Put: { TableName, Item, ...ifVersionBefore(key, version) },
});

const putOrRemove = (TableName: string, action: 'PUT' | 'REMOVE', item: Attributes): TransactWriteItem =>
  action === 'PUT'
    ? putOnce(TableName, 'waveKey', item)
    : {
        Delete: {
          TableName,
          Key: { waveKey: present(item.waveKey, 'a wave item has its key'), poolId: present(item.poolId, 'a wave item has its pool') },
          ConditionExpression: 'attribute_exists(#key)',
          ExpressionAttributeNames: { '#key': 'waveKey' },
        },
      };

const putOrRemoveGate = (TableName: string, action: 'PUT' | 'REMOVE', gate: WithdrawalGate): TransactWriteItem =>
  action === 'PUT'
    ? putVersion(TableName, 'controlKey', gateItem.encode(gate), gate.version)
    : {
        Delete: {
          TableName,
          Key: { controlKey: { S: withdrawalSwitchKey(gate.asset) } },
          ...ifVersionBefore('controlKey', gate.version + 1),
        },
      };

/** The row that leads from a wave to its case: put with every opening and next attempt. A case that stays in its wave has it already. */
const waveCaseRow = ({ tables }: WriteTarget, { item }: Write & { table: 'Cases' }): TransactWriteItem => ({
  Put: {
    TableName: tables.rings,
    Item: waveCaseItem.encode({ waveId: item.wave, waveRank: item.waveRank, caseId: item.caseId }),
    ConditionExpression: 'attribute_not_exists(#key) OR #caseId = :caseId',
    ExpressionAttributeNames: { '#key': 'waveKey', '#caseId': 'caseId' },
    ExpressionAttributeValues: { ':caseId': { S: item.caseId } },
  },
});

/** One write as the items of a transaction, each with its condition. Hint rows are not among them: whoever commits adds those that there is room for. */
export const transactItems = (target: WriteTarget, write: Write): readonly TransactWriteItem[] => {
  const { tables, fundIds } = target;
  switch (write.table) {
    case 'Markets': {
      const { marketId } = write.item.terms;
      const fundId = present(fundIds.get(marketId), `market ${marketId} has a fund`);
      return [putVersion(tables.markets, 'marketId', marketItem.encode({ market: write.item, fundId }), write.item.version)];
    }
    case 'Pools':
      return [putVersion(tables.pools, 'poolId', poolItem.encode(write.item), write.item.version)];
    case 'Cases': {
      const put = putVersion(tables.cases, 'caseId', caseItem.encode(write.item), write.item.version);
      return write.item.lastWriter === 'OPEN' ? [put, waveCaseRow(target, write)] : [put];
    }
    case 'Orders':
      return [putVersion(tables.orders, 'orderId', orderItem.encode(write.item), write.item.version)];
    case 'Funds':
      return [putVersion(tables.funds, 'fundId', fundItem.encode(write.item), write.item.version)];
    case 'Throttles':
      return [putVersion(tables.controls, 'controlKey', throttleItem.encode(write.item), write.item.version)];
    case 'Lanes':
      return [putVersion(tables.controls, 'controlKey', laneItem.encode(write.item), write.item.version)];
    case 'Gates':
      return [putOrRemoveGate(tables.controls, write.action, write.item)];
    case 'Rings':
      return [putOrRemove(tables.rings, write.action, ringItem.encode(write.item))];
    case 'Nominations':
      return [putOrRemove(tables.rings, write.action, nominationItem.encode(write.item))];
    case 'Journal':
      return [putOnce(tables.journal, 'entryKey', entryItem.encode(write.entry))];
    case 'Decisions':
      return decisionItems(write.decision).map((item) => putOnce(tables.journal, 'entryKey', item));
    default:
      return unreachable(write);
  }
};
