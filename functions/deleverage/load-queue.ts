import type { Pool } from '#core/account/pool.ts';
import type { Counterparty } from '#core/adl/counterparty.ts';
import { type RankedCounterparty, rankCounterparties } from '#core/adl/rank-counterparties.ts';
import type { CommitOutcome } from '#core/commit.ts';
import { decisionIdOf, type RankingDecision } from '#core/decision.ts';
import { assessMargin } from '#core/margin/assess-margin.ts';
import type { MarketState } from '#core/market/market-state.ts';
import type { Side } from '#core/market/side.ts';
import type { Price } from '#core/units/money.ts';
import type { Wave } from '#core/wave.ts';
import { loadPoolMarkets, markedMarkets } from '../ports/store-ports.ts';
import type { DeleveragePorts } from './deleverage.ts';

/** The counterparties of one market and side as the wave found them; every residual of the wave goes down the same queue. */
export interface Queue {
  readonly rankingId: string;
  readonly marketId: string;
  readonly side: Side;
  readonly pools: readonly Pool[];
  readonly marks: ReadonlyMap<string, Price>;
  readonly ranking: readonly RankedCounterparty[];
}

const marksOf = (markets: readonly MarketState[]): readonly (readonly [string, Price])[] =>
  markets.flatMap(({ terms, accepted }) => (accepted === null ? [] : [[terms.marketId, accepted.markPrice] as const]));

/** Assesses and ranks every holder of the side, once. A holder that cannot be valued (a leg without a mark) is no counterparty. */
export const loadQueue = async (ports: DeleveragePorts, wave: Wave, marketId: string, side: Side): Promise<Queue> => {
  const counterparties: Counterparty[] = [];
  const marks = new Map<string, Price>();
  const pools = await ports.loadHolders(marketId, side);
  for (const pool of pools) {
    const markets = await loadPoolMarkets(ports, pool);
    const assessment = assessMargin(pool, markedMarkets(markets));
    if (!assessment.ok) continue;
    for (const [id, mark] of marksOf(markets)) marks.set(id, mark);
    const assessed = assessment.value.positions.find((each) => each.position.marketId === marketId && each.position.side === side);
    if (assessed !== undefined) counterparties.push({ assessment: assessment.value, assessed, inLiquidation: pool.caseId !== null });
  }
  const ranking = rankCounterparties(counterparties, ports.ruleSet.deleveraging);
  return { rankingId: decisionIdOf('RANKING', wave.waveId, marketId, side), marketId, side, pools, marks, ranking };
};

/** Puts the record that the wave's plans refer to. */
export const recordQueue = (ports: DeleveragePorts, wave: Wave, queue: Queue): Promise<CommitOutcome> => {
  const decision: RankingDecision = {
    kind: 'RANKING',
    decisionId: queue.rankingId,
    at: wave.at,
    waveId: wave.waveId,
    ruleSet: ports.ruleSet.reference,
    marketId: queue.marketId,
    side: queue.side,
    pools: queue.pools,
    marks: queue.marks,
  };
  return ports.commit([{ table: 'Decisions', decision }]);
};
