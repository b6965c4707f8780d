import { decisionIdOf, type SafeguardDecision } from '#core/decision.ts';
import { judgedRatio, type SecurityInput } from '#core/insurance/security-to-value.ts';
import type { MarketState, MarkObservation } from '#core/market/market-state.ts';
import { isSecurityDue, withSecurity } from '#core/market/security-band.ts';
import type { EpochMs } from '#core/units/time.ts';
import type { LawPort } from '../ports/store-ports.ts';

export interface SecurityPorts extends LawPort {
  /** Everyone who holds a market, at the accepted marks, and its fund. */
  readonly loadSecurity: (marketId: string) => Promise<SecurityInput>;
}

export interface SecurityLook {
  readonly market: MarketState;
  /** Where the band changed, what is told of it. */
  readonly record: (waveId: string) => readonly SafeguardDecision[];
}

const NOTHING_TOLD = (): readonly SafeguardDecision[] => [];

/**
 * Looks at what stands behind a market at the mark that it is about to have, where the law asks for it and it is due. The market gets its band and, where the
 * law binds it to that, its status.
 */
export const lookAtSecurity = async (
  ports: SecurityPorts,
  market: MarketState,
  observation: MarkObservation,
  at: EpochMs,
): Promise<SecurityLook> => {
  const policy = ports.ruleSet.safeguards.securityToValue;
  if (policy === null || !isSecurityDue(market, policy, at)) return { market, record: NOTHING_TOLD };
  const { marketId } = market.terms;
  const input = await ports.loadSecurity(marketId);
  const marked = new Map([...input.marked, [marketId, { terms: market.terms, markPrice: observation.markPrice }]]);
  const looked = withSecurity(market, judgedRatio({ ...input, marked }, policy), policy, at);
  const before = market.security?.band ?? 'GREEN';
  const { security } = looked;
  if (security === null || security.band === before) return { market: looked, record: NOTHING_TOLD };
  return {
    market: looked,
    record: (waveId) => [
      {
        kind: 'SAFEGUARD',
        decisionId: decisionIdOf('SAFEGUARD', 'MARKET', marketId, observation.sequence),
        at,
        waveId,
        ruleSet: ports.ruleSet.reference,
        event: { subject: 'MARKET', marketId, before, band: security.band, ratio: security.ratio, status: looked.status },
      },
    ],
  };
};
