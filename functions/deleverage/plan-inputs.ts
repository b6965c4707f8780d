import { type DeleveragingPlan, residualAfterPlan } from '#core/adl/deleveraging-plan.ts';
import { NOT_SOCIALIZED, payersAfter, type Socialization, socialize } from '#core/adl/socialize.ts';
import { type DeleveragingDecision, decisionIdOf } from '#core/decision.ts';
import { fundAvailable } from '#core/insurance/fund-limits.ts';
import { type FundState, fundAt } from '#core/insurance/fund-state.ts';
import type { LiquidationCase } from '#core/liquidation/liquidation-case.ts';
import { ZERO } from '#core/units/decimal.ts';
import { money } from '#core/units/money.ts';
import type { DeleveragePorts } from './deleverage.ts';
import { loadPayers } from './load-payers.ts';
import { legOf, type ResidualInput } from './residual-input.ts';

/** All that a plan depends on beside its ranking and the law. */
export type PlanInputs = DeleveragingDecision['inputs'];

/** The fund as it is now, where the law has it bear a difference to the bankruptcy price; null where it plays no part. */
export const bearingFund = async (ports: DeleveragePorts, { terms, wave }: ResidualInput): Promise<FundState | null> =>
  ports.ruleSet.deleveraging.settlementPrice === 'BANKRUPTCY'
    ? null
    : fundAt(await ports.loadFund(ports.fundIdOf(terms.marketId)), wave.at);

/** Tags of the bankrupt account, where the law tells owners by them. */
const tagsOf = async (ports: DeleveragePorts, { poolId }: LiquidationCase): Promise<readonly string[]> =>
  ports.ruleSet.deleveraging.exclude.ownerTagPrefix === null ? [] : ((await ports.loadPool(poolId))?.tags ?? []);

/** What the shortfall rules gave the residual to. A leg that got no order, because the law keeps it from the market, goes to counterparties alone. */
const destinationOf = async (ports: DeleveragePorts, input: ResidualInput, { caseId, attempt }: LiquidationCase) => {
  const { deleveraging, shortfall } = ports.ruleSet;
  const mayShare = shortfall.rules.some(({ event }) => event.type === 'SOCIALIZE');
  const id = decisionIdOf('SHORTFALL', caseId, input.terms.marketId, input.side, attempt);
  const recorded = mayShare ? await ports.loadDecision(id) : null;
  if (recorded?.kind !== 'SHORTFALL') return { asksCounterparties: true, sharesOut: false };
  const { deleverages, socializes } = recorded.choice;
  return { asksCounterparties: deleverages, sharesOut: socializes && deleveraging.afterCounterparties !== 'CARRY_AND_HALT' };
};

/** The inputs of a leg's plan as they are now. `planFor` makes the plan, so that payers are only read where it leaves something to pay for. */
export const inputsNow = async (
  ports: DeleveragePorts,
  input: ResidualInput,
  liquidation: LiquidationCase,
  fund: FundState | null,
  planFor: (inputs: PlanInputs) => DeleveragingPlan | null,
): Promise<PlanInputs> => {
  const leg = legOf(liquidation, input);
  const { markPrice, references } = input.queue;
  const { asksCounterparties, sharesOut } = await destinationOf(ports, input, liquidation);
  const inputs: PlanInputs = {
    quantity: leg.residualQuantity,
    bankruptcyValue: leg.bankruptcyValue,
    remaining: input.remaining,
    tags: await tagsOf(ports, liquidation),
    given: input.given,
    references: { ...references, mark: markPrice, frozenMark: leg.markAtOpening },
    fundAvailable: fund === null ? money(ZERO) : fundAvailable(fund, input.terms.marketId),
    asksCounterparties,
    payers: [],
  };
  const plan = sharesOut ? planFor(inputs) : null;
  if (plan === null || plan.residualQuantity.isZero()) return inputs;
  return { ...inputs, payers: payersAfter(await loadPayers(ports, input, liquidation.accountId), plan.transfers) };
};

/** How what the plan leaves is shared out among the recorded payers; nothing where there are none. */
export const sharedOut = (ports: DeleveragePorts, plan: DeleveragingPlan | null, { payers }: PlanInputs): Socialization =>
  plan === null || payers.length === 0
    ? NOT_SOCIALIZED
    : socialize(ports.ruleSet.deleveraging.afterCounterparties, residualAfterPlan(plan), plan.markPrice, payers);
