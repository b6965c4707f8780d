import type { Pool } from '#core/account/pool.ts';
import type { CommitOutcome, Write } from '#core/commit.ts';
import type { Decision } from '#core/decision.ts';
import type { FundState } from '#core/insurance/fund-state.ts';
import type { LiquidationCase } from '#core/liquidation/liquidation-case.ts';
import { byOpeningOrder } from '#core/liquidation/opening-order.ts';
import type { ThrottleCounter } from '#core/liquidation/throttle.ts';
import { assessMargin, type MarginAssessment } from '#core/margin/assess-margin.ts';
import { markedMarkets } from '#core/market/marked-market.ts';
import type { MarketState } from '#core/market/market-state.ts';
import type { Nomination, Wave } from '#core/wave.ts';
import { type GatePort, type LawPort, loadPoolMarkets, type MarketPort, type PoolPort, type WritePort } from '../ports/store-ports.ts';
import { UnknownMarket } from '../ports/unknown-market.ts';
import { untilCommitted } from '../ports/until-committed.ts';
import { cancelRecovered } from './cancel-recovered.ts';
import { deferOpening, deferralOf } from './defer-opening.ts';
import { openCase } from './open-case.ts';
import { reattemptCase } from './reattempt-case.ts';
import { standingNomination } from './standing-nomination.ts';

export interface OpenPorts extends MarketPort, PoolPort, LawPort, GatePort, WritePort {
  readonly fundIdOf: (marketId: string) => string;
  readonly loadNominations: (waveId: string) => Promise<readonly Nomination[]>;
  /** Whether the nomination still waits: it goes in the transaction of its opening. */
  readonly hasNomination: (nomination: Nomination) => Promise<boolean>;
  readonly loadDecision: (decisionId: string) => Promise<Decision | null>;
  readonly loadCase: (caseId: string) => Promise<LiquidationCase | null>;
  readonly loadFund: (fundId: string) => Promise<FundState>;
  readonly loadThrottle: (marketId: string) => Promise<ThrottleCounter | null>;
  /** The place after the last case that the wave opened; 0 for none. */
  readonly loadNextRank: (waveId: string) => Promise<number>;
}

/** One nomination with everything that opening it depends on, freshly read. */
export interface Opening {
  readonly wave: Wave;
  readonly nomination: Nomination;
  readonly assessment: MarginAssessment;
  readonly markets: readonly MarketState[];
  /** Place in the wave's opening order. */
  readonly rank: number;
}

/** The markets of the pool; null where it went into one that the engine does not have. */
const knownMarkets = async (ports: MarketPort, pool: Pool): Promise<readonly MarketState[] | null> => {
  try {
    return await loadPoolMarkets(ports, pool);
  } catch (error) {
    if (error instanceof UnknownMarket) return null;
    throw error;
  }
};

const loadOpening = async (ports: MarketPort & PoolPort, wave: Wave, nomination: Nomination, rank: number): Promise<Opening | null> => {
  const pool = await ports.loadPool(nomination.poolId);
  if (pool === null) return null;
  const markets = await knownMarkets(ports, pool);
  if (markets === null) return null;
  const assessment = assessMargin(pool, markedMarkets(markets));
  return assessment.ok ? { wave, nomination, assessment: assessment.value, markets, rank } : null;
};

const inOpeningOrder = async (ports: OpenPorts, wave: Wave): Promise<readonly Nomination[]> => {
  const openings: Opening[] = [];
  const unvalued: Nomination[] = [];
  // All are put in order at the same marks; each is judged afresh when its turn comes.
  const markets = new Map<string, MarketState | null>();
  const loadMarket = async (marketId: string): Promise<MarketState | null> => {
    const market = markets.get(marketId) ?? (await ports.loadMarket(marketId));
    markets.set(marketId, market);
    return market;
  };
  for (const nomination of await ports.loadNominations(wave.waveId)) {
    const opening = await loadOpening({ ...ports, loadMarket }, wave, nomination, 0);
    if (opening === null) unvalued.push(nomination);
    else openings.push(opening);
  }
  const inOrder = openings.sort((a, b) => byOpeningOrder(a.assessment, b.assessment)).map((opening) => opening.nomination);
  return [...inOrder, ...unvalued];
};

const dropped = (nomination: Nomination): Write => ({ table: 'Nominations', action: 'REMOVE', item: nomination });

/** Opens a new case, or puts it off, on the decision that stands; a decision that was taken again is put with it. */
const openNew = async (ports: OpenPorts, opening: Opening): Promise<CommitOutcome> => {
  const standing = await standingNomination(ports, opening);
  if (standing === null) return ports.commit([dropped(opening.nomination)]);
  const { nomination, decision } = standing;
  const recorded: readonly Write[] = decision === null ? [] : [{ table: 'Decisions', decision }];
  const recording: OpenPorts = { ...ports, commit: (writes) => ports.commit([...writes, ...recorded]) };
  const stood = { ...opening, nomination };
  const deferral = await deferralOf(recording, stood);
  return deferral === null ? openCase(recording, stood) : deferOpening(recording, stood, deferral);
};

const openOne = async (ports: OpenPorts, opening: Opening): Promise<CommitOutcome> => {
  const { nomination, assessment } = opening;
  const { pool } = assessment;
  if (pool.caseId !== nomination.caseId) return ports.commit([dropped(nomination)]);
  if (pool.caseId === null) return openNew(ports, opening);
  const liquidation = await ports.loadCase(pool.caseId);
  // Read after its pool: another delivery may have ended it or sent its next orders, and then it has taken the nomination as well.
  if (liquidation !== null && liquidation.state !== 'ADL_EXHAUSTED') return ports.commit([dropped(nomination)]);
  const recovered = nomination.choice.kind === 'NONE' || nomination.choice.kind === 'WARN';
  if (liquidation !== null && recovered) return cancelRecovered(ports, opening, liquidation);
  const deferral = await deferralOf(ports, opening);
  if (deferral !== null) return deferOpening(ports, opening, deferral);
  return liquidation === null ? openCase(ports, opening) : reattemptCase(ports, opening, liquidation);
};

/**
 * Opens the liquidations of a wave once all its rings are evaluated: worst margin first, each reserving in the fund what filling it at the mark would cost.
 *
 * Each nomination commits alone (case, pool lock, orders, reservation, decision); surpluses of the wave serve the next one. A pool whose market is halted,
 * in its grace period or throttled is put off and stays due. A nomination whose pool another case took meanwhile is dropped, and so is one whose pool went
 * into a market without a mark, or that was changed since and is judged safe now: left in place it would keep the wave in its lane for ever.
 * Repeating it after a crash goes on with the nominations that are left, in the places after those that are opened.
 */
export const openWave =
  (ports: OpenPorts) =>
  async (wave: Wave): Promise<void> => {
    const nominations = await inOpeningOrder(ports, wave);
    for (const nomination of nominations) {
      await untilCommitted(`${wave.waveId}#${nomination.poolId}`, async () => {
        // The rank is read anew each time and taken once: of two who open the same wave, one meets the other's case in its place and looks again.
        const [isLeft, rank] = await Promise.all([ports.hasNomination(nomination), ports.loadNextRank(wave.waveId)]);
        if (!isLeft) return 'COMMITTED';
        const opening = await loadOpening(ports, wave, nomination, rank);
        return opening === null ? ports.commit([dropped(nomination)]) : openOne(ports, opening);
      });
    }
  };
