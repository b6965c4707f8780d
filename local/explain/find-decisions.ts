import { type DecisionRecordFile, decisionsIn } from './read-record.ts';
import type { Recorded } from './recompute.ts';
import type { RecordedDecision } from './record-schema.ts';

/** `caseId` and what follows it: `BTC-USDT#LONG#1`, `CANCEL#1` or `ADL#3` for an order, nothing for the case itself. */
interface CaseReference {
  readonly caseId: string;
  readonly order: readonly string[];
}

const CASE = /^(.+#(?:CROSS#[^#]+|ISOLATED#[^#]+#(?:LONG|SHORT))#\d+)(?:#(.+))?$/;

const caseReferenceIn = (id: string): CaseReference | null => {
  const [, caseId, order] = CASE.exec(id) ?? [];
  return caseId === undefined ? null : { caseId, order: order?.split('#') ?? [] };
};

const isAttempt = (decision: RecordedDecision): decision is Recorded<'OPENING'> =>
  decision.kind === 'OPENING' && (decision.outcome === 'OPENED' || decision.outcome === 'REATTEMPTED');

/** The decision of a case that made its n-th deleveraging order: they are numbered from 1 through all plans of the case. */
const planOfOrder = (ofCase: readonly RecordedDecision[], orderNumber: number): readonly RecordedDecision[] => {
  let before = 0;
  for (const decision of ofCase) {
    if (decision.kind !== 'DELEVERAGING') continue;
    if (orderNumber > before && orderNumber <= before + decision.transfers.length) return [decision];
    before += decision.transfers.length;
  }
  return [];
};

/** The decisions of a case that one of its orders rests on; none for an order that the case never sent. */
const ofOrder = (ofCase: readonly RecordedDecision[], { caseId, order }: CaseReference): readonly RecordedDecision[] => {
  const [first = '', second = '', third] = order;
  if (first === 'ADL' && third === undefined) return planOfOrder(ofCase, Number(second));
  const isCancel = first === 'CANCEL' && third === undefined;
  const opening = ofCase.filter(isAttempt).at(Number(isCancel ? second : third) - 1);
  const isSent = isCancel || opening?.orders.some((each) => each.marketId === first && each.positionSide === second) === true;
  if (opening === undefined || !isSent) return [];
  const shortfallId = ['SHORTFALL', caseId, ...order].join('#');
  return [opening, ...ofCase.filter((decision) => decision.decisionId === shortfallId)];
};

/** Puts before each opening the evaluation that led to it. */
const withCauses = (record: DecisionRecordFile, decisions: readonly RecordedDecision[]): readonly RecordedDecision[] => {
  const openings = decisions.filter((decision) => decision.kind === 'OPENING');
  const causes = new Set(openings.map((opening) => opening.because));
  const poolId = openings[0]?.poolId;
  if (poolId === undefined) return decisions;
  const margins = decisionsIn(record, poolId, ({ decisionId }) => causes.has(decisionId));
  return decisions.flatMap((decision) => [
    ...margins.filter(({ decisionId }) => decision.kind === 'OPENING' && decisionId === decision.because),
    decision,
  ]);
};

const ofCaseOrOrder = (record: DecisionRecordFile, reference: CaseReference): readonly RecordedDecision[] => {
  const ofCase = decisionsIn(record, reference.caseId, (each) => 'caseId' in each && each.caseId === reference.caseId);
  return withCauses(record, reference.order.length === 0 ? ofCase : ofOrder(ofCase, reference));
};

const isAboutPool = (decision: RecordedDecision, poolId: string): boolean => {
  if (decision.kind === 'RANKING' || decision.kind === 'MARK') return false;
  if (decision.kind === 'SAFEGUARD') return decision.event.subject === 'WITHDRAWALS' && decision.event.poolId === poolId;
  return decision.poolId === poolId || (decision.kind === 'DELEVERAGING' && decision.transfers.some((each) => each.poolId === poolId));
};

/**
 * The decisions of a record that an id is about, in the order they were taken: the decision itself; all of a case with the evaluations that opened it; what an
 * order rests on; or all about a pool, its part in the deleveraging of others included. None for an id that the record does not know.
 */
export const decisionsAbout = (record: DecisionRecordFile, id: string): readonly RecordedDecision[] => {
  const named = decisionsIn(record, `"decisionId":${JSON.stringify(id)}`, ({ decisionId }) => decisionId === id);
  if (named.length > 0) return named;
  const ofPool = decisionsIn(record, id, (decision) => isAboutPool(decision, id));
  if (ofPool.length > 0) return ofPool;
  const reference = caseReferenceIn(id);
  return reference === null ? [] : ofCaseOrOrder(record, reference);
};
