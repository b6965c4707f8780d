import { dueGuards } from '#core/account/pool.ts';
import type { Transfer } from '#core/adl/decide-deleveraging.ts';
import { settleTransfer } from '#core/adl/settle-transfer.ts';
import { type CommitOutcome, type DeleveragingOrder, nextVersion, type Write } from '#core/commit.ts';
import { present } from '#core/invariant.ts';
import { type LiquidationCase, withLeg } from '#core/liquidation/liquidation-case.ts';
import { closingOrderSide, opposite } from '#core/market/side.ts';
import type { DeleveragePorts } from './deleverage.ts';
import { legOf, type ResidualInput } from './residual-input.ts';

/**
 * Transfers in one transaction: each takes a pool, an order row and a journal entry beside case and bankrupt pool, and a transaction holds 100 items.
 * 30 leaves room; the plan does not depend on it.
 */
export const TRANSFERS_PER_CHUNK_MAX = 30;

const orderRow = (liquidation: LiquidationCase, input: ResidualInput, transfer: Transfer, entryNumber: number): DeleveragingOrder => ({
  orderId: `${liquidation.caseId}#ADL#${entryNumber}`,
  kind: 'DELEVERAGING',
  caseId: liquidation.caseId,
  poolId: transfer.poolId,
  accountId: transfer.accountId,
  marketId: input.market.terms.marketId,
  side: closingOrderSide(opposite(input.side)),
  quantity: transfer.quantity.toFixed(),
  price: transfer.price.toFixed(),
  version: 1,
  lastWriter: 'DELEVERAGE',
});

/**
 * Commits some transfers of a plan: the bankrupt pool, each counterparty with its order row and journal entry, and the case, whose transfer count numbers
 * the entries. Each chunk alone conserves quantity and value, so a crash between chunks leaves books that balance.
 */
export const commitChunk = async (ports: DeleveragePorts, input: ResidualInput, chunk: readonly Transfer[]): Promise<CommitOutcome> => {
  const liquidation = present(await ports.loadCase(input.caseId), `case ${input.caseId} exists`);
  let bankrupt = present(await ports.loadPool(liquidation.poolId), `pool ${liquidation.poolId} exists`);
  let leg = legOf(liquidation, input);
  const writes: Write[] = [];
  for (const [index, transfer] of chunk.entries()) {
    const entryNumber = liquidation.transferCount + index + 1;
    const counterparty = present(await ports.loadPool(transfer.poolId), `pool ${transfer.poolId} exists`);
    const settled = settleTransfer({ bankrupt, counterparty, liquidation, leg, transfer, terms: input.market.terms, entryNumber });
    bankrupt = settled.bankrupt;
    leg = settled.leg;
    const released = nextVersion({ ...settled.counterparty, guards: dueGuards(settled.counterparty) }, 'DELEVERAGE');
    writes.push({ table: 'Pools', item: released });
    writes.push({ table: 'Orders', item: orderRow(liquidation, input, transfer, entryNumber) });
    writes.push({ table: 'Journal', entry: settled.entry });
  }
  const moved = { ...withLeg(liquidation, leg), transferCount: liquidation.transferCount + chunk.length };
  return ports.commit([
    { table: 'Cases', item: nextVersion(moved, 'DELEVERAGE') },
    { table: 'Pools', item: nextVersion(bankrupt, 'DELEVERAGE') },
    ...writes,
  ]);
};
