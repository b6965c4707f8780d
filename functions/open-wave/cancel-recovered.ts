import { type CommitOutcome, nextVersion } from '#core/commit.ts';
import { advanceTo, type LiquidationCase } from '#core/liquidation/liquidation-case.ts';
import type { Opening, OpenPorts } from './open-wave.ts';
import { openingWrites } from './opening-record.ts';

/** Ends a waiting case whose pool recovered before the next attempt; what it had closed stays closed. */
export const cancelRecovered = (ports: OpenPorts, opening: Opening, liquidation: LiquidationCase): Promise<CommitOutcome> =>
  ports.commit([
    { table: 'Cases', item: nextVersion(advanceTo(liquidation, 'CANCELLED'), 'OPEN') },
    { table: 'Pools', item: nextVersion({ ...opening.assessment.pool, caseId: null }, 'SETTLE') },
    ...openingWrites(opening, ports.ruleSet.reference, {
      caseId: liquidation.caseId,
      outcome: 'CANCELLED',
      deferral: null,
      legs: liquidation.legs,
      orders: [],
    }),
  ]);
