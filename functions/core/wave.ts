import type { MarginChoice } from './liquidation/decide-margin.ts';
import type { EpochMs } from './units/time.ts';

/** Everything that one accepted mark of a fund domain sets off: evaluate all, open in order, liquidate in parallel, deleverage the residuals together. */
export interface Wave {
  readonly waveId: string;
  readonly fundId: string;
  readonly marketId: string;
  readonly sequence: number;
  readonly at: EpochMs;
}

export const waveIdOf = (fundId: string, marketId: string, sequence: number): string => `${fundId}#${marketId}#${sequence}`;

/** A pool to look at in a wave, and what rang. */
export interface Ring {
  readonly waveId: string;
  readonly poolId: string;
  readonly cause: 'GUARD_CROSSED' | 'DUE';
}

/** A pool that the rules chose something for in a wave; `caseId` when it is the next attempt of an open case. */
export interface Nomination {
  readonly waveId: string;
  readonly poolId: string;
  readonly decisionId: string;
  readonly choice: MarginChoice;
  readonly caseId: string | null;
}
