import type { Decision } from '#core/decision.ts';
import type { LiquidationCase } from '#core/liquidation/liquidation-case.ts';

/** Cases in the order in which they were opened, as the decisions in order tell; what none of them tells of comes last. */
export const inOrderOfOpening = (
  cases: ReadonlyMap<string, LiquidationCase>,
  decisions: readonly Decision[],
): Map<string, LiquidationCase> => {
  const opened = new Map<string, LiquidationCase>();
  for (const decision of decisions) {
    const liquidation = decision.kind === 'OPENING' ? cases.get(decision.caseId) : undefined;
    if (liquidation !== undefined) opened.set(liquidation.caseId, liquidation);
  }
  for (const [caseId, liquidation] of cases) if (!opened.has(caseId)) opened.set(caseId, liquidation);
  return opened;
};
