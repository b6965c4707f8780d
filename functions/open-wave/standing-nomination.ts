import type { Pool } from '#core/account/pool.ts';
import type { Position } from '#core/account/position.ts';
import { type Decision, decisionIdOf, type MarginDecision } from '#core/decision.ts';
import { isOpening } from '#core/liquidation/decide-margin.ts';
import type { Nomination } from '#core/wave.ts';
import { judgePool } from '#rule-sets/judge-pool.ts';
import type { RuleSet } from '#rule-sets/rule-set.ts';
import type { Opening } from './open-wave.ts';

const isSamePosition = (a: Position, b: Position | undefined): boolean =>
  a.marketId === b?.marketId && a.side === b.side && a.quantity.eq(b.quantity) && a.entryValue.eq(b.entryValue);

const holdsTheSame = (a: Pool, b: Pool): boolean =>
  a.balance.eq(b.balance) &&
  a.positions.length === b.positions.length &&
  a.positions.every((position, place) => isSamePosition(position, b.positions[place]));

/**
 * Whether the pool has the balance and the positions that the rules nominated it for; without that decision it has not. Guards and versions do not count:
 * the engine writes them itself. Nor do marks: where they come fast there is always a newer one, and nothing would ever be liquidated.
 */
const isAsJudged = (judged: Decision | null, pool: Pool): boolean => judged?.kind === 'MARGIN' && holdsTheSame(judged.inputs.pool, pool);

/** A nomination that stands, with the decision that it stands on where that is a new one. */
export interface Standing {
  readonly nomination: Nomination;
  readonly decision: MarginDecision | null;
}

/**
 * The nomination as it stands when its turn comes. A pool that was changed since the rules judged it is judged again, so that a deposit in time saves it
 * and one too small saves nobody; null when nothing has to be opened for it any more.
 */
export const standingNomination = async (
  ports: { readonly loadDecision: (decisionId: string) => Promise<Decision | null>; readonly ruleSet: RuleSet },
  { wave, nomination, assessment: { pool }, markets }: Pick<Opening, 'wave' | 'nomination' | 'assessment' | 'markets'>,
): Promise<Standing | null> => {
  if (isAsJudged(await ports.loadDecision(nomination.decisionId), pool)) return { nomination, decision: null };
  const { inputs, facts, verdicts, choice } = await judgePool(ports.ruleSet, pool, markets, wave.at);
  if (!isOpening(choice)) return null;
  const decisionId = decisionIdOf('MARGIN', pool.poolId, wave.marketId, wave.sequence, 'AGAIN');
  const recorded = { decisionId, at: wave.at, waveId: wave.waveId, ruleSet: ports.ruleSet.reference };
  const decision: MarginDecision = { kind: 'MARGIN', ...recorded, poolId: pool.poolId, inputs, facts, verdicts, choice };
  return { nomination: { ...nomination, decisionId, choice }, decision };
};
