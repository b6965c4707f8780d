import { type DeleveragingPlan, decideDeleveraging, remainingAfter } from '#core/adl/decide-deleveraging.ts';
import { withoutAccount } from '#core/adl/rank-counterparties.ts';
import { residualOfValue } from '#core/adl/settlement-price.ts';
import { type CommitOutcome, nextVersion, type Write } from '#core/commit.ts';
import { type DeleveragingDecision, decisionIdOf } from '#core/decision.ts';
import { present } from '#core/invariant.ts';
import { type LiquidationCase, withLeg } from '#core/liquidation/liquidation-case.ts';
import { ZERO } from '#core/units/decimal.ts';
import { money, type Quantity } from '#core/units/money.ts';
import { untilCommitted } from '../ports/until-committed.ts';
import { commitChunk, TRANSFERS_PER_CHUNK_MAX } from './commit-chunk.ts';
import type { DeleveragePorts } from './deleverage.ts';
import { finishLeg } from './finish-leg.ts';
import { legOf, type ResidualInput } from './residual-input.ts';

const planFor = (ports: DeleveragePorts, input: ResidualInput, liquidation: LiquidationCase): DeleveragingPlan | null => {
  const leg = legOf(liquidation, input);
  const residual = residualOfValue(input.market.terms, leg.side, leg.residualQuantity, leg.bankruptcyValue);
  if (residual === null) return null;
  const policy = ports.ruleSet.deleveraging;
  return decideDeleveraging({
    residual,
    markPrice: present(input.market.accepted, 'a market in liquidation has a mark').markPrice,
    ranking: withoutAccount(input.queue.ranking, policy, liquidation.accountId),
    remaining: input.remaining,
  });
};

const recordOf = (
  ports: DeleveragePorts,
  input: ResidualInput,
  liquidation: LiquidationCase,
  plan: DeleveragingPlan | null,
): DeleveragingDecision => {
  const leg = legOf(liquidation, input);
  return {
    kind: 'DELEVERAGING',
    decisionId: decisionIdOf('DELEVERAGING', liquidation.caseId, leg.marketId, leg.side, liquidation.transferCount),
    at: input.wave.at,
    waveId: input.wave.waveId,
    ruleSet: ports.ruleSet.reference,
    poolId: liquidation.poolId,
    accountId: liquidation.accountId,
    caseId: liquidation.caseId,
    marketId: leg.marketId,
    side: leg.side,
    rankingId: input.queue.rankingId,
    inputs: { quantity: leg.residualQuantity, bankruptcyValue: leg.bankruptcyValue, remaining: input.remaining },
    price: plan?.residual.price ?? null,
    markPrice: present(input.market.accepted, 'a market in liquidation has a mark').markPrice,
    transfers: plan?.transfers ?? [],
    residualQuantity: plan?.residualQuantity ?? leg.residualQuantity,
    budget: plan?.budget ?? money(ZERO),
    taken: plan?.taken ?? money(ZERO),
    overshoot: plan?.overshoot ?? money(ZERO),
  };
};

/** Starts the run: the case goes to ADL_RUN together with the plan that it follows. */
const start = async (
  ports: DeleveragePorts,
  input: ResidualInput,
  liquidation: LiquidationCase,
  decision: DeleveragingDecision,
): Promise<CommitOutcome> => {
  const running = withLeg({ ...liquidation, state: 'ADL_RUN' }, legOf(liquidation, input));
  const item: Write = { table: 'Cases', item: nextVersion(running, 'DELEVERAGE') };
  return ports.commit([item, { table: 'Decisions', decision }]);
};

/**
 * Takes one residual down the wave's queue: plan, then chunks of transfers, then the end of the leg. Returns what the queue has left.
 * A residual without a positive bankruptcy price cannot be transferred and stays open.
 */
export const deleverageResidual = async (ports: DeleveragePorts, input: ResidualInput): Promise<ReadonlyMap<string, Quantity>> => {
  const liquidation = present(await ports.loadCase(input.caseId), `case ${input.caseId} exists`);
  const plan = planFor(ports, input, liquidation);
  await untilCommitted(input.caseId, () => start(ports, input, liquidation, recordOf(ports, input, liquidation, plan)));
  const transfers = plan?.transfers ?? [];
  for (let from = 0; from < transfers.length; from += TRANSFERS_PER_CHUNK_MAX) {
    const chunk = transfers.slice(from, from + TRANSFERS_PER_CHUNK_MAX);
    await untilCommitted(input.caseId, () => commitChunk(ports, input, chunk));
  }
  await untilCommitted(input.caseId, () => finishLeg(ports, input));
  return plan === null ? input.remaining : remainingAfter(plan, input.remaining);
};
