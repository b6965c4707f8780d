import { isDeepStrictEqual } from 'node:util';
import { netHedges } from '#core/account/net-hedges.ts';
import { caseLegs } from '#core/insurance/case-legs.ts';
import { planByLimit, planPart } from '#core/insurance/plan-by-limit.ts';
import type { PlannedOrder } from '#core/insurance/plan-orders.ts';
import { decideInCourse } from '#core/liquidation/decide-in-course.ts';
import { isOpening, type MarginChoice } from '#core/liquidation/decide-margin.ts';
import type { LimitPolicy } from '#core/liquidation/limit-policy.ts';
import type { CaseLeg } from '#core/liquidation/liquidation-case.ts';
import { assessMargin, type MarginAssessment } from '#core/margin/assess-margin.ts';
import type { MarkedMarket } from '#core/market/marked-market.ts';
import { plainJson } from '#core/plain-json.ts';
import { decideByBoth } from '#rule-sets/decide-by-rules.ts';
import type { DecisionRecordFile } from './read-record.ts';
import { factsOfMargin, markedAt, poolOf, type Recorded } from './recompute.ts';

interface Cause {
  readonly choice: MarginChoice;
  readonly legs: readonly CaseLeg[];
  readonly assessment: MarginAssessment;
  readonly limit: LimitPolicy;
  readonly marketOf: (marketId: string) => MarkedMarket | undefined;
}

/** What the evaluation behind an opening gives again; null when its pool could not be valued. */
const causeOf = async (record: DecisionRecordFile, margin: Recorded<'MARGIN'>): Promise<Cause | null> => {
  const marked = markedAt(record, margin.inputs.marks, margin.inputs.openInterest);
  const pool = poolOf(margin.inputs.pool);
  const assessed = assessMargin(pool, marked);
  const facts = factsOfMargin(record, margin, assessed);
  if (!assessed.ok || facts === null) return null;
  const netted = assessMargin(netHedges(pool, marked), marked);
  if (!netted.ok) return null;
  const { rules, execution } = record.ruleSet.margin;
  const choice = decideInCourse(assessed.value, await decideByBoth(rules, facts), execution);
  const legs = caseLegs(netted.value, choice, execution, margin.at);
  return { choice, legs, assessment: assessed.value, limit: execution, marketOf: (marketId) => marked.get(marketId) };
};

/** The order of a leg again. How much the fund could reserve is the record's word: from it follow quantity and limit. */
const orderAgain = (cause: Cause, opening: Recorded<'OPENING'>, order: PlannedOrder): PlannedOrder | null => {
  const leg = opening.legs.find((each) => each.marketId === order.marketId && each.side === order.positionSide);
  const market = cause.marketOf(order.marketId);
  if (leg === undefined || market === undefined) return null;
  const isReduction = opening.outcome === 'OPENED' && cause.choice.kind === 'REDUCE';
  const input = { assessment: cause.assessment, leg, market };
  return isReduction ? planPart(input, cause.limit) : planByLimit(input, cause.limit, order.reserved);
};

/**
 * Whether the evaluation that an opening names gives it again: the choice that led to it, the legs frozen from the pool, and each order's quantity and limit
 * for what the fund reserved. Legs of a later attempt are those the case had left, which the record takes as given.
 */
export const recomputeOpening = async (
  record: DecisionRecordFile,
  opening: Recorded<'OPENING'>,
  margin: Recorded<'MARGIN'>,
): Promise<boolean> => {
  const cause = await causeOf(record, margin);
  if (cause === null) return false;
  const { outcome, legs, orders } = opening;
  if (outcome === 'CANCELLED') return !isOpening(cause.choice) && orders.length === 0;
  if (!isOpening(cause.choice)) return false;
  if (outcome === 'DEFERRED') return orders.length === 0;
  const sameLegs = outcome === 'REATTEMPTED' || isDeepStrictEqual(plainJson(cause.legs), plainJson(legs));
  return sameLegs && orders.every((order) => isDeepStrictEqual(plainJson(orderAgain(cause, opening, order)), plainJson(order)));
};
