import { dueGuards, type Guard, type Pool } from '#core/account/pool.ts';
import { nextVersion, type Write } from '#core/commit.ts';
import { type Decision, decisionIdOf, type MarginDecision } from '#core/decision.ts';
import { isOpening } from '#core/liquidation/decide-margin.ts';
import { rememberedWhenSafe } from '#core/liquidation/last-reduction.ts';
import type { LiquidationCase } from '#core/liquidation/liquidation-case.ts';
import type { EpochMs } from '#core/units/time.ts';
import type { Nomination, Ring, Wave } from '#core/wave.ts';
import { judgePool, type PoolJudgement } from '#rule-sets/judge-pool.ts';
import { type LawPort, loadPoolMarkets, type MarketPort, type PoolPort, type WritePort } from '../ports/store-ports.ts';
import { untilCommitted } from '../ports/until-committed.ts';

export interface EvaluatePorts extends MarketPort, PoolPort, LawPort, WritePort {
  readonly loadCase: (caseId: string) => Promise<LiquidationCase | null>;
  /** Whether the ring still waits: it goes in the transaction of its evaluation. */
  readonly hasRing: (ring: Ring) => Promise<boolean>;
  readonly loadDecision: (decisionId: string) => Promise<Decision | null>;
}

const isSameGuard = (a: Guard, b: Guard): boolean => {
  if (a.marketId !== b.marketId || a.kind !== b.kind) return false;
  if (a.kind === 'DUE' || b.kind === 'DUE') return true;
  const same = (x: typeof a.below, y: typeof a.below): boolean => (x === null || y === null ? x === y : x.eq(y));
  return same(a.below, b.below) && same(a.above, b.above);
};

const areSameGuards = (a: readonly Guard[], b: readonly Guard[]): boolean =>
  a.length === b.length &&
  a.every((guard, index) => {
    const other = b[index];
    return other !== undefined && isSameGuard(guard, other);
  });

/** A pool that nothing has to be opened for no longer waits: should it breach again, its time in the queue begins anew. */
const deferredAfter = (judgement: PoolJudgement, pool: Pool): Pool['deferredSince'] =>
  isOpening(judgement.choice) || judgement.choice.kind === 'REFUSED' ? pool.deferredSince : null;

/** What it remembers of its last reduction: all of it while its liquidation goes on, else what counts by time alone. */
const rememberedAfter = ({ choice, verdicts }: PoolJudgement, pool: Pool, now: EpochMs): Pool['lastReduction'] =>
  isOpening(choice) || choice.kind === 'REFUSED' || pool.caseId !== null ? pool.lastReduction : rememberedWhenSafe(pool, verdicts, now);

/** Writes the pool only when the evaluation changes it: one that finds nothing new costs no write. */
const poolWrites = (judgement: PoolJudgement, pool: Pool, now: EpochMs): readonly Write[] => {
  const guards = pool.caseId === null ? judgement.guards : dueGuards(pool);
  const deferredSince = deferredAfter(judgement, pool);
  const lastReduction = rememberedAfter(judgement, pool, now);
  const isSame = areSameGuards(guards, pool.guards) && deferredSince === pool.deferredSince && lastReduction === pool.lastReduction;
  return isSame ? [] : [{ table: 'Pools', item: nextVersion({ ...pool, guards, deferredSince, lastReduction }, 'EVALUATE') }];
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

/**
 * Evaluates one rung pool at the latest accepted marks: margin, rules, choice.
 *
 * Commits in one transaction: ring removed, nomination put where the rules open a liquidation (or a waiting case gets its next attempt), else new guards,
 * and the decision record. A pool that is gone or already being liquidated only loses its ring. A ring that is gone was evaluated: repeating it does nothing.
 */
export const evaluateMargin =
  (ports: EvaluatePorts) =>
  async (ring: Ring, wave: Wave): Promise<void> =>
    untilCommitted(`${ring.waveId}#${ring.poolId}`, async (retries) => {
      // A ring that is gone refuses the commit; whether it is, is asked only then.
      if (retries > 0 && !(await ports.hasRing(ring))) return 'COMMITTED';
      const removed: Write = { table: 'Rings', action: 'REMOVE', item: ring };
      const pool = await ports.loadPool(ring.poolId);
      if (pool === null || (await isInHand(ports, pool))) return ports.commit([removed]);
      const judgement = await judgePool(ports.ruleSet, pool, await loadPoolMarkets(ports, pool), wave.at);
      const decision = recordOf(ports, judgement, wave, pool);
      // Rung again after a crash although it was evaluated: its decision stands, only the ring is left.
      if (retries > 0 && (await ports.loadDecision(decision.decisionId)) !== null) return ports.commit([removed]);
      return ports.commit([
        removed,
        ...nominate(judgement, wave, pool, decision.decisionId),
        ...poolWrites(judgement, pool, wave.at),
        { table: 'Decisions', decision },
      ]);
    });

/**
 * Issues new guards after the pool's positions or balance changed, at the time that `timeOf` says. Opens nothing: a pool found in breach stays due and is
 * judged at the next mark.
 */
export const renewGuards =
  (ports: EvaluatePorts) =>
  async (poolId: string, timeOf: (pool: Pool) => Promise<EpochMs>): Promise<void> =>
    untilCommitted(poolId, async () => {
      const pool = await ports.loadPool(poolId);
      // A pool in hand gets its guards when its case has ended.
      if (pool === null || pool.caseId !== null || pool.positions.length === 0) return 'COMMITTED';
      const markets = await loadPoolMarkets(ports, pool);
      const now = await timeOf(pool);
      const judgement = await judgePool(ports.ruleSet, pool, markets, now);
      const writes = poolWrites(judgement, pool, now);
      return writes.length === 0 ? 'COMMITTED' : ports.commit(writes);
    });
