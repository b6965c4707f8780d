import { marginModeOf } from '#core/account/pool.ts';
import { type DeleveragingPlan, residualAfterPlan } from '#core/adl/deleveraging-plan.ts';
import { settlementPriceIn } from '#core/adl/settlement-price-policy.ts';
import { NOT_SOCIALIZED, payersAfter, type Socialization, socialize } from '#core/adl/socialize.ts';
import { type DeleveragingDecision, shortfallIdOf } from '#core/decision.ts';
import { settlementAvailable } from '#core/insurance/fund-limits.ts';
import { type FundState, fundAt } from '#core/insurance/fund-state.ts';
import { present } from '#core/invariant.ts';
import type { LiquidationCase } from '#core/liquidation/liquidation-case.ts';
import { isStopped } from '#core/market/switches.ts';
import { ZERO } from '#core/units/decimal.ts';
import { money } from '#core/units/money.ts';
import type { DeleveragePorts } from './deleverage.ts';
import { loadPayers } from './load-payers.ts';
import { legOf, type ResidualInput } from './residual-input.ts';

/** All that a plan depends on beside its ranking and the law. */
export type PlanInputs = DeleveragingDecision['inputs'];

/**
 * The fund as it is now, where the law has it bear a difference to the bankruptcy price; null where it plays no part, or people have stopped it from paying
 * for the market.
 */
export const bearingFund = async (
  ports: DeleveragePorts,
  { terms: { marketId }, wave }: ResidualInput,
  liquidation: LiquidationCase,
): Promise<FundState | null> => {
  if (settlementPriceIn(ports.ruleSet.deleveraging.settlementPrice, marginModeOf(liquidation)) === 'BANKRUPTCY') return null;
  if (isStopped(present(await ports.loadMarket(marketId), `market ${marketId} exists`), 'PAY')) return null;
  return fundAt(await ports.loadFund(ports.fundIdOf(marketId)), wave.at);
};

/** Tags of the bankrupt account, where the law tells owners by them. */
const tagsOf = async (ports: DeleveragePorts, { poolId }: LiquidationCase): Promise<readonly string[]> =>
  ports.ruleSet.deleveraging.exclude.ownerTagPrefix === null ? [] : ((await ports.loadPool(poolId))?.tags ?? []);

/** What the shortfall rules gave the residual to. A leg that got no order, because the law keeps it from the market, goes to counterparties alone. */
const destinationOf = async (ports: DeleveragePorts, input: ResidualInput, liquidation: LiquidationCase) => {
  const { deleveraging, shortfall } = ports.ruleSet;
  const mayShare = shortfall.rules.some(({ event }) => event.type === 'SOCIALIZE');
  const id = shortfallIdOf(liquidation, { marketId: input.terms.marketId, side: input.side });
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
    fundAvailable: fund === null ? money(ZERO) : settlementAvailable(fund, input.terms.marketId),
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
