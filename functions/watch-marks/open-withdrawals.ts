import { isGateOver } from '#core/account/withdrawal-gate.ts';
import type { Write } from '#core/commit.ts';
import type { EpochMs } from '#core/units/time.ts';
import type { GatePort, LawPort } from '../ports/store-ports.ts';

/** Opens withdrawals of an asset again whose time is over. Nobody looks under a law that closes none. */
export const openedGates = async (ports: GatePort & LawPort, asset: string, now: EpochMs): Promise<readonly Write[]> => {
  if (ports.ruleSet.safeguards.withdrawalGate === null) return [];
  const gate = await ports.loadGate(asset);
  return gate !== null && isGateOver(gate, now) ? [{ table: 'Gates', action: 'REMOVE', item: gate }] : [];
};
