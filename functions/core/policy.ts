import type { AfterCounterparties } from './adl/after-counterparties-policy.ts';
import type { AllocationPolicy } from './adl/allocation/allocation-policy.ts';
import type { ExcludePolicy, IndicatorPolicy, RankingPolicy } from './adl/ranking/ranking-policy.ts';
import type { ChosenSettlementPrice } from './adl/settlement-price-policy.ts';
import type { SeverityPolicy } from './adl/severity-policy.ts';
import type { DrawdownMeasure, FundTerms } from './insurance/fund-policy.ts';
import type { LimitPolicy } from './liquidation/limit-policy.ts';
import type { CancelScope, ClosingCostPolicy, LegPolicy, RecoveryPolicy, ReductionEvent } from './liquidation/reduction-policy.ts';
import type { ContainmentPolicy } from './market/containment-policy.ts';
import type { Money, Ratio } from './units/money.ts';
import type { DurationMs } from './units/time.ts';

/** What a rule set chooses. The core computes; every number and every choice here comes from versioned JSON. */

export type MarginEvent = { readonly type: 'WARN' } | ReductionEvent | { readonly type: 'LIQUIDATE' } | { readonly type: 'TAKE_OVER' };

export type ShortfallEventType = 'ABSORB' | 'DELEVERAGE' | 'SOCIALIZE' | 'HALT';

export type SurplusOwner = 'FUND' | 'TRADER';

export interface ExecutionPolicy extends LimitPolicy, ClosingCostPolicy, RecoveryPolicy {
  readonly surplus: { readonly REDUCE: SurplusOwner; readonly LIQUIDATE: SurplusOwner };
  readonly legs: LegPolicy;
  /** Which resting orders of the account the venue is told to cancel before the orders of a case. */
  readonly cancelOrdersFirst: CancelScope;
  readonly orderTimeToLive: DurationMs;
}

/** When a residual may be deleveraged: after its order ended, only once the mark reached the bankruptcy price, or only while the fund is drawn down. */
export type DeleveragingTrigger = 'ORDER_ENDED' | 'MARK_AT_BANKRUPTCY' | 'FUND_DRAWDOWN';

export interface DrawdownPolicy {
  readonly measure: DrawdownMeasure;
  readonly window: DurationMs;
  readonly trigger: Ratio;
  readonly release: Ratio;
  /** Whether a drawdown of exactly `trigger` starts the mode. */
  readonly operator: 'AT_LEAST' | 'GREATER_THAN';
  /** The mode starts only for a fund whose balance in the window peaked above this. */
  readonly minimumBalance: Money;
}

export interface FundPolicy extends FundTerms {
  readonly fundId: string;
  readonly asset: string;
  /** Market ids; `*` for all that settle in the asset. */
  readonly markets: readonly string[];
  readonly floor: Money;
  /** Most that one market may draw in one interval; null for no cap. */
  readonly drawCapPerMarket: Money | null;
  /** Most that the whole domain may draw in one interval; null for no cap. */
  readonly drawCapPerInterval: Money | null;
  readonly interval: DurationMs;
  readonly drawdown: DrawdownPolicy | null;
}

export interface DeleveragingPolicy {
  readonly ranking: RankingPolicy;
  readonly allocation: AllocationPolicy;
  readonly severity: SeverityPolicy;
  readonly settlementPrice: ChosenSettlementPrice;
  readonly afterCounterparties: AfterCounterparties;
  readonly exclude: ExcludePolicy;
  readonly indicator: IndicatorPolicy;
}

export interface ThrottlePolicy {
  /** Most notional value that may start liquidation per market and interval; the rest waits for a later mark. */
  readonly notionalPerMarket: Money;
  readonly interval: DurationMs;
  /** A pool that waited this long is opened whatever the throttle says. */
  readonly maximumDelay: DurationMs;
}

/** Each guard is off when null. */
export interface SafeguardPolicy extends ContainmentPolicy {
  readonly markMaximumAge: DurationMs | null;
  readonly jumpBand: Ratio | null;
  /** Further marks that must agree with a quarantined one before it is believed. */
  readonly jumpConfirmations: number;
  readonly indexDivergence: Ratio | null;
  readonly throttle: ThrottlePolicy | null;
  readonly graceAfterHalt: DurationMs | null;
}

/** Identity of the law that a decision was taken under. */
export interface RuleSetReference {
  readonly id: string;
  readonly version: string;
  /** `sha256:` and the hash of the rule set's canonical content. */
  readonly hash: string;
}

export type VerdictOutcome = 'FIRED' | 'SILENT' | 'ERROR';

/** What one rule said about one set of facts. Verdicts are ordered by priority, highest first. */
export interface Verdict<Event> {
  readonly rule: string;
  readonly priority: number;
  readonly event: Event;
  readonly outcome: VerdictOutcome;
  /** Why the rule could not be decided; null unless `outcome` is `ERROR`. */
  readonly error: string | null;
}
