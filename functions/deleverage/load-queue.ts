import { marketIdsOf, type Pool, positionIn } from '#core/account/pool.ts';
import type { Counterparty } from '#core/adl/counterparty.ts';
import { type QueueLeft, queueLeft } from '#core/adl/queue-left.ts';
import { type RankedCounterparty, rankCounterparties } from '#core/adl/rank-counterparties.ts';
import { decisionIdOf, type RankingDecision } from '#core/decision.ts';
import { present } from '#core/invariant.ts';
import { assessMargin } from '#core/margin/assess-margin.ts';
import { markDefect } from '#core/market/mark-freshness.ts';
import type { MarkedMarket, MarkedMarkets } from '#core/market/marked-market.ts';
import { isTrading } from '#core/market/market-state.ts';
import type { Side } from '#core/market/side.ts';
import { ZERO } from '#core/units/decimal.ts';
import { type Price, type Quantity, quantity } from '#core/units/money.ts';
import type { Wave } from '#core/wave.ts';
import { untilCommitted } from '../ports/until-committed.ts';
import type { DeleveragePorts } from './deleverage.ts';

/** The counterparties of one market and side as the wave found them; every residual of the wave goes down the same queue. */
export interface Queue {
  readonly rankingId: string;
  readonly ranking: readonly RankedCounterparty[];
  /** The mark that the wave deleverages at. */
  readonly markPrice: Price;
  /** What the wave has left of it already. */
  readonly remaining: QueueLeft;
}

/** Names the ranking of the holders of one side in a wave. */
export const rankingIdOf = (wave: Wave, marketId: string, side: Side): string => decisionIdOf('RANKING', wave.waveId, marketId, side);

/** A holder as it is recorded. Nothing is ranked by guards, and without them the record has room for twice as many. */
const withoutGuards = (pool: Pool): Pool => ({ ...pool, guards: [] });

/**
 * Holders and marks to rank from. A market that was halted meanwhile has no counterparties: its residuals wait. A mark that the law does not judge on
 * counts as none, and so does one of a market that the engine does not have: a pool with such a leg cannot be valued and takes nothing.
 */
const rankingNow = async (ports: DeleveragePorts, wave: Wave, marketId: string, side: Side): Promise<RankingDecision> => {
  const { status } = present(await ports.loadMarket(marketId), `market ${marketId} exists`);
  const pools = isTrading(status) ? await ports.loadHolders(marketId, side) : [];
  const marks = new Map<string, Price>();
  for (const each of new Set([marketId, ...pools.flatMap(marketIdsOf)])) {
    const market = await ports.loadMarket(each);
    if (market === null) continue;
    const isFit = each === marketId || markDefect([market], ports.ruleSet.safeguards, wave.at) === null;
    if (market.accepted !== null && isFit) marks.set(each, market.accepted.markPrice);
  }
  return {
    kind: 'RANKING',
    decisionId: rankingIdOf(wave, marketId, side),
    at: wave.at,
    waveId: wave.waveId,
    ruleSet: ports.ruleSet.reference,
    marketId,
    side,
    pools: pools.map(withoutGuards),
    marks,
  };
};

const markedAt = async (ports: DeleveragePorts, marks: ReadonlyMap<string, Price>): Promise<MarkedMarkets> => {
  const marked = new Map<string, MarkedMarket>();
  for (const [marketId, markPrice] of marks) {
    marked.set(marketId, { terms: present(await ports.loadMarket(marketId), `market ${marketId} exists`).terms, markPrice });
  }
  return marked;
};

/** A holder as a counterparty; none where a leg of it has no mark: it cannot be valued. */
const counterpartyOf = (pool: Pool, marked: MarkedMarkets, { marketId, side }: RankingDecision): readonly Counterparty[] => {
  const assessment = assessMargin(pool, marked);
  if (!assessment.ok) return [];
  const assessed = assessment.value.positions.find(({ position }) => position.marketId === marketId && position.side === side);
  return assessed === undefined ? [] : [{ assessment: assessment.value, assessed, inLiquidation: pool.caseId !== null }];
};

const heldIn = (pool: Pool | null, { marketId, side }: RankingDecision): Quantity =>
  (pool === null ? undefined : positionIn(pool, marketId, side)?.quantity) ?? quantity(ZERO);

/** What is left now of the ranked positions that are smaller than they were ranked. */
const remainingNow = async (ports: DeleveragePorts, ranked: RankingDecision): Promise<ReadonlyMap<string, Quantity>> => {
  const remaining = new Map<string, Quantity>();
  for (const then of ranked.pools) {
    const now = await ports.loadPool(then.poolId);
    const left = heldIn(now, ranked);
    if (left.lt(heldIn(then, ranked))) remaining.set(then.poolId, left);
  }
  return remaining;
};

/**
 * The wave's queue. Its first reader records the holders and the marks that it is ranked from; whoever comes after a crash ranks from that record, so that
 * what was deleveraged before does not change the order, and goes on with what is left of the positions.
 */
export const loadQueue = async (ports: DeleveragePorts, wave: Wave, marketId: string, side: Side): Promise<Queue> => {
  const rankingId = rankingIdOf(wave, marketId, side);
  let ranked: RankingDecision | null = null;
  let isResumed = false;
  await untilCommitted(rankingId, async () => {
    const recorded = await ports.loadDecision(rankingId);
    isResumed = recorded?.kind === 'RANKING';
    ranked = recorded?.kind === 'RANKING' ? recorded : await rankingNow(ports, wave, marketId, side);
    return isResumed ? 'COMMITTED' : ports.commit([{ table: 'Decisions', decision: ranked }]);
  });
  const decision: RankingDecision = present<RankingDecision>(ranked, `ranking ${rankingId} is recorded`);
  const marked = await markedAt(ports, decision.marks);
  const counterparties = decision.pools.flatMap((pool) => counterpartyOf(pool, marked, decision));
  const ranking = rankCounterparties(counterparties, ports.ruleSet.deleveraging);
  return {
    rankingId,
    ranking,
    markPrice: present(decision.marks.get(marketId), 'a market in liquidation has a mark'),
    remaining: isResumed ? queueLeft(ranking, new Map(), await remainingNow(ports, decision)) : new Map(),
  };
};
