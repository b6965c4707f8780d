import type { Pool } from '#core/account/pool.ts';
import { fromFront } from '#core/adl/queue-left.ts';
import type { Decision } from '#core/decision.ts';
import type { FundState } from '#core/insurance/fund-state.ts';
import { present } from '#core/invariant.ts';
import type { LiquidationCase } from '#core/liquidation/liquidation-case.ts';
import { opposite, type Side } from '#core/market/side.ts';
import type { RuleSetReference } from '#core/policy.ts';
import type { Wave } from '#core/wave.ts';
import type { LawPort, MarketPort, PinnedLawPort, PoolPort, WavePort, WritePort } from '../ports/store-ports.ts';
import { deleverageResidual } from './deleverage-residual.ts';
import { loadQueue, rankingIdOf } from './load-queue.ts';

export interface DeleveragePorts extends MarketPort, PoolPort, LawPort, PinnedLawPort, WritePort, Pick<WavePort, 'loadWaveCases'> {
  readonly fundIdOf: (marketId: string) => string;
  readonly loadFund: (fundId: string) => Promise<FundState>;
  readonly loadCase: (caseId: string) => Promise<LiquidationCase | null>;
  /** Ids of the wave's cases in ADL_WAIT or ADL_RUN, in opening order. */
  readonly loadWaitingCaseIds: (waveId: string) => Promise<readonly string[]>;
  readonly loadDecision: (decisionId: string) => Promise<Decision | null>;
  /** All pools with a position of that side in the market, by `poolId`. */
  readonly loadHolders: (marketId: string, side: Side) => Promise<readonly Pool[]>;
}

const hasWaitingLeg = (liquidation: LiquidationCase, marketId: string, side: Side): boolean =>
  liquidation.legs.some((leg) => leg.awaitsDeleveraging && leg.marketId === marketId && leg.side === side);

/** One law ranks the queue of a wave: that of the case which is first to go down it, and of the record once it is ranked. */
const lawOfQueue = async (
  ports: DeleveragePorts,
  wave: Wave,
  marketId: string,
  side: Side,
  first: LiquidationCase,
): Promise<RuleSetReference> => (await ports.loadDecision(rankingIdOf(wave, marketId, opposite(side))))?.ruleSet ?? first.ruleSet;

/**
 * Deleverages the residuals that one wave left in one market and side, after all its orders there have ended.
 *
 * The opposite side is ranked once; the residuals go down that queue in opening order, a counterparty's remainder staying in it. Each residual commits
 * in balanced chunks. What finds nobody stays open and visible: its case waits for the next accepted mark.
 * Repeated after a crash it goes down the queue that was recorded, from where it stopped.
 */
export const deleverageMarket =
  (ports: DeleveragePorts) =>
  async (wave: Wave, marketId: string, side: Side): Promise<void> => {
    const { terms } = present(await ports.loadMarket(marketId), `market ${marketId} exists`);
    const waiting: LiquidationCase[] = [];
    for (const caseId of await ports.loadWaitingCaseIds(wave.waveId)) {
      const liquidation = await ports.loadCase(caseId);
      if (liquidation !== null && hasWaitingLeg(liquidation, marketId, side)) waiting.push(liquidation);
    }
    const [first] = waiting;
    if (first === undefined) return;
    const pinned = { ...ports, ruleSet: await ports.loadLaw(await lawOfQueue(ports, wave, marketId, side, first)) };
    let queue = await loadQueue(pinned, wave, marketId, opposite(side));
    let { used } = queue;
    for (const { caseId } of waiting) {
      used = await deleverageResidual(pinned, { wave, terms, side, queue, caseId, ...used });
      queue = { ...queue, ranking: fromFront(queue.ranking, used.remaining) };
    }
  };
