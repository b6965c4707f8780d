import { netHedges } from '#core/account/net-hedges.ts';
import type { Pool } from '#core/account/pool.ts';
import { type CommitOutcome, nextVersion } from '#core/commit.ts';
import { caseLegs, isPartial } from '#core/insurance/case-legs.ts';
import { invariant } from '#core/invariant.ts';
import { partSent } from '#core/liquidation/last-reduction.ts';
import { type CaseLeg, caseIdOf, type LiquidationCase } from '#core/liquidation/liquidation-case.ts';
import { assessMargin, type MarginAssessment } from '#core/margin/assess-margin.ts';
import { type MarkedMarkets, markedMarkets } from '#core/market/marked-market.ts';
import { ZERO } from '#core/units/decimal.ts';
import { money } from '#core/units/money.ts';
import { gateWrites } from './close-withdrawals.ts';
import { throttleWrites } from './defer-opening.ts';
import type { Opening, OpenPorts } from './open-wave.ts';
import { openingWrites } from './opening-record.ts';
import { planCaseOrders } from './plan-case-orders.ts';
import { takeOver } from './take-over.ts';

const assessNetted = (netted: Pool, marked: MarkedMarkets): MarginAssessment => {
  const assessed = assessMargin(netted, marked);
  invariant(assessed.ok, 'a pool that was assessed can be assessed again after netting');
  return assessed.value;
};

/** What the pool remembers of this opening: the part that it takes of it, where one depends on it later. */
const remembered = (ports: OpenPorts, opening: Opening, netted: MarginAssessment): Pool['lastReduction'] => {
  const { choice } = opening.nomination;
  const policy = ports.ruleSet.margin.execution;
  if (choice.kind === 'REDUCE') return partSent(netted.pool, { rule: choice.rule, event: choice.size }, policy, opening.wave.at);
  if (choice.kind !== 'LIQUIDATE' || choice.rule === null || !isPartial(netted, choice, policy)) return null;
  return partSent(netted.pool, { rule: choice.rule, event: { type: 'LIQUIDATE' } }, policy, opening.wave.at);
};

const newCase = (ports: OpenPorts, opening: Opening, pool: Pool, legs: readonly CaseLeg[]): LiquidationCase => {
  const { choice } = opening.nomination;
  return {
    caseId: caseIdOf(pool.poolId, pool.caseCount + 1),
    poolId: pool.poolId,
    accountId: pool.accountId,
    settlementAsset: pool.settlementAsset,
    kind: choice.kind === 'REDUCE' || choice.kind === 'TAKE_OVER' ? choice.kind : 'LIQUIDATE',
    state: 'ORDERED',
    ruleSet: ports.ruleSet.reference,
    openedAt: opening.wave.at,
    wave: opening.wave.waveId,
    waveRank: opening.rank,
    attempt: 1,
    legs,
    drawn: money(ZERO),
    received: money(ZERO),
    transferCount: 0,
    version: 1,
    lastWriter: 'OPEN',
  };
};

/**
 * Opens a case: nets hedged sides at the mark, freezes the legs and their bankruptcy values, plans orders against the fund, locks the pool.
 * One transaction; the pool's lock makes a second case on it impossible.
 */
export const openCase = async (ports: OpenPorts, opening: Opening): Promise<CommitOutcome> => {
  const marked = markedMarkets(opening.markets);
  const netted = netHedges(opening.assessment.pool, marked);
  const assessment = assessNetted(netted, marked);
  const legs = caseLegs(assessment, opening.nomination.choice, ports.ruleSet.margin.execution, opening.wave.at);
  const opened = newCase(ports, opening, netted, legs);
  if (opened.kind === 'TAKE_OVER') return takeOver(ports, opening, opened, netted);
  const plan = await planCaseOrders(ports, opening, opened);
  const locked: Pool = {
    ...netted,
    caseId: opened.caseId,
    caseCount: netted.caseCount + 1,
    deferredSince: null,
    lastReduction: remembered(ports, opening, assessment),
    guards: [],
  };
  return ports.commit([
    { table: 'Pools', item: nextVersion(locked, 'OPEN') },
    { table: 'Cases', item: plan.liquidation },
    ...plan.writes,
    ...(await throttleWrites(ports, opening)),
    ...(await gateWrites(ports, opening)),
    ...openingWrites(opening, ports.ruleSet.reference, {
      caseId: opened.caseId,
      outcome: 'OPENED',
      deferral: null,
      legs: opened.legs,
      orders: plan.orders,
    }),
  ]);
};
