import { explainDecision } from '../explain/explain-decision.ts';
import { decisionsIn } from '../explain/read-record.ts';
import type { RecordedDecision } from '../explain/record-schema.ts';
import type { WavesOutcome } from './run-waves.ts';

type Trail = WavesOutcome['trail'];

const saysOf = async ({ record }: Trail, decisions: readonly RecordedDecision[]): Promise<readonly string[]> => {
  const lines: string[] = [];
  for (const decision of decisions) lines.push(...(await explainDecision(record, decision)).says);
  return lines;
};

const marketOf = (decision: RecordedDecision): string | null => {
  if (decision.kind === 'MARK') return decision.observation.marketId;
  return 'marketId' in decision ? decision.marketId : null;
};

/** Whether something came of an evaluation: most end with a pool that is left alone. */
const isTelling = (decision: RecordedDecision): boolean => decision.kind !== 'MARGIN' || decision.choice.kind !== 'NONE';

const isOf = (decision: RecordedDecision, poolId: string): boolean =>
  'poolId' in decision && decision.poolId === poolId && isTelling(decision);

/** What was decided about a pool over the waves, line by line: refusals, deferrals, orders, what the shortfall rules said, who gave what. */
export const poolTrail = (trail: Trail, poolId: string): Promise<readonly string[]> =>
  saysOf(
    trail,
    decisionsIn(trail.record, JSON.stringify(poolId), (decision) => isOf(decision, poolId)),
  );

const OF_QUEUES: ReadonlySet<string> = new Set(['RANKING', 'DELEVERAGING', 'SHORTFALL']);

/** What was left in these markets, how counterparties stood in their queues and what each gave. */
export const queueTrail = (trail: Trail, marketIds: ReadonlySet<string>): Promise<readonly string[]> =>
  saysOf(
    trail,
    decisionsIn(trail.record, '', (decision) => OF_QUEUES.has(decision.kind) && marketIds.has(marketOf(decision) ?? '')),
  );

/** The marks of these markets that were not believed. */
export const markTrail = (trail: Trail, marketIds: ReadonlySet<string>): Promise<readonly string[]> =>
  saysOf(
    trail,
    decisionsIn(trail.record, '"kind":"MARK"', (decision) => decision.kind === 'MARK' && marketIds.has(marketOf(decision) ?? '')),
  );
