import { affordableQuantity } from '../liquidation/fill-cost.ts';
import { type CaseLeg, type CaseState, isClosedOut, type LiquidationCase } from '../liquidation/liquidation-case.ts';
import type { MarkedMarket } from '../market/marked-market.ts';
import type { Side } from '../market/side.ts';
import type { DeleveragingTrigger, ShortfallEventType, Verdict } from '../policy.ts';
import { type Money, type Price, price } from '../units/money.ts';
import { aboveLines, floorOf, isDeleveraging } from './fund-limits.ts';
import type { FundState } from './fund-state.ts';
import { fillTermsOf } from './plan-orders.ts';

/** What the shortfall rules let happen after an order ended. */
export interface ShortfallChoice {
  readonly absorbs: boolean;
  readonly deleverages: boolean;
  /** What counterparties leave is shared out, as the law has it. */
  readonly socializes: boolean;
  readonly halts: boolean;
  /** A rule that could not be decided: then nothing is absorbed or deleveraged. Or, beside `absorbs`, a fill that cost more than was reserved. */
  readonly error: string | null;
}

/** Collects the fired events. An `ERROR` verdict allows nothing: the residual stays visible and the case is halted. */
export const decideShortfall = (verdicts: readonly Verdict<{ readonly type: ShortfallEventType }>[]): ShortfallChoice => {
  const failed = verdicts.find((verdict) => verdict.outcome === 'ERROR');
  if (failed !== undefined) {
    const error = `rule \`${failed.rule}\`: ${failed.error ?? 'no verdict'}`;
    return { absorbs: false, deleverages: false, socializes: false, halts: true, error };
  }
  const fired = new Set(verdicts.filter((verdict) => verdict.outcome === 'FIRED').map((verdict) => verdict.event.type));
  const [absorbs, deleverages, socializes] = [fired.has('ABSORB'), fired.has('DELEVERAGE'), fired.has('SOCIALIZE')];
  return { absorbs, deleverages, socializes, halts: fired.has('HALT'), error: null };
};

/**
 * What the rules chose, stopped where a fill cost `overrun` more than the fund had reserved for it: the venue filled beyond the limit, and people have to
 * settle that with it. `overrun` is zero or more, settlement asset.
 */
export const stoppedBeyondReservation = (choice: ShortfallChoice, overrun: Money): ShortfallChoice =>
  overrun.isZero() ? choice : { ...choice, halts: true, error: `the fills cost \`${overrun.toFixed()}\` more than the fund reserved` };

/** Whether the choice was stopped by `stoppedBeyondReservation`: a rule that errs absorbs nothing, here the fund has paid. */
export const isBeyondReservation = ({ absorbs, error }: Pick<ShortfallChoice, 'absorbs' | 'error'>): boolean => absorbs && error !== null;

const atOrPast = (side: Side, mark: Price, bankruptcy: Price): boolean => (side === 'LONG' ? mark.lte(bankruptcy) : mark.gte(bankruptcy));

/** What a trigger looks at. */
export interface TriggerGround {
  /** With what its order has left of it. */
  readonly leg: CaseLeg;
  readonly market: MarkedMarket;
  /** While the order's reservation still counts as gone. */
  readonly fund: FundState;
  /** Once the order was paid and its reservation has ended. */
  readonly fundAfter: FundState;
}

/**
 * Whether a fund pays for no more of a residual. A payment is cut to the lot and leaves the fund a little above its line, where a mode that the demand
 * started ends again: a residual of which not even one lot could be paid at the mark would wait for ever.
 */
const isSpent = ({ leg, market, fund, fundAfter }: TriggerGround): boolean => {
  // A fund with nothing above its floor is past any drawdown, also where the mark is better than the bankruptcy price.
  if (isDeleveraging(fund, leg.marketId) || fund.balance.lte(floorOf(fund.policy))) return true;
  return !leg.residualQuantity.isZero() && affordableQuantity(fillTermsOf(leg, market), aboveLines(fundAfter, leg.marketId)).isZero();
};

/** Whether the pinned trigger lets this residual be deleveraged now. */
export const isTriggered = (trigger: DeleveragingTrigger, ground: TriggerGround): boolean => {
  const { leg, market } = ground;
  switch (trigger) {
    case 'ORDER_ENDED':
      return true;
    case 'MARK_AT_BANKRUPTCY':
      return leg.bankruptcyPrice !== null && atOrPast(leg.side, market.markPrice, price(leg.bankruptcyPrice));
    case 'FUND_DRAWDOWN':
      return isSpent(ground);
  }
};

/**
 * State of a case once all its orders of a wave have ended and are booked.
 *
 * A reduction always closes: what it left unfilled is judged again at the next mark. A whole close with nothing left closes to the fund when the fund
 * paid, else to the market. With a residual: deleveraging if rules and trigger allow, else the next attempt at the next mark. A fill beyond the
 * reservation halts the case even where nothing is left: the pool bears what the fund did not.
 */
export const stateAfterOrders = (liquidation: LiquidationCase, choice: ShortfallChoice, triggered: boolean): CaseState => {
  if (liquidation.kind === 'REDUCE') return 'CLOSED_MARKET';
  if (isBeyondReservation(choice)) return 'HALTED';
  if (isClosedOut(liquidation)) return liquidation.drawn.gt(0) ? 'CLOSED_FUND' : 'CLOSED_MARKET';
  if (choice.halts) return 'HALTED';
  return (choice.deleverages || choice.socializes) && triggered ? 'ADL_WAIT' : 'ADL_EXHAUSTED';
};
