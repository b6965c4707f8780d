import { closedGate } from '#core/account/withdrawal-gate.ts';
import { nextVersion, type Write } from '#core/commit.ts';
import { decisionIdOf, type SafeguardDecision } from '#core/decision.ts';
import type { Opening, OpenPorts } from './open-wave.ts';

/**
 * Closes withdrawals of a pool's asset where the pool is below zero and the law asks for it, at every mark that finds it so, whether its case opens, is put off
 * or goes on: the time runs from the last of them. A gate that is closed for as long already stays as it is.
 */
export const gateWrites = async (ports: OpenPorts, { assessment, wave }: Opening): Promise<readonly Write[]> => {
  const policy = ports.ruleSet.safeguards.withdrawalGate;
  const { pool, marginBalance } = assessment;
  if (policy === null || !marginBalance.lt(0)) return [];
  const gate = await ports.loadGate(pool.settlementAsset);
  const closed = closedGate(gate, pool.settlementAsset, policy, wave.at);
  if (closed === gate) return [];
  const decision: SafeguardDecision = {
    kind: 'SAFEGUARD',
    decisionId: decisionIdOf('SAFEGUARD', 'WITHDRAWALS', pool.poolId, wave.waveId),
    at: wave.at,
    waveId: wave.waveId,
    ruleSet: ports.ruleSet.reference,
    event: { subject: 'WITHDRAWALS', asset: pool.settlementAsset, poolId: pool.poolId, closedUntil: closed.closedUntil },
  };
  return [
    { table: 'Gates', action: 'PUT', item: nextVersion(closed, 'OPEN') },
    { table: 'Decisions', decision },
  ];
};
