import type { QueueLeft } from '#core/adl/queue-left.ts';
import { present } from '#core/invariant.ts';
import type { CaseLeg, LiquidationCase } from '#core/liquidation/liquidation-case.ts';
import type { MarketTerms } from '#core/market/contract.ts';
import type { Side } from '#core/market/side.ts';
import type { Money } from '#core/units/money.ts';
import type { Wave } from '#core/wave.ts';
import type { Queue } from './load-queue.ts';

/** What a wave has made of its counterparties in one market and side so far. */
export interface WaveUse {
  readonly remaining: QueueLeft;
  /** Σ of positive haircuts by pool id, in the settlement asset; empty where the law does not ask for it. */
  readonly given: ReadonlyMap<string, Money>;
}

/** One residual on its way to a wave's counterparties. */
export interface ResidualInput extends WaveUse {
  readonly wave: Wave;
  readonly terms: MarketTerms;
  /** Side of the bankrupt position. */
  readonly side: Side;
  readonly queue: Queue;
  readonly caseId: string;
}

/** The leg of the case that is deleveraged, as it stands. */
export const legOf = (liquidation: LiquidationCase, input: Pick<ResidualInput, 'terms' | 'side'>): CaseLeg =>
  present(
    liquidation.legs.find((leg) => leg.marketId === input.terms.marketId && leg.side === input.side),
    `case ${liquidation.caseId} has the leg that is deleveraged`,
  );

/** Whether the leg still waits for this wave's counterparties; not when an earlier delivery has ended its run. */
export const isWaiting = (liquidation: LiquidationCase, input: ResidualInput): boolean =>
  liquidation.wave === input.wave.waveId && legOf(liquidation, input).awaitsDeleveraging;
