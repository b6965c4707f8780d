import { type DeleveragingPlan, decideDeleveraging } from '#core/adl/decide-deleveraging.ts';
import { type QueueLeft, withinReach } from '#core/adl/queue-left.ts';
import { withoutAccount } from '#core/adl/rank-counterparties.ts';
import { residualOfValue } from '#core/adl/settlement-price.ts';
import { nextVersion } from '#core/commit.ts';
import { type DeleveragingDecision, decisionIdOf } from '#core/decision.ts';
import { present } from '#core/invariant.ts';
import { advanceTo, type LiquidationCase } from '#core/liquidation/liquidation-case.ts';
import { ZERO } from '#core/units/decimal.ts';
import { money } from '#core/units/money.ts';
import { untilCommitted } from '../ports/until-committed.ts';
import type { DeleveragePorts } from './deleverage.ts';
import { isWaiting, legOf, type ResidualInput } from './residual-input.ts';

/** The plan of one leg's run and what the queue had when it was made. */
export interface Run {
  /** null where the residual has no positive bankruptcy price: it cannot be transferred and stays open. */
  readonly plan: DeleveragingPlan | null;
  readonly remaining: QueueLeft;
}

type PlanInputs = DeleveragingDecision['inputs'];

const planFor = (
  ports: DeleveragePorts,
  input: ResidualInput,
  accountId: string,
  { quantity, bankruptcyValue, remaining }: PlanInputs,
): DeleveragingPlan | null => {
  const residual = residualOfValue(input.terms, input.side, quantity, bankruptcyValue);
  if (residual === null) return null;
  const policy = ports.ruleSet.deleveraging;
  const ranking = withoutAccount(withinReach(input.queue.ranking, remaining, quantity, accountId), policy, accountId);
  return decideDeleveraging({ residual, markPrice: input.queue.markPrice, ranking, remaining });
};

/** One run per leg and attempt: whoever finds its decision goes on with it. */
const decisionIdFor = (liquidation: LiquidationCase, { terms, side }: ResidualInput): string =>
  decisionIdOf('DELEVERAGING', liquidation.caseId, terms.marketId, side, liquidation.attempt);

const recordOf = (
  ports: DeleveragePorts,
  input: ResidualInput,
  liquidation: LiquidationCase,
  inputs: PlanInputs,
  plan: DeleveragingPlan | null,
): DeleveragingDecision => ({
  kind: 'DELEVERAGING',
  decisionId: decisionIdFor(liquidation, input),
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
  price: plan?.residual.price ?? null,
  markPrice: input.queue.markPrice,
  transfers: plan?.transfers ?? [],
  residualQuantity: plan?.residualQuantity ?? inputs.quantity,
  budget: plan?.budget ?? money(ZERO),
  taken: plan?.taken ?? money(ZERO),
  overshoot: plan?.overshoot ?? money(ZERO),
});

/**
 * Starts a leg's run: the case goes to ADL_RUN together with the plan that it follows. A run that has started already is taken up with its recorded plan,
 * and so is one that has ended, for what it left of the queue. null when the leg has none in this wave.
 */
export const startRun = async (ports: DeleveragePorts, input: ResidualInput): Promise<Run | null> => {
  let run: Run | null = null;
  await untilCommitted(input.caseId, async () => {
    const liquidation = present(await ports.loadCase(input.caseId), `case ${input.caseId} exists`);
    run = null;
    if (liquidation.wave !== input.wave.waveId) return 'COMMITTED';
    const recorded = await ports.loadDecision(decisionIdFor(liquidation, input));
    const leg = legOf(liquidation, input);
    const isStarted = recorded?.kind === 'DELEVERAGING';
    // Another delivery may have ended the run since the cases were listed: nothing is left to book, but its plan says what the queue has left.
    if (!isStarted && !isWaiting(liquidation, input)) return 'COMMITTED';
    const inputs = isStarted
      ? recorded.inputs
      : { quantity: leg.residualQuantity, bankruptcyValue: leg.bankruptcyValue, remaining: input.remaining };
    const plan = planFor(ports, input, liquidation.accountId, inputs);
    run = { plan, remaining: inputs.remaining };
    if (isStarted) return 'COMMITTED';
    return ports.commit([
      { table: 'Cases', item: nextVersion(advanceTo(liquidation, 'ADL_RUN'), 'DELEVERAGE') },
      { table: 'Decisions', decision: recordOf(ports, input, liquidation, inputs, plan) },
    ]);
  });
  return run;
};
