import { existsSync } from 'node:fs';
import { z } from 'zod';
import { factText } from '#rule-sets/conditions.ts';
import type { RuleExplanation } from '#rule-sets/explain-rules.ts';
import { badFile } from '../bad-input.ts';
import { readText } from '../read-input.ts';
import { NEWEST_REPLAY_FILE } from '../replay/write-report.ts';
import { type DecisionRecordFile, decisionsIn, readRecord } from './read-record.ts';
import { recomputeMargin, recomputePlan, recomputeShortfall, samePlan } from './recompute.ts';
import type { RecordedDecision } from './record-schema.ts';

/** One decision, made again from its record. */
export interface Explanation {
  readonly decisionId: string;
  readonly kind: RecordedDecision['kind'];
  /** ISO 8601. */
  readonly at: string;
  readonly record: string;
  readonly ruleSet: { readonly id: string; readonly version: string; readonly hash: string };
  /** What was decided, in sentences. */
  readonly says: readonly string[];
  readonly facts: Readonly<Record<string, string>>;
  readonly rules: readonly RuleExplanation[];
  /** Whether the recorded inputs give the recorded outcome again. */
  readonly recomputes: boolean;
}

type Body = Pick<Explanation, 'says' | 'facts' | 'rules' | 'recomputes'>;

const noRules = (says: readonly string[], recomputes = true): Body => ({ says, facts: {}, rules: [], recomputes });

const textsOf = (facts: ReadonlyMap<string, Parameters<typeof factText>[0]>): Readonly<Record<string, string>> =>
  Object.fromEntries([...facts].map(([name, value]) => [name, factText(value)]));

const explainDeleveraging = (record: DecisionRecordFile, decision: Extract<RecordedDecision, { kind: 'DELEVERAGING' }>): Body => {
  const [ranking] = decisionsIn(record, `"decisionId":"${decision.rankingId}"`, (each) => each.kind === 'RANKING');
  const plan = ranking?.kind === 'RANKING' ? recomputePlan(record, ranking, decision) : null;
  const says = [
    `${decision.side} ${decision.inputs.quantity.toFixed()} ${decision.marketId} of ${decision.poolId} at ${decision.price?.toFixed() ?? 'no price'}, mark ${decision.markPrice.toFixed()}`,
    ...(plan?.transfers ?? []).map((transfer) => {
      const place = (plan?.ranking ?? []).findIndex((each) => each.poolId === transfer.poolId) + 1;
      const score = plan?.ranking[place - 1]?.score?.toSignificantDigits(8).toFixed() ?? '—';
      return `${transfer.poolId} gives ${transfer.quantity.toFixed()}: place ${place} of the queue, score ${score}, haircut ${transfer.haircut.toFixed()}`;
    }),
    `residual ${decision.residualQuantity}`,
  ];
  return noRules(says, samePlan(plan, decision));
};

const explainOpening = (decision: Extract<RecordedDecision, { kind: 'OPENING' }>): Body =>
  noRules([
    `case ${decision.caseId}: ${decision.outcome}${decision.deferral === null ? '' : ` because of ${decision.deferral}`}, on ${decision.because}`,
    ...decision.orders.map(
      (order) =>
        `close ${order.positionSide} ${order.quantity} ${order.marketId} at ${order.limitPrice} or better, ${order.reserved} reserved in the fund`,
    ),
  ]);

const explainBody = async (record: DecisionRecordFile, decision: RecordedDecision): Promise<Body> => {
  switch (decision.kind) {
    case 'MARGIN': {
      const { rules, facts, recomputes } = await recomputeMargin(record, decision);
      return { says: [`pool ${decision.poolId}: ${decision.choice.kind}`], facts: textsOf(facts), rules, recomputes };
    }
    case 'SHORTFALL': {
      const { rules, facts, recomputes } = await recomputeShortfall(record, decision);
      const says = [`case ${decision.caseId}, ${decision.side} ${decision.marketId}: ${decision.state}`];
      return { says, facts: textsOf(facts), rules, recomputes };
    }
    case 'DELEVERAGING':
      return explainDeleveraging(record, decision);
    case 'OPENING':
      return explainOpening(decision);
    case 'RANKING':
      return noRules([`${decision.pools.length} ${decision.side} positions of ${decision.marketId} were ranked`]);
    case 'MARK': {
      const { observation, verdict } = decision;
      return noRules([`mark ${observation.markPrice} of ${observation.marketId}: ${verdict.kind} ${verdict.reason ?? ''}`.trim()]);
    }
  }
};

const isAbout = (decision: RecordedDecision, id: string): boolean => {
  if (decision.decisionId === id) return true;
  if (decision.kind === 'RANKING' || decision.kind === 'MARK') return false;
  const caseId = 'caseId' in decision ? decision.caseId : null;
  const isTransferred = decision.kind === 'DELEVERAGING' && decision.transfers.some(({ poolId }) => poolId === id);
  return decision.poolId === id || caseId === id || (caseId !== null && id.startsWith(`${caseId}#`)) || isTransferred;
};

/** An order's id begins with its case's. */
const needleOf = (id: string): string => /^(.*#(?:CROSS#[^#]+|ISOLATED#[^#]+#(?:LONG|SHORT))#\d+)#/.exec(id)?.[1] ?? id;

/** The records beside the newest replay's report. Throws `BadInput` when no replay was made here. */
export const newestRecords = (): readonly string[] => {
  if (!existsSync(NEWEST_REPLAY_FILE))
    throw badFile('--from', 'no replay was made in this folder yet: name a record, or run `adl replay` first');
  return z.object({ records: z.array(z.string()) }).parse(JSON.parse(readText(NEWEST_REPLAY_FILE))).records;
};

/**
 * Explains every recorded decision that an id is about: the decision itself, or all of a case, an order or a pool, in the order they were taken.
 * Throws `BadInput` when no record knows the id.
 */
export const explainFrom = async (files: readonly string[], id: string): Promise<readonly Explanation[]> => {
  const explanations: Explanation[] = [];
  for (const file of files) {
    const record = readRecord(file);
    for (const decision of decisionsIn(record, needleOf(id), (each) => isAbout(each, id))) {
      const { decisionId, kind, at, ruleSet } = decision;
      explanations.push({
        decisionId,
        kind,
        at: new Date(at).toISOString(),
        record: file,
        ruleSet,
        ...(await explainBody(record, decision)),
      });
    }
  }
  if (explanations.length === 0) throw badFile(id, `expected the id of a decision, case, order or pool in ${files.join(', ')}`);
  return explanations;
};
