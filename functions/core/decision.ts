import type { Pool } from './account/pool.ts';
import type { DeleveragingOutcome, Transfer } from './adl/deleveraging-plan.ts';
import type { ReferencePrices } from './adl/deleveraging-price.ts';
import type { Contribution, Payer } from './adl/socialize.ts';
import type { PlannedOrder } from './insurance/plan-orders.ts';
import type { ShortfallChoice } from './insurance/settle-outcome.ts';
import type { MarginChoice } from './liquidation/decide-margin.ts';
import type { CaseLeg, CaseState, LiquidationCase } from './liquidation/liquidation-case.ts';
import type { MarkVerdict } from './market/accept-mark.ts';
import type { MarketState, MarkObservation } from './market/market-state.ts';
import type { MarginEvent, RuleSetReference, ShortfallEventType, Verdict } from './policy.ts';
import type { SafeguardEvent, SecurityStamp } from './safeguard-event.ts';
import type { Decimal } from './units/decimal.ts';
import type { Money, Price, Quantity } from './units/money.ts';
import type { EpochMs } from './units/time.ts';

interface Recorded {
  /** Deterministic: the same inputs give the same id, so that a repeated delivery decides nothing twice. */
  readonly decisionId: string;
  readonly at: EpochMs;
  readonly waveId: string;
  readonly ruleSet: RuleSetReference;
}

/** What a mark was judged against: the market's mark, the quarantined one that waited, the highest sequence seen, where marks have been on average. */
export type MarkBefore = Pick<MarketState, 'accepted' | 'pending' | 'sequenceSeen' | 'average'>;

/** A mark judged. Recorded when it was not simply accepted. */
export interface MarkDecision extends Recorded {
  readonly kind: 'MARK';
  readonly observation: MarkObservation;
  readonly before: MarkBefore;
  readonly verdict: MarkVerdict;
}

/** A pool evaluated: all that the verdicts depend on, so that anyone recomputes them from here. */
export interface MarginDecision extends Recorded {
  readonly kind: 'MARGIN';
  readonly poolId: string;
  readonly inputs: {
    readonly pool: Pool;
    readonly marks: ReadonlyMap<string, Price>;
    /** Contracts open in each market that told them; missing where none did. */
    readonly openInterest?: ReadonlyMap<string, Quantity>;
    readonly markAgeSeconds: Decimal;
  };
  readonly facts: ReadonlyMap<string, Decimal | string>;
  readonly verdicts: readonly Verdict<MarginEvent>[];
  readonly choice: MarginChoice;
}

export type DeferralReason = 'MARKET_HALTED' | 'GRACE_AFTER_HALT' | 'THROTTLED' | 'COOLING_DOWN' | 'SWITCHED_OFF' | 'NOTHING_TO_CLOSE';

/** A nomination opened as a case, or put off to a later mark. */
export interface OpeningDecision extends Recorded {
  readonly kind: 'OPENING';
  readonly poolId: string;
  readonly caseId: string;
  readonly because: string;
  /** What stood behind the markets of the pool, where the law watches it. */
  readonly security: ReadonlyMap<string, SecurityStamp>;
  readonly outcome: 'OPENED' | 'REATTEMPTED' | 'TAKEN_OVER' | 'CANCELLED' | 'DEFERRED';
  readonly deferral: DeferralReason | null;
  readonly legs: readonly CaseLeg[];
  readonly orders: readonly PlannedOrder[];
}

/** What the shortfall rules said about one leg after its order ended. */
export interface ShortfallDecision extends Recorded {
  readonly kind: 'SHORTFALL';
  readonly poolId: string;
  readonly caseId: string;
  readonly marketId: string;
  readonly side: CaseLeg['side'];
  readonly facts: ReadonlyMap<string, Decimal | string>;
  readonly verdicts: readonly Verdict<{ readonly type: ShortfallEventType }>[];
  readonly choice: ShortfallChoice;
  readonly triggered: boolean;
  /** What stood behind the market, where the law watches it. */
  readonly security: ReadonlyMap<string, SecurityStamp>;
  readonly state: CaseState;
}

/** The queue of one market and side in a wave: what it was ranked from. Ranked once; every residual of the wave goes down the same queue. */
export interface RankingDecision extends Recorded {
  readonly kind: 'RANKING';
  readonly marketId: string;
  /** Side of the counterparties. */
  readonly side: CaseLeg['side'];
  readonly pools: readonly Pool[];
  readonly marks: ReadonlyMap<string, Price>;
}

/** A residual allocated to counterparties: what it was, what the queue still had, and who gave what. */
export interface DeleveragingDecision extends Recorded {
  readonly kind: 'DELEVERAGING';
  readonly poolId: string;
  readonly accountId: string;
  readonly caseId: string;
  readonly marketId: string;
  readonly side: CaseLeg['side'];
  readonly rankingId: string;
  readonly inputs: {
    readonly quantity: Quantity;
    readonly bankruptcyValue: Money;
    readonly remaining: ReadonlyMap<string, Quantity>;
    /** Of the bankrupt account, where the law tells owners by them; empty otherwise. */
    readonly tags: readonly string[];
    /** What the wave had taken of each pool before, where the law asks for it; empty otherwise. */
    readonly given: ReadonlyMap<string, Money>;
    readonly references: ReferencePrices;
    readonly fundAvailable: Money;
    /** Whether the shortfall rules give the residual to counterparties; it may be for sharing out alone. */
    readonly asksCounterparties: boolean;
    /** Who may have to pay for what counterparties leave, as the transfers leave them; nobody where nothing is shared out. */
    readonly payers: readonly Payer[];
  };
  /** The settlement price; null where the residual has no positive bankruptcy price and cannot be transferred. */
  readonly price: Price | null;
  readonly markPrice: Price;
  readonly transfers: readonly Transfer[];
  /** What is closed at the mark with what everybody pays, and who pays it. */
  readonly socializedQuantity: Quantity;
  readonly contributions: readonly Contribution[];
  readonly residualQuantity: Quantity;
  /** Of the counterparties alone. */
  readonly outcome: DeleveragingOutcome;
  readonly budget: Money;
  readonly taken: Money;
  readonly overshoot: Money;
}

/** Something that a safeguard did by itself. */
export interface SafeguardDecision extends Recorded {
  readonly kind: 'SAFEGUARD';
  readonly event: SafeguardEvent;
}

export type Decision =
  | MarkDecision
  | MarginDecision
  | OpeningDecision
  | ShortfallDecision
  | RankingDecision
  | DeleveragingDecision
  | SafeguardDecision;

/** Joins the parts of a decision's id. */
export const decisionIdOf = (kind: Decision['kind'], ...parts: readonly (string | number)[]): string => [kind, ...parts].join('#');

/** Names what the shortfall rules said about a leg in one attempt of its case. */
export const shortfallIdOf = (
  { caseId, attempt }: Pick<LiquidationCase, 'caseId' | 'attempt'>,
  { marketId, side }: Pick<CaseLeg, 'marketId' | 'side'>,
): string => decisionIdOf('SHORTFALL', caseId, marketId, side, attempt);
