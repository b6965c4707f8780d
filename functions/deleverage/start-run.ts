import { marginModeOf } from '#core/account/pool.ts';
import { appliedTo } from '#core/adl/applied-deleveraging.ts';
import { decideDeleveraging } from '#core/adl/decide-deleveraging.ts';
import type { DeleveragingPlan } from '#core/adl/deleveraging-plan.ts';
import { placesFor } from '#core/adl/queue-left.ts';
import type { RankedCounterparty } from '#core/adl/rank-counterparties.ts';
import { bankruptPartyOf, rankingFor, reasonAgainstFor } from '#core/adl/residual-eligibility.ts';
import { residualOfValue } from '#core/adl/settlement-price.ts';
import type { Socialization } from '#core/adl/socialize.ts';
import { nextVersion, type Write } from '#core/commit.ts';
import type { DeleveragingDecision } from '#core/decision.ts';
import { type FundState, reserveForSettlement } from '#core/insurance/fund-state.ts';
import { present } from '#core/invariant.ts';
import { advanceTo, type LiquidationCase } from '#core/liquidation/liquidation-case.ts';
import { ZERO } from '#core/units/decimal.ts';
import { money, quantity } from '#core/units/money.ts';
import { fundWrites } from '../ports/fund-writes.ts';
import { untilCommitted } from '../ports/until-committed.ts';
import type { DeleveragePorts } from './deleverage.ts';
import { deleveragingIdOf } from './given-in-wave.ts';
import { bearingFund, inputsNow, type PlanInputs, sharedOut } from './plan-inputs.ts';
import { isWaiting, type ResidualInput, type WaveUse } from './residual-input.ts';

/** The plan of one leg's run and what the wave had made of the counterparties when it was made. */
export interface Run {
  /** null where the residual has no positive bankruptcy price: it cannot be transferred and stays open. */
  readonly plan: DeleveragingPlan | null;
  /** How what the plan leaves is shared out. */
  readonly socialization: Socialization;
  readonly before: WaveUse;
}

const planFor = (
  ports: DeleveragePorts,
  input: ResidualInput,
  liquidation: LiquidationCase,
  { quantity: open, bankruptcyValue, remaining, tags, asksCounterparties, ...given }: PlanInputs,
): DeleveragingPlan | null => {
  const residual = residualOfValue(input.terms, input.side, open, bankruptcyValue);
  if (residual === null) return null;
  const policy = appliedTo(ports.ruleSet.deleveraging, marginModeOf(liquidation));
  const { accountId } = liquidation;
  const bankrupt = bankruptPartyOf(residual, given.references, policy, { accountId, tags });
  const isBarred = (each: RankedCounterparty): boolean => reasonAgainstFor(each, policy, bankrupt) !== null;
  const places = asksCounterparties ? input.queue.ranking : [];
  const ranking = rankingFor(placesFor(policy, places, remaining, open, isBarred), policy, bankrupt);
  return decideDeleveraging({ residual, markPrice: input.queue.markPrice, ranking, remaining, terms: { policy, ...given } });
};

const recordOf = (
  ports: DeleveragePorts,
  input: ResidualInput,
  liquidation: LiquidationCase,
  inputs: PlanInputs,
  { plan, socialization }: Pick<Run, 'plan' | 'socialization'>,
): DeleveragingDecision => ({
  kind: 'DELEVERAGING',
  decisionId: deleveragingIdOf(liquidation, input.terms.marketId, input.side),
  at: input.wave.at,
  waveId: input.wave.waveId,
  ruleSet: ports.ruleSet.reference,
  poolId: liquidation.poolId,
  accountId: liquidation.accountId,
  caseId: liquidation.caseId,
  marketId: input.terms.marketId,
  side: input.side,
  rankingId: input.queue.rankingId,
  inputs,
  price: plan?.settlementPrice ?? null,
  markPrice: input.queue.markPrice,
  transfers: plan?.transfers ?? [],
  socializedQuantity: socialization.quantity,
  contributions: socialization.contributions,
  residualQuantity: quantity((plan?.residualQuantity ?? inputs.quantity).minus(socialization.quantity)),
  outcome: plan?.outcome ?? 'INFEASIBLE',
  budget: plan?.budget ?? money(ZERO),
  taken: plan?.taken ?? money(ZERO),
  overshoot: plan?.overshoot ?? money(ZERO),
});

/** What the plan costs the fund is reserved with it; each chunk pays its part of that. */
const reservationWrites = async (
  ports: DeleveragePorts,
  fund: FundState | null,
  { terms, wave }: ResidualInput,
  plan: DeleveragingPlan | null,
): Promise<readonly Write[]> => {
  if (fund === null || plan === null || plan.fundDemand.isZero()) return [];
  // What is stored may be in a mode that ended by now. Where somebody wrote it meanwhile, the commit is refused and all of this is done again.
  const stored = await ports.loadFund(fund.fundId);
  const after = reserveForSettlement(fund, terms.marketId, plan.fundCost, plan.fundDemand);
  return fundWrites(stored, after, { writer: 'DELEVERAGE', wave, ruleSet: ports.ruleSet.reference });
};

/**
 * Starts a leg's run: the case goes to ADL_RUN together with the plan that it follows and the reservation for what that costs the fund. A run that has started
 * already is taken up with its recorded plan, and so is one that has ended, for what it made of the counterparties. null when the leg has none in this wave.
 */
export const startRun = async (ports: DeleveragePorts, input: ResidualInput): Promise<Run | null> => {
  let run: Run | null = null;
  await untilCommitted(input.caseId, async () => {
    const liquidation = present(await ports.loadCase(input.caseId), `case ${input.caseId} exists`);
    run = null;
    if (liquidation.wave !== input.wave.waveId) return 'COMMITTED';
    const recorded = await ports.loadDecision(deleveragingIdOf(liquidation, input.terms.marketId, input.side));
    const isStarted = recorded?.kind === 'DELEVERAGING';
    // Another delivery may have ended the run since the cases were listed: nothing is left to book, but its plan says what the queue has left.
    if (!isStarted && !isWaiting(liquidation, input)) return 'COMMITTED';
    const fund = isStarted ? null : await bearingFund(ports, input, liquidation);
    const plannedFrom = (each: PlanInputs): DeleveragingPlan | null => planFor(ports, input, liquidation, each);
    const inputs = isStarted ? recorded.inputs : await inputsNow(ports, input, liquidation, fund, plannedFrom);
    const plan = plannedFrom(inputs);
    const socialization = sharedOut(ports, plan, inputs);
    run = { plan, socialization, before: { remaining: inputs.remaining, given: inputs.given } };
    if (isStarted) return 'COMMITTED';
    return ports.commit([
      { table: 'Cases', item: nextVersion(advanceTo(liquidation, 'ADL_RUN'), 'DELEVERAGE') },
      { table: 'Decisions', decision: recordOf(ports, input, liquidation, inputs, { plan, socialization }) },
      ...(await reservationWrites(ports, fund, input, plan)),
    ]);
  });
  return run;
};
