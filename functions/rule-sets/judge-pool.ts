import { dueGuards, type Guard, type Pool } from '#core/account/pool.ts';
import type { MarginDecision } from '#core/decision.ts';
import { decideInCourse } from '#core/liquidation/decide-in-course.ts';
import { isOpening, type MarginChoice } from '#core/liquidation/decide-margin.ts';
import { assessMargin, type MarginAssessment } from '#core/margin/assess-margin.ts';
import { issueGuards } from '#core/margin/guards.ts';
import { markDefect, oldestMarkAge } from '#core/market/mark-freshness.ts';
import { markedMarkets } from '#core/market/marked-market.ts';
import type { MarketState } from '#core/market/market-state.ts';
import type { MarginEvent, Verdict } from '#core/policy.ts';
import { Decimal } from '#core/units/decimal.ts';
import type { Quantity } from '#core/units/money.ts';
import type { EpochMs } from '#core/units/time.ts';
import { decideByBoth, decideByRules } from './decide-by-rules.ts';
import type { Facts } from './facts.ts';
import { guardAtoms } from './guard-atoms.ts';
import { marginFacts } from './margin-facts.ts';
import type { RuleSet } from './rule-set.ts';

/** What one look at a pool found. */
export interface PoolJudgement {
  readonly inputs: MarginDecision['inputs'];
  readonly facts: Facts;
  readonly verdicts: readonly Verdict<MarginEvent>[];
  readonly choice: MarginChoice;
  readonly guards: readonly Guard[];
}

const MS_PER_SECOND = 1000;

/** Contracts open in each of the markets that told them. */
const openInterestOf = (markets: readonly MarketState[]): ReadonlyMap<string, Quantity> =>
  new Map(
    markets.flatMap(({ terms, accepted }) =>
      accepted?.openInterest === undefined ? [] : [[terms.marketId, accepted.openInterest] as const],
    ),
  );

const inputsOf = (pool: Pool, markets: readonly MarketState[], now: EpochMs): MarginDecision['inputs'] => {
  const openInterest = openInterestOf(markets);
  return {
    pool,
    marks: new Map(markets.flatMap(({ terms, accepted }) => (accepted === null ? [] : [[terms.marketId, accepted.markPrice] as const]))),
    ...(openInterest.size === 0 ? {} : { openInterest }),
    markAgeSeconds: new Decimal(oldestMarkAge(markets, now)).div(MS_PER_SECOND),
  };
};

/** Every rule errs: a pool that cannot be valued is never called safe. */
const refuse = (ruleSet: RuleSet, pool: Pool, markets: readonly MarketState[], now: EpochMs, reason: string): PoolJudgement => ({
  inputs: inputsOf(pool, markets, now),
  facts: new Map(),
  verdicts: ruleSet.margin.rules
    .map(({ name, priority, event }): Verdict<MarginEvent> => ({ rule: name, priority, event, outcome: 'ERROR', error: reason }))
    .sort((a, b) => b.priority - a.priority),
  choice: { kind: 'REFUSED', reason },
  guards: dueGuards(pool),
});

const guardsAfter = (ruleSet: RuleSet, assessment: MarginAssessment, facts: Facts, choice: MarginChoice): readonly Guard[] =>
  isOpening(choice) || choice.kind === 'REFUSED'
    ? dueGuards(assessment.pool)
    : issueGuards(assessment, guardAtoms(ruleSet.margin.rules, facts));

/**
 * Judges a pool at the accepted marks: assessment → facts → verdicts → choice → guards. Reads nothing, writes nothing.
 * A leg without an accepted mark, or with one older than the rule set allows, makes every verdict `ERROR` and the choice `REFUSED`.
 */
export const judgePool = async (ruleSet: RuleSet, pool: Pool, markets: readonly MarketState[], now: EpochMs): Promise<PoolJudgement> => {
  const defect = markDefect(markets, ruleSet.safeguards, now);
  if (defect !== null) return refuse(ruleSet, pool, markets, now, `${defect.kind} in market \`${defect.marketId}\``);
  const assessment = assessMargin(pool, markedMarkets(markets));
  if (!assessment.ok) return refuse(ruleSet, pool, markets, now, `${assessment.refusal.kind} in market \`${assessment.refusal.marketId}\``);
  const facts = marginFacts(assessment.value, oldestMarkAge(markets, now));
  // An insolvent pool closes whole even where every rule is silent: something follows, so the rule engine is asked.
  const decide = assessment.value.insolvent ? decideByBoth : decideByRules;
  const verdicts = await decide(ruleSet.margin.rules, facts);
  const choice = decideInCourse(assessment.value, verdicts, ruleSet.margin.execution);
  return { inputs: inputsOf(pool, markets, now), facts, verdicts, choice, guards: guardsAfter(ruleSet, assessment.value, facts, choice) };
};
