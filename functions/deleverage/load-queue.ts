import { type Pool, positionIn } from '#core/account/pool.ts';
import type { Counterparty } from '#core/adl/counterparty.ts';
import type { ReferencePrices } from '#core/adl/deleveraging-price.ts';
import { isInLiquidation } from '#core/adl/in-liquidation.ts';
import { remembersGiven } from '#core/adl/plan-quantity.ts';
import { queueLeft } from '#core/adl/queue-left.ts';
import { type RankedCounterparty, rankCounterparties } from '#core/adl/rank-counterparties.ts';
import { decisionIdOf, type RankingDecision } from '#core/decision.ts';
import { present } from '#core/invariant.ts';
import type { RecoveryPolicy } from '#core/liquidation/reduction-policy.ts';
import { assessMargin } from '#core/margin/assess-margin.ts';
import type { MarkedMarkets } from '#core/market/marked-market.ts';
import { opposite, type Side } from '#core/market/side.ts';
import { asksHolders } from '#core/market/switches.ts';
import { larger, ZERO } from '#core/units/decimal.ts';
import { type Price, type Quantity, quantity } from '#core/units/money.ts';
import type { Wave } from '#core/wave.ts';
import { untilCommitted } from '../ports/until-committed.ts';
import type { DeleveragePorts } from './deleverage.ts';
import { fitMarks, markedAt } from './fit-marks.ts';
import { givenInWave } from './given-in-wave.ts';
import type { WaveUse } from './residual-input.ts';

/** The counterparties of one market and side as the wave found them; every residual of the wave goes down the same queue. */
export interface Queue {
  readonly rankingId: string;
  readonly ranking: readonly RankedCounterparty[];
  /** The mark that the wave deleverages at. */
  readonly markPrice: Price;
  /** What a market says beside its mark, when the queue was read. */
  readonly references: QueueReferences;
  /** What the wave has left of it already, and what it took. */
  readonly used: WaveUse;
}

/** The prices to close at that every residual of a queue shares. */
export type QueueReferences = Omit<ReferencePrices, 'mark' | 'frozenMark'>;

/** Names the ranking of the holders of one side in a wave. */
export const rankingIdOf = (wave: Wave, marketId: string, side: Side): string => decisionIdOf('RANKING', wave.waveId, marketId, side);

/** A holder as it is recorded. Nothing is ranked by guards, and without them the record has room for twice as many. */
const withoutGuards = (pool: Pool): Pool => ({ ...pool, guards: [] });

/** Holders and marks to rank from. A market where nobody is asked has no counterparties: its residuals wait. Who cannot be valued takes nothing. */
const rankingNow = async (ports: DeleveragePorts, wave: Wave, marketId: string, side: Side): Promise<RankingDecision> => {
  const market = present(await ports.loadMarket(marketId), `market ${marketId} exists`);
  const pools = asksHolders(market) ? await ports.loadHolders(marketId, side) : [];
  const marks = await fitMarks(ports, wave, marketId, pools);
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

/** A holder as a counterparty; none where a leg of it has no mark: it cannot be valued. */
const counterpartyOf = (
  pool: Pool,
  marked: MarkedMarkets,
  { marketId, side }: RankingDecision,
  policy: RecoveryPolicy,
): readonly Counterparty[] => {
  const assessment = assessMargin(pool, marked);
  if (!assessment.ok) return [];
  const assessed = assessment.value.positions.find(({ position }) => position.marketId === marketId && position.side === side);
  return assessed === undefined
    ? []
    : [{ assessment: assessment.value, assessed, inLiquidation: isInLiquidation(assessment.value, policy) }];
};

const heldIn = (pool: Pool | null, { marketId, side }: RankingDecision): Quantity =>
  (pool === null ? undefined : positionIn(pool, marketId, side)?.quantity) ?? quantity(ZERO);

/** What is left now of what may be asked of the ranked positions that are smaller than they were ranked. */
const remainingNow = async (
  ports: DeleveragePorts,
  ranked: RankingDecision,
  ranking: readonly RankedCounterparty[],
): Promise<ReadonlyMap<string, Quantity>> => {
  const remaining = new Map<string, Quantity>();
  for (const { poolId, counterparty, quantity: offered } of ranking) {
    const then = counterparty.assessed.position.quantity;
    const now = heldIn(await ports.loadPool(poolId), ranked);
    if (now.lt(then)) remaining.set(poolId, quantity(larger(ZERO, offered.minus(then).plus(now))));
  }
  return remaining;
};

/** The market's prices beside the mark. No trades are published: the mark stands for the last of them, and where there was none before, for that one. */
const referencesOf = async (ports: DeleveragePorts, marketId: string): Promise<QueueReferences> => {
  const { accepted, previousMark } = present(await ports.loadMarket(marketId), `market ${marketId} exists`);
  const { markPrice, indexPrice } = present(accepted, 'a market in liquidation has a mark');
  return { previousMark: previousMark ?? markPrice, indexPrice, lastPrice: markPrice };
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
  const { execution } = ports.ruleSet.margin;
  const counterparties = decision.pools.flatMap((pool) => counterpartyOf(pool, marked, decision, execution));
  const isRemembered = isResumed && remembersGiven(ports.ruleSet.deleveraging);
  const ranking = rankCounterparties(counterparties, ports.ruleSet.deleveraging, rankingId);
  return {
    rankingId,
    ranking,
    markPrice: present(decision.marks.get(marketId), 'a market in liquidation has a mark'),
    references: await referencesOf(ports, marketId),
    used: {
      remaining: isResumed ? queueLeft(ranking, new Map(), await remainingNow(ports, decision, ranking)) : new Map(),
      given: isRemembered ? await givenInWave(ports, wave, marketId, opposite(side)) : new Map(),
    },
  };
};
