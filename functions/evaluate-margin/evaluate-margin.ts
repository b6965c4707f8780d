import { dueGuards, type Guard, type Pool } from '#core/account/pool.ts';
import { nextVersion, type Write } from '#core/commit.ts';
import { decisionIdOf, type MarginDecision } from '#core/decision.ts';
import { isOpening } from '#core/liquidation/decide-margin.ts';
import type { LiquidationCase } from '#core/liquidation/liquidation-case.ts';
import type { EpochMs } from '#core/units/time.ts';
import type { Nomination, Ring, Wave } from '#core/wave.ts';
import { type LawPort, loadPoolMarkets, type MarketPort, type PoolPort, type WritePort } from '../ports/store-ports.ts';
import { untilCommitted } from '../ports/until-committed.ts';
import { judgePool, type PoolJudgement } from './judge-pool.ts';

export interface EvaluatePorts extends MarketPort, PoolPort, LawPort, WritePort {
  readonly loadCase: (caseId: string) => Promise<LiquidationCase | null>;
}

const isSameGuard = (a: Guard, b: Guard): boolean => {
  if (a.marketId !== b.marketId || a.kind !== b.kind) return false;
  if (a.kind === 'DUE' || b.kind === 'DUE') return true;
  const same = (x: typeof a.below, y: typeof a.below): boolean => (x === null || y === null ? x === y : x.eq(y));
  return same(a.below, b.below) && same(a.above, b.above);
};

/** Writes the pool only when its guards change: an evaluation that finds nothing new costs no write. */
const guardWrites = (pool: Pool, guards: readonly Guard[]): readonly Write[] => {
  const unchanged =
    guards.length === pool.guards.length &&
    guards.every((guard, index) => {
      const before = pool.guards[index];
      return before !== undefined && isSameGuard(guard, before);
    });
  return unchanged ? [] : [{ table: 'Pools', item: nextVersion({ ...pool, guards }, 'EVALUATE') }];
};

const nominate = (judgement: PoolJudgement, wave: Wave, pool: Pool, decisionId: string): readonly Write[] => {
  const wanted = isOpening(judgement.choice) || (pool.caseId !== null && judgement.choice.kind !== 'REFUSED');
  const item: Nomination = { waveId: wave.waveId, poolId: pool.poolId, decisionId, choice: judgement.choice, caseId: pool.caseId };
  return wanted ? [{ table: 'Nominations', action: 'PUT', item }] : [];
};

const recordOf = (ports: EvaluatePorts, judgement: PoolJudgement, wave: Wave, pool: Pool): MarginDecision => ({
  kind: 'MARGIN',
  decisionId: decisionIdOf('MARGIN', pool.poolId, wave.marketId, wave.sequence),
  at: wave.at,
  waveId: wave.waveId,
  ruleSet: ports.ruleSet.reference,
  poolId: pool.poolId,
  inputs: judgement.inputs,
  facts: judgement.facts,
  verdicts: judgement.verdicts,
  choice: judgement.choice,
});

/** A pool in liquidation is looked at again only where its case waits for the next mark. */
const isInHand = async (ports: EvaluatePorts, pool: Pool): Promise<boolean> => {
  if (pool.caseId === null) return false;
  const liquidation = await ports.loadCase(pool.caseId);
  return liquidation?.state !== 'ADL_EXHAUSTED';
};

const freshGuards = (judgement: PoolJudgement, pool: Pool): readonly Guard[] => (pool.caseId === null ? judgement.guards : dueGuards(pool));

/**
 * Evaluates one rung pool at the latest accepted marks: margin, rules, choice.
 *
 * Commits in one transaction: ring removed, nomination put where the rules open a liquidation (or a waiting case gets its next attempt), else new guards,
 * and the decision record. A pool that is gone or already being liquidated only loses its ring. A repeated ring finds the same decision and is done.
 */
export const evaluateMargin =
  (ports: EvaluatePorts) =>
  async (ring: Ring, wave: Wave): Promise<void> =>
    untilCommitted(`${ring.waveId}#${ring.poolId}`, async () => {
      const removed: Write = { table: 'Rings', action: 'REMOVE', item: ring };
      const pool = await ports.loadPool(ring.poolId);
      if (pool === null || (await isInHand(ports, pool))) return ports.commit([removed]);
      const judgement = await judgePool(ports.ruleSet, pool, await loadPoolMarkets(ports, pool), wave.at);
      const decision = recordOf(ports, judgement, wave, pool);
      return ports.commit([
        removed,
        ...nominate(judgement, wave, pool, decision.decisionId),
        ...guardWrites(pool, freshGuards(judgement, pool)),
        { table: 'Decisions', decision },
      ]);
    });

/**
 * Issues new guards after the pool's positions or balance changed. Opens nothing: a pool found in breach stays due and is judged at the next mark.
 */
export const renewGuards =
  (ports: EvaluatePorts) =>
  async (poolId: string, now: EpochMs): Promise<void> =>
    untilCommitted(poolId, async () => {
      const pool = await ports.loadPool(poolId);
      if (pool === null) return 'COMMITTED';
      const markets = await loadPoolMarkets(ports, pool);
      const judgement = await judgePool(ports.ruleSet, pool, markets, now);
      const writes = guardWrites(pool, freshGuards(judgement, pool));
      return writes.length === 0 ? 'COMMITTED' : ports.commit(writes);
    });
