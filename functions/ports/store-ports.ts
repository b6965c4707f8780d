import { marketIdsOf, type Pool } from '#core/account/pool.ts';
import type { WithdrawalGate } from '#core/account/withdrawal-gate.ts';
import type { CommitPort } from '#core/commit.ts';
import type { Lane } from '#core/lane.ts';
import type { LiquidationCase } from '#core/liquidation/liquidation-case.ts';
import type { MarketState } from '#core/market/market-state.ts';
import type { RuleSetReference } from '#core/policy.ts';
import type { Nomination, Ring } from '#core/wave.ts';
import type { RuleSet } from '#rule-sets/rule-set.ts';
import { UnknownMarket } from './unknown-market.ts';

/** Reads are strong: what a use case decides on is what is there. */
export interface MarketPort {
  readonly loadMarket: (marketId: string) => Promise<MarketState | null>;
}

export interface PoolPort {
  readonly loadPool: (poolId: string) => Promise<Pool | null>;
}

export interface GatePort {
  /** Whether withdrawals of an asset are closed, and until when; null for open. */
  readonly loadGate: (asset: string) => Promise<WithdrawalGate | null>;
}

export interface LanePort {
  readonly fundIdOf: (marketId: string) => string;
  /** An empty lane of version 0 where none was written yet. */
  readonly loadLane: (fundId: string) => Promise<Lane>;
}

/** What tells whether a wave may go on. */
export interface WavePort {
  readonly loadRings: (waveId: string) => Promise<readonly Ring[]>;
  readonly loadNominations: (waveId: string) => Promise<readonly Nomination[]>;
  /** Whether any is left. Asked by everyone who may have done the last one: costs the same however many there are. */
  readonly hasRings: (waveId: string) => Promise<boolean>;
  readonly hasNominations: (waveId: string) => Promise<boolean>;
  /** Whether a case of the wave still waits for the end of its orders. */
  readonly hasOrderedCase: (waveId: string) => Promise<boolean>;
  /** Cases whose current attempt belongs to the wave, in opening order. */
  readonly loadWaveCases: (waveId: string) => Promise<readonly LiquidationCase[]>;
}

export interface LawPort {
  /** The law that new decisions are taken under. */
  readonly ruleSet: RuleSet;
}

export interface PinnedLawPort {
  /** The law that a case was opened under, which it keeps to its end. */
  readonly loadLaw: (reference: RuleSetReference) => Promise<RuleSet>;
}

export interface WritePort {
  readonly commit: CommitPort;
}

/** States of the markets a pool holds, in the order of its positions, each once. Throws `UnknownMarket` for one that the engine does not have. */
export const loadPoolMarkets = async (ports: MarketPort, pool: Pool): Promise<readonly MarketState[]> => {
  const loaded = await Promise.all(
    marketIdsOf(pool).map(async (marketId) => {
      const market = await ports.loadMarket(marketId);
      // A venue may have traded in it before anybody added it, or by mistake: no promise of the engine.
      if (market === null) throw new UnknownMarket(marketId, pool.poolId);
      return market;
    }),
  );
  return loaded;
};
