import { invariant } from '../invariant.ts';
import type { Side } from '../market/side.ts';
import type { RuleSetReference } from '../policy.ts';
import type { Money, Price, Quantity, Ratio } from '../units/money.ts';
import type { EpochMs } from '../units/time.ts';

export type CaseState =
  | 'ORDERED'
  | 'ADL_WAIT'
  | 'ADL_RUN'
  | 'ADL_EXHAUSTED'
  | 'CLOSED_MARKET'
  | 'CLOSED_FUND'
  | 'CLOSED_ADL'
  | 'CLOSED_TAKEN_OVER'
  | 'CANCELLED'
  | 'HALTED';

/** What is left of one position of the pool in liquidation. */
export interface CaseLeg {
  readonly marketId: string;
  readonly side: Side;
  /** Quantity that the case set out to close. */
  readonly quantityAtOpening: Quantity;
  readonly residualQuantity: Quantity;
  /** What closing the residual at the frozen bankruptcy price brings in; its price is this over the residual. Settlement asset, signed. */
  readonly bankruptcyValue: Money;
  /** The frozen bankruptcy price, 64 digits, for the record; settlement goes by `bankruptcyValue`. */
  readonly bankruptcyPrice: Price | null;
  /** Of the filled value, to the fund, never more than the surplus over the bankruptcy price; frozen with the leg. */
  readonly liquidationFeeRate: Ratio;
  /** The mark when the case was opened. */
  readonly markAtOpening: Price;
  /** Collected of a loss that is shared out, in the settlement asset; zero outside the run that collects it. */
  readonly contributed: Money;
  /** The shortfall rules gave the residual to the counterparties of this wave. */
  readonly awaitsDeleveraging: boolean;
}

export interface LiquidationCase {
  readonly caseId: string;
  readonly poolId: string;
  readonly accountId: string;
  readonly settlementAsset: string;
  readonly kind: 'REDUCE' | 'LIQUIDATE' | 'TAKE_OVER';
  readonly state: CaseState;
  /** The law at opening; a case keeps it to its end. */
  readonly ruleSet: RuleSetReference;
  readonly openedAt: EpochMs;
  /** Wave of the current attempt and the case's place in its opening order. */
  readonly wave: string;
  readonly waveRank: number;
  readonly attempt: number;
  readonly legs: readonly CaseLeg[];
  readonly drawn: Money;
  readonly received: Money;
  /** Deleveraging transfers booked so far; numbers the next one. */
  readonly transferCount: number;
  readonly version: number;
  readonly lastWriter: string;
}

/** What names the orders of a case's present attempt. */
export type AttemptedCase = Pick<LiquidationCase, 'caseId' | 'attempt' | 'legs'>;

const NEXT: Readonly<Record<CaseState, readonly CaseState[]>> = {
  ORDERED: ['CLOSED_MARKET', 'CLOSED_FUND', 'ADL_WAIT', 'ADL_EXHAUSTED', 'HALTED'],
  ADL_WAIT: ['ADL_RUN', 'ADL_EXHAUSTED', 'CLOSED_ADL', 'HALTED'],
  ADL_RUN: ['CLOSED_ADL', 'ADL_EXHAUSTED', 'HALTED'],
  ADL_EXHAUSTED: ['ORDERED', 'ADL_WAIT', 'CANCELLED', 'HALTED'],
  CLOSED_MARKET: [],
  CLOSED_FUND: [],
  CLOSED_ADL: [],
  CLOSED_TAKEN_OVER: [],
  CANCELLED: [],
  HALTED: [],
};

/** Whether the case still holds its pool. */
export const isLive = (state: CaseState): boolean => NEXT[state].length > 0 || state === 'HALTED';

/** Whether `to` may follow `from`; staying in a live state is progress on its legs. */
export const mayFollow = (from: CaseState, to: CaseState): boolean => (from === to && NEXT[from].length > 0) || NEXT[from].includes(to);

/** The case in another state. Throws `InvariantViolation` on a transition that the state machine does not have. */
export const advanceTo = (liquidation: LiquidationCase, state: CaseState): LiquidationCase => {
  invariant(mayFollow(liquidation.state, state), `a case goes from ${liquidation.state} only where it may, not to ${state}`);
  return { ...liquidation, state };
};

/** Readable and derived: the n-th case of a pool. */
export const caseIdOf = (poolId: string, caseNumber: number): string => `${poolId}#${caseNumber}`;

export const isClosedOut = (liquidation: LiquidationCase): boolean => liquidation.legs.every((leg) => leg.residualQuantity.isZero());

export const withLeg = (liquidation: LiquidationCase, changed: CaseLeg): LiquidationCase => ({
  ...liquidation,
  legs: liquidation.legs.map((leg) => (leg.marketId === changed.marketId && leg.side === changed.side ? changed : leg)),
});
