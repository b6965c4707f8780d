import { isDeepStrictEqual } from 'node:util';
import { marginModeOf, type Pool } from '#core/account/pool.ts';
import { appliedTo } from '#core/adl/applied-deleveraging.ts';
import type { Counterparty } from '#core/adl/counterparty.ts';
import { decideDeleveraging } from '#core/adl/decide-deleveraging.ts';
import { type DeleveragingPlan, residualAfterPlan } from '#core/adl/deleveraging-plan.ts';
import { isInLiquidation } from '#core/adl/in-liquidation.ts';
import { fromFront } from '#core/adl/queue-left.ts';
import { type RankedCounterparty, rankCounterparties } from '#core/adl/rank-counterparties.ts';
import { bankruptPartyOf, rankingFor } from '#core/adl/residual-eligibility.ts';
import { residualOfValue } from '#core/adl/settlement-price.ts';
import { NOT_SOCIALIZED, type Socialization, socialize } from '#core/adl/socialize.ts';
import { decideShortfall, isBeyondReservation, type ShortfallChoice } from '#core/insurance/settle-outcome.ts';
import { decideInCourse } from '#core/liquidation/decide-in-course.ts';
import { assessMargin } from '#core/margin/assess-margin.ts';
import type { MarkedMarkets } from '#core/market/marked-market.ts';
import { plainJson } from '#core/plain-json.ts';
import type { Verdict } from '#core/policy.ts';
import { decimal } from '#core/units/decimal.ts';
import type { Price, Quantity } from '#core/units/money.ts';
import { type DurationMs, durationMs } from '#core/units/time.ts';
import { factText } from '#rule-sets/conditions.ts';
import { decideByBoth } from '#rule-sets/decide-by-rules.ts';
import { explainRules, type RuleExplanation } from '#rule-sets/explain-rules.ts';
import type { Facts } from '#rule-sets/facts.ts';
import { marginFacts } from '#rule-sets/margin-facts.ts';
import type { DecisionRecordFile } from './read-record.ts';
import type { RecordedDecision, RecordedPool } from './record-schema.ts';

export type Recorded<Kind extends RecordedDecision['kind']> = Extract<RecordedDecision, { readonly kind: Kind }>;

/** What the record's inputs give when they are judged again. */
export interface Recomputed {
  readonly rules: readonly RuleExplanation[];
  readonly facts: Facts;
  readonly recomputes: boolean;
}

/** A recorded pool as the core takes it. */
export const poolOf = (recorded: RecordedPool): Pool => ({
  ...recorded,
  guards: [],
  deferredSince: null,
  version: 0,
  lastWriter: 'RECORD',
});

/** The recorded marks with the record's terms and, where it was recorded, the open interest. */
export const markedAt = (
  record: DecisionRecordFile,
  marks: Readonly<Record<string, Price>>,
  openInterest: Readonly<Record<string, Quantity>> = {},
): MarkedMarkets =>
  new Map(
    Object.entries(marks).flatMap(([marketId, markPrice]) => {
      const terms = record.terms.get(marketId);
      const interest = openInterest[marketId];
      if (terms === undefined) return [];
      return [[marketId, interest === undefined ? { terms, markPrice } : { terms, markPrice, openInterest: interest }] as const];
    }),
  );

const sameVerdicts = (now: readonly Verdict<unknown>[], then: readonly { readonly rule: string; readonly outcome: string }[]): boolean =>
  now.length === then.length &&
  now.every((verdict, index) => verdict.rule === then[index]?.rule && verdict.outcome === then[index]?.outcome);

const sameFacts = (now: Facts, then: Readonly<Record<string, string>>): boolean =>
  now.size === Object.keys(then).length && [...now].every(([name, value]) => factText(value) === then[name]);

const MS_PER_SECOND = 1000;

const ageOf = (decision: Recorded<'MARGIN'>): DurationMs =>
  durationMs(Number(decision.inputs.markAgeSeconds.times(MS_PER_SECOND).toFixed()));

/** The facts of the recorded pool at the recorded marks; null where a mark is missing or older than the law allows: then every rule erred. */
export const factsOfMargin = (
  record: DecisionRecordFile,
  decision: Recorded<'MARGIN'>,
  assessed: ReturnType<typeof assessMargin>,
): Facts | null => {
  const { markMaximumAge } = record.ruleSet.safeguards;
  const age = ageOf(decision);
  if (!assessed.ok || (markMaximumAge !== null && age > markMaximumAge)) return null;
  return marginFacts(assessed.value, age);
};

/** Assesses the recorded pool at the recorded marks and asks the rules again: facts, verdicts and choice have to be those of the record. */
export const recomputeMargin = async (record: DecisionRecordFile, decision: Recorded<'MARGIN'>): Promise<Recomputed> => {
  const { pool, marks, openInterest } = decision.inputs;
  const assessed = assessMargin(poolOf(pool), markedAt(record, marks, openInterest));
  const facts = factsOfMargin(record, decision, assessed);
  if (!assessed.ok || facts === null) {
    const recomputes = decision.choice.kind === 'REFUSED' && decision.verdicts.every(({ outcome }) => outcome === 'ERROR');
    return { rules: explainRules(record.ruleSet.margin.rules, new Map()), facts: new Map(), recomputes };
  }
  const verdicts = await decideByBoth(record.ruleSet.margin.rules, facts);
  const choice = plainJson(decideInCourse(assessed.value, verdicts, record.ruleSet.margin.execution));
  const recomputes =
    sameFacts(facts, decision.facts) && sameVerdicts(verdicts, decision.verdicts) && isDeepStrictEqual(choice, decision.choice);
  return { rules: explainRules(record.ruleSet.margin.rules, facts), facts, recomputes };
};

const NUMBER = /^-?\d+(\.\d+)?$/;

/** What the rules allow is what was chosen; where fills that cost more than was reserved stopped the case beside it, as the choice was before the stop. */
const sameChoice = (allowed: ShortfallChoice, then: Recorded<'SHORTFALL'>['choice']): boolean => {
  const stopped = isBeyondReservation(then) && allowed.absorbs;
  return isDeepStrictEqual(plainJson(stopped ? { ...allowed, halts: true, error: then.error } : allowed), { ...then });
};

/** Asks the shortfall rules again about the recorded facts: verdicts and what they allow have to be those of the record. */
export const recomputeShortfall = async (record: DecisionRecordFile, decision: Recorded<'SHORTFALL'>): Promise<Recomputed> => {
  const facts: Facts = new Map(Object.entries(decision.facts).map(([name, text]) => [name, NUMBER.test(text) ? decimal(text) : text]));
  const verdicts = await decideByBoth(record.ruleSet.shortfall.rules, facts);
  const recomputes = sameVerdicts(verdicts, decision.verdicts) && sameChoice(decideShortfall(verdicts), decision.choice);
  return { rules: explainRules(record.ruleSet.shortfall.rules, facts), facts, recomputes };
};

const counterpartiesOf = (record: DecisionRecordFile, ranking: Recorded<'RANKING'>): readonly Counterparty[] => {
  const marked = markedAt(record, ranking.marks);
  return ranking.pools.flatMap((recorded) => {
    const assessment = assessMargin(poolOf(recorded), marked);
    if (!assessment.ok) return [];
    const assessed = assessment.value.positions.find(
      ({ position }) => position.marketId === ranking.marketId && position.side === ranking.side,
    );
    return assessed === undefined
      ? []
      : [{ assessment: assessment.value, assessed, inLiquidation: isInLiquidation(assessment.value, record.ruleSet.margin.execution) }];
  });
};

/** The recorded holders of one side, ranked again. */
export const queueOf = (record: DecisionRecordFile, ranking: Recorded<'RANKING'>): readonly RankedCounterparty[] =>
  rankCounterparties(counterpartiesOf(record, ranking), record.ruleSet.deleveraging, ranking.decisionId);

/** Ranks the recorded counterparties and allocates the recorded residual again. null where the residual had no positive price. */
export const recomputePlan = (
  record: DecisionRecordFile,
  ranking: Recorded<'RANKING'>,
  decision: Recorded<'DELEVERAGING'>,
): DeleveragingPlan | null => {
  const terms = record.terms.get(decision.marketId);
  if (terms === undefined) return null;
  const { inputs } = decision;
  const { references, fundAvailable } = inputs;
  const residual = residualOfValue(terms, decision.side, inputs.quantity, inputs.bankruptcyValue);
  if (residual === null) return null;
  const { poolId, accountId } = decision;
  const policy = appliedTo(record.ruleSet.deleveraging, marginModeOf({ poolId, accountId, settlementAsset: terms.settlementAsset }));
  const left = new Map(Object.entries(inputs.remaining));
  const bankrupt = bankruptPartyOf(residual, references, policy, { accountId, tags: inputs.tags });
  return decideDeleveraging({
    residual,
    markPrice: decision.markPrice,
    ranking: inputs.asksCounterparties ? rankingFor(fromFront(queueOf(record, ranking), left), policy, bankrupt) : [],
    remaining: left,
    terms: { policy, references, given: new Map(Object.entries(inputs.given)), fundAvailable },
  });
};

/** How what the plan leaves is shared out among the recorded payers. */
const sharedAgain = (record: DecisionRecordFile, plan: DeleveragingPlan, { inputs }: Recorded<'DELEVERAGING'>): Socialization =>
  inputs.payers.length === 0
    ? NOT_SOCIALIZED
    : socialize(record.ruleSet.deleveraging.afterCounterparties, residualAfterPlan(plan), plan.markPrice, inputs.payers);

/** Whether a plan made again is what was recorded, to the last digit. */
export const samePlan = (record: DecisionRecordFile, plan: DeleveragingPlan | null, decision: Recorded<'DELEVERAGING'>): boolean => {
  if (plan === null) return decision.transfers.length === 0 && decision.price === null;
  const { quantity: socializedQuantity, contributions } = sharedAgain(record, plan, decision);
  const { transfers, outcome, budget, taken, overshoot } = plan;
  const then = {
    price: decision.price?.toFixed(),
    transfers: decision.transfers,
    socializedQuantity: decision.socializedQuantity,
    contributions: decision.contributions,
    residualQuantity: decision.residualQuantity,
    outcome: decision.outcome,
    budget: decision.budget,
    taken: decision.taken,
    overshoot: decision.overshoot,
  };
  const residualQuantity = plan.residualQuantity.minus(socializedQuantity);
  const again = { socializedQuantity, contributions, residualQuantity, outcome, budget, taken, overshoot };
  return isDeepStrictEqual(plainJson({ price: plan.settlementPrice, transfers, ...again }), then);
};
