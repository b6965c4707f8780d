import { type CommitOutcome, nextVersion, type Write } from '#core/commit.ts';
import type { DeferralReason } from '#core/decision.ts';
import { marketDeferral } from '#core/liquidation/deferral.ts';
import { isCoolingDown } from '#core/liquidation/last-reduction.ts';
import { caseIdOf } from '#core/liquidation/liquidation-case.ts';
import { shortageOf } from '#core/liquidation/recovery-target.ts';
import { admits, counted, counterAt, type ThrottleCounter } from '#core/liquidation/throttle.ts';
import { sum, ZERO } from '#core/units/decimal.ts';
import { money } from '#core/units/money.ts';
import { type EpochMs, elapsedMs, epochMs } from '#core/units/time.ts';
import { gateWrites } from './close-withdrawals.ts';
import type { Opening, OpenPorts } from './open-wave.ts';
import { openingWrites } from './opening-record.ts';

const FRESH: Omit<ThrottleCounter, 'marketId'> = {
  intervalStart: epochMs(0),
  notionalValue: money(ZERO),
  version: 0,
  lastWriter: 'OPEN',
};

const notionalIn = (opening: Opening, marketId: string) =>
  sum(opening.assessment.positions.filter((each) => each.position.marketId === marketId).map((each) => each.notionalValue));

/** Counters of the pool's markets as they would be after this opening, and whether every market still admits it. */
const throttled = async (ports: OpenPorts, opening: Opening): Promise<{ admitted: boolean; counters: readonly ThrottleCounter[] }> => {
  const policy = ports.ruleSet.safeguards.throttle;
  if (policy === null) return { admitted: true, counters: [] };
  let admitted = true;
  const counters: ThrottleCounter[] = [];
  for (const { terms } of opening.markets) {
    const stored = (await ports.loadThrottle(terms.marketId)) ?? { ...FRESH, marketId: terms.marketId };
    const counter = counterAt(stored, policy, opening.wave.at);
    const notional = notionalIn(opening, terms.marketId);
    admitted = admitted && admits(counter, policy, notional);
    counters.push(counted(counter, notional));
  }
  return { admitted, counters };
};

const waitedTooLong = (ports: OpenPorts, deferredSince: EpochMs | null, now: EpochMs): boolean => {
  const policy = ports.ruleSet.safeguards.throttle;
  return policy !== null && deferredSince !== null && elapsedMs(deferredSince, now) >= policy.maximumDelay;
};

/** Why a reduction has nothing to send now: its cooldown or interval is not over, or the pool meets the margin that it goes for. */
const reductionDeferral = (ports: OpenPorts, { nomination: { choice }, assessment, wave }: Opening): DeferralReason | null => {
  if (choice.kind !== 'REDUCE') return null;
  if (isCoolingDown(assessment.pool, choice.size, wave.at)) return 'COOLING_DOWN';
  const isThere = choice.size.type === 'REDUCE_TO_RECOVERY' && shortageOf(assessment, ports.ruleSet.margin.execution).lte(0);
  return isThere ? 'NOTHING_TO_CLOSE' : null;
};

/** Why this opening has to wait, or null. The next attempt of an open case was counted when the case opened. */
export const deferralOf = async (ports: OpenPorts, opening: Opening): Promise<DeferralReason | null> => {
  const { wave, nomination, assessment } = opening;
  const market = marketDeferral(opening.markets, ports.ruleSet.safeguards, wave.at);
  if (market !== null || nomination.caseId !== null) return market;
  const partial = reductionDeferral(ports, opening);
  if (partial !== null) return partial;
  if (waitedTooLong(ports, assessment.pool.deferredSince, wave.at)) return null;
  return (await throttled(ports, opening)).admitted ? null : 'THROTTLED';
};

/** Counts the opening against the throttle of each of its markets. */
export const throttleWrites = async (ports: OpenPorts, opening: Opening): Promise<readonly Write[]> =>
  (await throttled(ports, opening)).counters.map((counter) => ({ table: 'Throttles', item: nextVersion(counter, 'OPEN') }));

/**
 * Puts the opening off: the pool stays due and remembers since when the throttle has it wait. Time in a halt does not count: after a long one nobody would
 * be throttled any more, just when everybody is due at once.
 */
export const deferOpening = async (ports: OpenPorts, opening: Opening, deferral: DeferralReason): Promise<CommitOutcome> => {
  const { pool } = opening.assessment;
  const waiting: Write[] =
    deferral === 'THROTTLED' && pool.deferredSince === null
      ? [{ table: 'Pools', item: nextVersion({ ...pool, deferredSince: opening.wave.at }, 'OPEN') }]
      : [];
  const caseId = pool.caseId ?? caseIdOf(pool.poolId, pool.caseCount + 1);
  return ports.commit([
    ...openingWrites(opening, ports.ruleSet.reference, { caseId, outcome: 'DEFERRED', deferral, legs: [], orders: [] }),
    ...waiting,
    ...(await gateWrites(ports, opening)),
  ]);
};
