import { dueGuards, type Pool, positionIn } from '#core/account/pool.ts';
import type { DeleveragingPlan, Transfer } from '#core/adl/deleveraging-plan.ts';
import { afterFlow, type FundFlow, fundFlowOf, isFlowing } from '#core/adl/fund-flow.ts';
import { settleTransfer } from '#core/adl/settle-transfer.ts';
import { type CommitOutcome, type DeleveragingOrder, nextVersion, type Write } from '#core/commit.ts';
import { type FundState, fundAt } from '#core/insurance/fund-state.ts';
import { present } from '#core/invariant.ts';
import { type LiquidationCase, withLeg } from '#core/liquidation/liquidation-case.ts';
import { closingOrderSide, opposite } from '#core/market/side.ts';
import { money } from '#core/units/money.ts';
import { isAsRead } from '../ports/case-as-read.ts';
import { fundWrites as recordedFundWrites } from '../ports/fund-writes.ts';
import type { DeleveragePorts } from './deleverage.ts';
import { isWaiting, legOf, type ResidualInput } from './residual-input.ts';
import { transfersLeft } from './transfers-left.ts';

/**
 * Transfers in one transaction: each takes a pool, an order row and a journal entry beside case, bankrupt pool and fund, and a transaction holds 100 items.
 * 30 leaves room; the plan does not depend on it.
 */
export const TRANSFERS_PER_CHUNK_MAX = 30;

interface Step {
  readonly transfer: Transfer;
  readonly counterparty: Pool;
}

const orderRow = (liquidation: LiquidationCase, input: ResidualInput, transfer: Transfer, entryNumber: number): DeleveragingOrder => ({
  orderId: `${liquidation.caseId}#ADL#${entryNumber}`,
  kind: 'DELEVERAGING',
  caseId: liquidation.caseId,
  poolId: transfer.poolId,
  accountId: transfer.accountId,
  marketId: input.terms.marketId,
  side: closingOrderSide(opposite(input.side)),
  quantity: transfer.quantity.toFixed(),
  price: transfer.price.toFixed(),
  version: 1,
  lastWriter: 'DELEVERAGE',
});

/** Whether the counterparty can still give what the plan takes: its owner may have traded since, and then the next attempt ranks anew. */
const canGive = (counterparty: Pool | null, input: ResidualInput, transfer: Transfer): counterparty is Pool =>
  counterparty !== null &&
  counterparty.caseId === null &&
  positionIn(counterparty, input.terms.marketId, opposite(input.side))?.quantity.gte(transfer.quantity) === true;

/** The next steps of the plan, up to the first that cannot be taken any more: nobody further down gives before those above. */
const nextSteps = async (ports: DeleveragePorts, input: ResidualInput, transfers: readonly Transfer[]): Promise<readonly Step[]> => {
  const steps: Step[] = [];
  const chunk = transfers.slice(0, TRANSFERS_PER_CHUNK_MAX);
  const counterparties = await Promise.all(chunk.map(({ poolId }) => ports.loadPool(poolId)));
  for (const [index, transfer] of chunk.entries()) {
    const counterparty = counterparties[index] ?? null;
    if (!canGive(counterparty, input, transfer)) break;
    steps.push({ transfer, counterparty });
  }
  return steps;
};

/** One chunk about to be written. */
interface Chunk {
  readonly input: ResidualInput;
  readonly plan: DeleveragingPlan;
  readonly liquidation: LiquidationCase;
  readonly pool: Pool;
  readonly steps: readonly Step[];
  readonly fundId: string;
}

const chunkOf = ({ input, plan, liquidation, pool, steps, fundId }: Chunk): readonly Write[] => {
  let bankrupt = pool;
  let leg = legOf(liquidation, input);
  const writes: Write[] = [];
  for (const [index, { transfer, counterparty }] of steps.entries()) {
    const entryNumber = liquidation.transferCount + index + 1;
    const at = { bankruptcyPrice: plan.residual.price, closesAt: plan.closesAt, terms: input.terms, fundId };
    const settled = settleTransfer({ bankrupt, counterparty, liquidation, leg, transfer, ...at, entryNumber });
    bankrupt = settled.bankrupt;
    leg = settled.leg;
    const released = nextVersion({ ...settled.counterparty, guards: dueGuards(settled.counterparty) }, 'DELEVERAGE');
    writes.push({ table: 'Pools', item: released });
    writes.push({ table: 'Orders', item: orderRow(liquidation, input, transfer, entryNumber) });
    writes.push({ table: 'Journal', entry: settled.entry });
  }
  const { paid, received } = fundFlowOf(steps.map(({ transfer }) => transfer));
  const moved = {
    ...withLeg(liquidation, leg),
    transferCount: liquidation.transferCount + steps.length,
    drawn: money(liquidation.drawn.plus(paid)),
    received: money(liquidation.received.plus(received)),
  };
  return [
    { table: 'Cases', item: nextVersion(moved, 'DELEVERAGE') },
    { table: 'Pools', item: nextVersion(bankrupt, 'DELEVERAGE') },
    ...writes,
  ];
};

/** The fund bears what the steps close off the bankruptcy price, in their transaction; at the bankruptcy price it is not touched, nor read. */
const bearingFund = async (ports: DeleveragePorts, { terms }: ResidualInput, flow: FundFlow): Promise<FundState | null> =>
  isFlowing(flow) ? ports.loadFund(ports.fundIdOf(terms.marketId)) : null;

const fundWrites = (ports: DeleveragePorts, { terms, wave }: ResidualInput, stored: FundState | null, flow: FundFlow): readonly Write[] => {
  if (stored === null) return [];
  const after = afterFlow(fundAt(stored, wave.at), terms.marketId, flow, wave.at);
  return recordedFundWrites(stored, after, { writer: 'DELEVERAGE', wave, ruleSet: ports.ruleSet.reference });
};

/** DONE: nothing of the plan is left that can be booked. */
export type ChunkOutcome = CommitOutcome | 'DONE';

/**
 * Commits the next transfers of a plan: the bankrupt pool, each counterparty with its order row and journal entry, and the case, whose transfer count
 * numbers the entries. Each chunk alone conserves quantity and value, so a crash between chunks leaves books that balance; repeated, it goes on where
 * the leg stands and books nothing twice.
 */
export const commitChunk = async (ports: DeleveragePorts, input: ResidualInput, plan: DeleveragingPlan): Promise<ChunkOutcome> => {
  const liquidation = present(await ports.loadCase(input.caseId), `case ${input.caseId} exists`);
  if (!isWaiting(liquidation, input)) return 'DONE';
  const steps = await nextSteps(ports, input, transfersLeft(plan, legOf(liquidation, input)));
  const bankrupt = present(await ports.loadPool(liquidation.poolId), `pool ${liquidation.poolId} exists`);
  const flow = fundFlowOf(steps.map(({ transfer }) => transfer));
  const fund = await bearingFund(ports, input, flow);
  // Also where there is no step: another delivery may just have taken it, and has more of the plan to go.
  if (!(await isAsRead(ports, liquidation))) return 'CONFLICT';
  if (steps.length === 0) return 'DONE';
  const fundId = ports.fundIdOf(input.terms.marketId);
  const writes = chunkOf({ input, plan, liquidation, pool: bankrupt, steps, fundId });
  return ports.commit([...writes, ...fundWrites(ports, input, fund, flow)]);
};
