import { factText } from '#rule-sets/conditions.ts';
import type { RuleExplanation } from '#rule-sets/explain-rules.ts';
import { recomputeSafeguard, safeguardTexts } from './explain-safeguard.ts';
import { placeTexts, scoreText } from './queue-in-words.ts';
import { type DecisionRecordFile, decisionsIn } from './read-record.ts';
import { queueOf, type Recomputed, type Recorded, recomputeMargin, recomputePlan, recomputeShortfall, samePlan } from './recompute.ts';
import { recomputeMark } from './recompute-mark.ts';
import { recomputeOpening } from './recompute-opening.ts';
import type { RecordedDecision } from './record-schema.ts';

/** What is said about one decision, and whether its record gives it again. */
export interface DecisionExplanation {
  /** What was decided, in sentences. */
  readonly says: readonly string[];
  readonly facts: Readonly<Record<string, string>>;
  readonly rules: readonly RuleExplanation[];
  /** Whether the recorded inputs give the recorded outcome again. */
  readonly recomputes: boolean;
}

const withoutRules = (says: readonly string[], recomputes: boolean): DecisionExplanation => ({ says, facts: {}, rules: [], recomputes });

const byRules = (says: readonly string[], { facts, rules, recomputes }: Recomputed): DecisionExplanation => ({
  says,
  facts: Object.fromEntries([...facts].map(([name, value]) => [name, factText(value)])),
  rules,
  recomputes,
});

const PRICE_DIGITS = 12;

const explainRanking = (record: DecisionRecordFile, ranking: Recorded<'RANKING'>): DecisionExplanation => {
  const queue = queueOf(record, ranking);
  const head = `${queue.length} ${ranking.side} positions of ${ranking.marketId} were ranked`;
  return withoutRules([head, ...placeTexts(queue)], true);
};

const explainDeleveraging = (record: DecisionRecordFile, decision: Recorded<'DELEVERAGING'>): DecisionExplanation => {
  const [ranking] = decisionsIn(record, `"decisionId":"${decision.rankingId}"`, (each) => each.kind === 'RANKING');
  const plan = ranking?.kind === 'RANKING' ? recomputePlan(record, ranking, decision) : null;
  const queue = plan?.ranking ?? [];
  const says = [
    `${decision.side} ${decision.inputs.quantity.toFixed()} ${decision.marketId} of ${decision.poolId} at ${decision.price?.toSignificantDigits(PRICE_DIGITS).toFixed() ?? 'no price'}, mark ${decision.markPrice.toFixed()}`,
    ...(plan?.transfers ?? []).map((transfer) => {
      const index = queue.findIndex((each) => each.poolId === transfer.poolId);
      const score = scoreText(queue[index]?.score ?? null);
      return `${transfer.poolId} gives ${transfer.quantity.toFixed()}: place ${index + 1} of the queue, score ${score}, haircut ${transfer.haircut.toFixed()}`;
    }),
    ...decision.contributions.map(({ poolId, amount }) => `${poolId} pays ${amount} of the loss that is shared out`),
    ...(decision.contributions.length === 0 ? [] : [`${decision.socializedQuantity} closed at the mark with what was paid`]),
    `residual ${decision.residualQuantity}${decision.outcome === 'COVERED' ? '' : `: ${decision.outcome}`}`,
  ];
  return withoutRules(says, samePlan(record, plan, decision));
};

const explainOpening = async (record: DecisionRecordFile, decision: Recorded<'OPENING'>): Promise<DecisionExplanation> => {
  const { caseId, outcome, deferral, because } = decision;
  const [margin] = decisionsIn(record, `"decisionId":"${because}"`, (each) => each.kind === 'MARGIN');
  const says = [
    `case ${caseId}: ${outcome}${deferral === null ? '' : ` because of ${deferral}`}, on ${because}`,
    ...decision.orders.map(
      (order) =>
        `close ${order.positionSide} ${order.quantity.toFixed()} ${order.marketId} at ${order.limitPrice.toFixed()} or better, ${order.reserved.toFixed()} reserved in the fund`,
    ),
  ];
  return withoutRules(says, margin?.kind === 'MARGIN' && (await recomputeOpening(record, decision, margin)));
};

const marginText = ({ poolId, choice }: Recorded<'MARGIN'>): string => {
  const reason = choice.kind === 'REFUSED' && typeof choice.reason === 'string' ? `, ${choice.reason}` : '';
  return `pool ${poolId}: ${choice.kind}${reason}`;
};

const markTexts = ({ observation, before, verdict }: Recorded<'MARK'>): readonly string[] => {
  const waited =
    before.pending === null
      ? []
      : [`${before.pending.observation.markPrice.toFixed()} waited with ${before.pending.confirmations} confirmations`];
  const against = before.accepted === null ? ['no mark was accepted before'] : [`the mark was ${before.accepted.markPrice.toFixed()}`];
  return [
    `mark ${observation.markPrice.toFixed()} of ${observation.marketId} (index ${observation.indexPrice.toFixed()}): ${verdict.kind} ${verdict.reason ?? ''}`.trim(),
    [...against, ...waited].join(', '),
  ];
};

/** Makes a recorded decision again and says why it is as it is. */
export const explainDecision = async (record: DecisionRecordFile, decision: RecordedDecision): Promise<DecisionExplanation> => {
  switch (decision.kind) {
    case 'MARGIN':
      return byRules([marginText(decision)], await recomputeMargin(record, decision));
    case 'SHORTFALL':
      return byRules(
        [`case ${decision.caseId}, ${decision.side} ${decision.marketId}: ${decision.state}`],
        await recomputeShortfall(record, decision),
      );
    case 'DELEVERAGING':
      return explainDeleveraging(record, decision);
    case 'OPENING':
      return explainOpening(record, decision);
    case 'RANKING':
      return explainRanking(record, decision);
    case 'MARK':
      return withoutRules(markTexts(decision), recomputeMark(record, decision));
    case 'SAFEGUARD':
      return withoutRules(safeguardTexts(decision), recomputeSafeguard(record, decision));
  }
};
