import { afterCase, type Pool } from '#core/account/pool.ts';
import { residualAfterPlan } from '#core/adl/deleveraging-plan.ts';
import { fundFlowOf } from '#core/adl/fund-flow.ts';
import { closedBy, closeSocialized, type SocializedClose } from '#core/adl/settle-socialized.ts';
import { type CommitOutcome, nextVersion, type Write } from '#core/commit.ts';
import { fundAt, settleHeld } from '#core/insurance/fund-state.ts';
import { present } from '#core/invariant.ts';
import { advanceTo, type CaseState, isClosedOut, isLive, type LiquidationCase, withLeg } from '#core/liquidation/liquidation-case.ts';
import { ZERO } from '#core/units/decimal.ts';
import { type Money, money } from '#core/units/money.ts';
import { isAsRead } from '../ports/case-as-read.ts';
import { fundWrites as recordedFundWrites } from '../ports/fund-writes.ts';
import type { DeleveragePorts } from './deleverage.ts';
import { isWaiting, legOf, type ResidualInput } from './residual-input.ts';
import type { Run } from './start-run.ts';
import { transfersLeft } from './transfers-left.ts';

const stateAfter = (liquidation: LiquidationCase): CaseState => {
  if (liquidation.legs.some((leg) => leg.awaitsDeleveraging)) return 'ADL_RUN';
  return isClosedOut(liquidation) ? 'CLOSED_ADL' : 'ADL_EXHAUSTED';
};

/** What was reserved for transfers that nobody could book any more goes back to the fund, and what was collected beyond a loss goes to it. */
const fundWrites = async (
  ports: DeleveragePorts,
  { terms, wave }: ResidualInput,
  held: Money,
  surplus: Money,
): Promise<readonly Write[]> => {
  if (held.isZero() && surplus.isZero()) return [];
  const stored = await ports.loadFund(ports.fundIdOf(terms.marketId));
  const fund = fundAt(stored, wave.at);
  const after = settleHeld(fund, terms.marketId, { held, drawn: money(ZERO), received: surplus }, wave.at);
  return recordedFundWrites(stored, after, { writer: 'DELEVERAGE', wave, ruleSet: ports.ruleSet.reference });
};

/** Closes with what was collected, as much as it pays for; null where nothing was. */
const socializedClose = (
  ports: DeleveragePorts,
  input: ResidualInput,
  { plan, socialization }: Run,
  liquidation: LiquidationCase,
  pool: Pool,
): SocializedClose | null => {
  const leg = legOf(liquidation, input);
  if (plan === null || leg.contributed.isZero()) return null;
  const closed = closedBy(socialization, leg.contributed, input.terms.lotSize);
  const at = { closed, markPrice: plan.markPrice, fundId: ports.fundIdOf(input.terms.marketId) };
  const residual = { ...residualAfterPlan(plan), quantity: leg.residualQuantity, bankruptcyValue: leg.bankruptcyValue };
  return closeSocialized({ liquidation, leg }, pool, residual, at);
};

/**
 * Ends a leg's run, with what was collected for it closed at the mark. When no leg waits any more the case closes, or stays open as exhausted: capacity was
 * smaller than need.
 */
export const finishLeg = async (ports: DeleveragePorts, input: ResidualInput, run: Run): Promise<CommitOutcome> => {
  const liquidation = present(await ports.loadCase(input.caseId), `case ${input.caseId} exists`);
  if (!isWaiting(liquidation, input)) return 'COMMITTED';
  const pool = present(await ports.loadPool(liquidation.poolId), `pool ${liquidation.poolId} exists`);
  if (!(await isAsRead(ports, liquidation))) return 'CONFLICT';
  const leg = legOf(liquidation, input);
  const held = run.plan === null ? money(ZERO) : fundFlowOf(transfersLeft(run.plan, leg)).paid;
  const close = socializedClose(ports, input, run, liquidation, pool);
  const surplus = close?.surplus ?? money(ZERO);
  const done = withLeg(liquidation, { ...(close?.leg ?? leg), awaitsDeleveraging: false });
  const state = stateAfter(done);
  const ended = { ...advanceTo(done, state), received: money(done.received.plus(surplus)) };
  const writes: Write[] = [{ table: 'Cases', item: nextVersion(ended, 'DELEVERAGE') }];
  if (state !== 'ADL_RUN' || close !== null) {
    const bankrupt = close?.bankrupt ?? pool;
    const after = state === 'ADL_RUN' ? bankrupt : afterCase(bankrupt, isLive(state));
    writes.push({ table: 'Pools', item: nextVersion(after, 'DELEVERAGE') });
  }
  if (close !== null) writes.push({ table: 'Journal', entry: close.entry });
  return ports.commit([...writes, ...(await fundWrites(ports, input, held, surplus))]);
};
