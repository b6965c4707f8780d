import type { Pool } from '#core/account/pool.ts';
import { type ShortfallDecision, shortfallIdOf } from '#core/decision.ts';
import { type FundState, settleHeld } from '#core/insurance/fund-state.ts';
import { provenanceFault } from '#core/insurance/loss-provenance.ts';
import { securityToValue } from '#core/insurance/security-to-value.ts';
import { type FillSettlement, settleFill } from '#core/insurance/settle-fill.ts';
import { decideShortfall, isTriggered, type ShortfallChoice, stoppedBeyondReservation } from '#core/insurance/settle-outcome.ts';
import { invariant, present } from '#core/invariant.ts';
import type { CaseLeg } from '#core/liquidation/liquidation-case.ts';
import type { LiquidationOrder } from '#core/liquidation/order.ts';
import type { MarketState } from '#core/market/market-state.ts';
import { isStopped } from '#core/market/switches.ts';
import { securityStamps } from '#core/safeguard-event.ts';
import { ZERO } from '#core/units/decimal.ts';
import { money, quantity } from '#core/units/money.ts';
import { decideByBoth } from '#rule-sets/decide-by-rules.ts';
import { asksFor, shortfallFacts } from '#rule-sets/shortfall-facts.ts';
import type { SettlementInputs, SettlePorts } from './settle-liquidation.ts';

/** The pool, the leg and its fund after one leg was settled. */
export interface LegSettlement {
  readonly pool: Pool;
  readonly leg: CaseLeg;
  readonly fund: FundState;
  readonly fill: FillSettlement | null;
  readonly choice: ShortfallChoice;
  readonly triggered: boolean;
  /** The decision but for the state of the case, which is known when all legs are settled. */
  readonly decision: Omit<ShortfallDecision, 'state'>;
}

export interface LegInputs {
  readonly inputs: SettlementInputs;
  readonly pool: Pool;
  readonly leg: CaseLeg;
  readonly order: LiquidationOrder | null;
  readonly fund: FundState;
  readonly market: MarketState;
}

const fillOf = (ports: SettlePorts, { inputs, pool, leg, order, fund, market }: LegInputs, absorbs: boolean): FillSettlement | null => {
  if (order === null || order.filledQuantity.isZero()) return null;
  const { liquidation } = inputs;
  return settleFill({
    pool,
    liquidation,
    leg,
    order,
    terms: market.terms,
    policy: ports.ruleSet.margin.execution,
    income: fund.policy.income,
    absorbs,
  });
};

const fundAfter = (legInputs: LegInputs, fill: FillSettlement | null): FundState => {
  const { order, fund, inputs, leg } = legInputs;
  if (order === null) return fund;
  const { drawn, received } = fill ?? { drawn: money(ZERO), received: money(ZERO) };
  return settleHeld(fund, leg.marketId, { held: order.reserved, drawn, received }, inputs.wave.at);
};

const factsOf = async (ports: SettlePorts, legInputs: LegInputs, tentative: FillSettlement | null) => {
  const { leg, fund, market } = legInputs;
  const wantsSecurity = asksFor(ports.ruleSet.shortfall.rules, 'securityToValue');
  return shortfallFacts({
    residualQuantity: tentative?.leg.residualQuantity ?? leg.residualQuantity,
    shortfall: tentative?.drawn ?? money(ZERO),
    fund,
    market,
    securityToValue: wantsSecurity ? securityToValue(await ports.loadSecurity(leg.marketId)) : null,
  });
};

/**
 * Settles one leg: what its order filled, what the shortfall rules say about the rest.
 *
 * The rules are asked with the shortfall that absorbing would cost; only where `ABSORB` fires does the fund pay it. A reduction asks them too, for the
 * record, and never draws. An unfilled leg keeps its residual; the reservation ends with the order either way.
 */
export const settleLeg = async (ports: SettlePorts, legInputs: LegInputs): Promise<LegSettlement> => {
  const { inputs, leg, fund, market } = legInputs;
  const tentative = fillOf(ports, legInputs, true);
  const facts = await factsOf(ports, legInputs, tentative);
  // Silence is a choice here too: what the fund does not pay the pool bears. So both evaluators are asked, always.
  const verdicts = await decideByBoth(ports.ruleSet.shortfall.rules, facts);
  const allowed = decideShortfall(verdicts);
  const fill = allowed.absorbs ? tentative : fillOf(ports, legInputs, false);
  const choice = stoppedBeyondReservation(allowed, fill?.overrun ?? money(ZERO));
  const fault = fill === null ? null : provenanceFault(fill.entry, ports.fundIdOf);
  invariant(fault === null, fault ?? 'a loss stays in the domain of its market');
  const restLeg = fill?.leg ?? leg;
  const { markPrice } = present(market.accepted, 'a market in liquidation has a mark');
  const ground = { leg: restLeg, market: { terms: market.terms, markPrice }, fund, fundAfter: fundAfter(legInputs, fill) };
  // What people have stopped waits: the residual stays open and is tried again at the next mark.
  const triggered = !isStopped(market, 'DELEVERAGE') && isTriggered(ports.ruleSet.shortfall.deleveragingTrigger, ground);
  const hasResidual = !restLeg.residualQuantity.isZero() && inputs.liquidation.kind === 'LIQUIDATE';
  const { liquidation, wave } = inputs;
  return {
    pool: fill?.pool ?? legInputs.pool,
    leg: {
      ...restLeg,
      residualQuantity: quantity(restLeg.residualQuantity),
      awaitsDeleveraging: hasResidual && (choice.deleverages || choice.socializes) && triggered,
    },
    fund: ground.fundAfter,
    fill,
    choice,
    triggered,
    decision: {
      kind: 'SHORTFALL',
      decisionId: shortfallIdOf(liquidation, leg),
      at: wave.at,
      waveId: wave.waveId,
      ruleSet: ports.ruleSet.reference,
      poolId: liquidation.poolId,
      caseId: liquidation.caseId,
      marketId: leg.marketId,
      side: leg.side,
      facts,
      verdicts,
      choice,
      triggered,
      security: securityStamps([market]),
    },
  };
};
