import { afterCase } from '#core/account/pool.ts';
import { type CommitOutcome, nextVersion, type Write } from '#core/commit.ts';
import { present } from '#core/invariant.ts';
import { advanceTo, type CaseState, isClosedOut, isLive, type LiquidationCase, withLeg } from '#core/liquidation/liquidation-case.ts';
import type { DeleveragePorts } from './deleverage.ts';
import { isWaiting, legOf, type ResidualInput } from './residual-input.ts';

const stateAfter = (liquidation: LiquidationCase): CaseState => {
  if (liquidation.legs.some((leg) => leg.awaitsDeleveraging)) return 'ADL_RUN';
  return isClosedOut(liquidation) ? 'CLOSED_ADL' : 'ADL_EXHAUSTED';
};

/** Ends a leg's run. When no leg waits any more the case closes, or stays open as exhausted: capacity was smaller than need. */
export const finishLeg = async (ports: DeleveragePorts, input: ResidualInput): Promise<CommitOutcome> => {
  const liquidation = present(await ports.loadCase(input.caseId), `case ${input.caseId} exists`);
  if (!isWaiting(liquidation, input)) return 'COMMITTED';
  const pool = present(await ports.loadPool(liquidation.poolId), `pool ${liquidation.poolId} exists`);
  const done = withLeg(liquidation, { ...legOf(liquidation, input), awaitsDeleveraging: false });
  const state = stateAfter(done);
  const writes: Write[] = [{ table: 'Cases', item: nextVersion(advanceTo(done, state), 'DELEVERAGE') }];
  if (state !== 'ADL_RUN') {
    writes.push({ table: 'Pools', item: nextVersion(afterCase(pool, isLive(state)), 'DELEVERAGE') });
  }
  return ports.commit(writes);
};
