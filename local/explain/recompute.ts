import type { Pool } from '#core/account/pool.ts';
import type { Counterparty } from '#core/adl/counterparty.ts';
import { type DeleveragingPlan, decideDeleveraging } from '#core/adl/decide-deleveraging.ts';
import { rankCounterparties, withoutAccount } from '#core/adl/rank-counterparties.ts';
import { residualOfValue } from '#core/adl/settlement-price.ts';
import { decideMargin } from '#core/liquidation/decide-margin.ts';
import { assessMargin } from '#core/margin/assess-margin.ts';
import type { MarkedMarkets } from '#core/market/marked-market.ts';
import type { Verdict } from '#core/policy.ts';
import { decimal } from '#core/units/decimal.ts';
import type { Price } from '#core/units/money.ts';
import { durationMs } from '#core/units/time.ts';
import { evaluateRules } from '#rule-sets/evaluate-rules.ts';
import { explainRules, type RuleExplanation } from '#rule-sets/explain-rules.ts';
import type { Facts } from '#rule-sets/facts.ts';
import { marginFacts } from '#rule-sets/margin-facts.ts';
import type { DecisionRecordFile } from './read-record.ts';
import type { RecordedDecision, RecordedPool } from './record-schema.ts';

type Recorded<Kind extends RecordedDecision['kind']> = Extract<RecordedDecision, { readonly kind: Kind }>;

/** What the record's inputs give when they are judged again. */
export interface Recomputed {
  readonly rules: readonly RuleExplanation[];
  readonly facts: Facts;
  readonly recomputes: boolean;
}

const poolOf = (recorded: RecordedPool): Pool => ({ ...recorded, guards: [], deferredSince: null, version: 0, lastWriter: 'RECORD' });

const markedAt = (record: DecisionRecordFile, marks: Readonly<Record<string, Price>>): MarkedMarkets =>
  new Map(
    Object.entries(marks).flatMap(([marketId, markPrice]) => {
      const terms = record.terms.get(marketId);
      return terms === undefined ? [] : [[marketId, { terms, markPrice }] as const];
    }),
  );

const sameVerdicts = (now: readonly Verdict<unknown>[], then: readonly { readonly rule: string; readonly outcome: string }[]): boolean =>
  now.length === then.length &&
  now.every((verdict, index) => verdict.rule === then[index]?.rule && verdict.outcome === then[index]?.outcome);

const MS_PER_SECOND = 1000;

/** Assesses the recorded pool at the recorded marks and asks the rules again. A refusal (a leg without a fit mark) stands as it was recorded. */
export const recomputeMargin = async (record: DecisionRecordFile, decision: Recorded<'MARGIN'>): Promise<Recomputed> => {
  const { pool, marks, markAgeSeconds } = decision.inputs;
  const wasRefused = decision.choice.kind === 'REFUSED';
  const assessed = assessMargin(poolOf(pool), markedAt(record, marks));
  if (!assessed.ok || wasRefused)
    return { rules: explainRules(record.ruleSet.margin.rules, new Map()), facts: new Map(), recomputes: wasRefused };
  const facts = marginFacts(assessed.value, durationMs(markAgeSeconds.times(MS_PER_SECOND).toNumber()));
  const verdicts = await evaluateRules(record.ruleSet.margin.rules, facts);
  const choice = decideMargin(assessed.value, verdicts);
  const recomputes = sameVerdicts(verdicts, decision.verdicts) && choice.kind === decision.choice.kind;
  return { rules: explainRules(record.ruleSet.margin.rules, facts), facts, recomputes };
};

const NUMBER = /^-?\d+(\.\d+)?$/;

/** Asks the shortfall rules again about the recorded facts. */
export const recomputeShortfall = async (record: DecisionRecordFile, decision: Recorded<'SHORTFALL'>): Promise<Recomputed> => {
  const facts: Facts = new Map(Object.entries(decision.facts).map(([name, text]) => [name, NUMBER.test(text) ? decimal(text) : text]));
  const verdicts = await evaluateRules(record.ruleSet.shortfall.rules, facts);
  return { rules: explainRules(record.ruleSet.shortfall.rules, facts), facts, recomputes: sameVerdicts(verdicts, decision.verdicts) };
};

const counterpartiesOf = (record: DecisionRecordFile, ranking: Recorded<'RANKING'>): readonly Counterparty[] => {
  const marked = markedAt(record, ranking.marks);
  return ranking.pools.flatMap((recorded) => {
    const assessment = assessMargin(poolOf(recorded), marked);
    if (!assessment.ok) return [];
    const assessed = assessment.value.positions.find(
      ({ position }) => position.marketId === ranking.marketId && position.side === ranking.side,
    );
    return assessed === undefined ? [] : [{ assessment: assessment.value, assessed, inLiquidation: recorded.caseId !== null }];
  });
};

/** Ranks the recorded counterparties and allocates the recorded residual again. null where the residual had no positive price. */
export const recomputePlan = (
  record: DecisionRecordFile,
  ranking: Recorded<'RANKING'>,
  decision: Recorded<'DELEVERAGING'>,
): DeleveragingPlan | null => {
  const terms = record.terms.get(decision.marketId);
  if (terms === undefined) return null;
  const { inputs } = decision;
  const residual = residualOfValue(terms, decision.side, inputs.quantity, inputs.bankruptcyValue);
  if (residual === null) return null;
  const policy = record.ruleSet.deleveraging;
  const ranked = rankCounterparties(counterpartiesOf(record, ranking), policy);
  return decideDeleveraging({
    residual,
    markPrice: decision.markPrice,
    ranking: withoutAccount(ranked, policy, decision.accountId),
    remaining: new Map(Object.entries(inputs.remaining)),
  });
};

/** Whether a plan made again transfers what was recorded, to the last digit. */
export const samePlan = (plan: DeleveragingPlan | null, decision: Recorded<'DELEVERAGING'>): boolean => {
  if (plan === null) return decision.transfers.length === 0;
  return (
    plan.residualQuantity.toFixed() === decision.residualQuantity &&
    plan.transfers.length === decision.transfers.length &&
    plan.transfers.every((transfer, index) => {
      const then = decision.transfers[index];
      return (
        then?.poolId === transfer.poolId && then.quantity === transfer.quantity.toFixed() && then.haircut === transfer.haircut.toFixed()
      );
    })
  );
};
