import { dueGuards, type Pool } from '#core/account/pool.ts';
import { collect, contributionsLeft } from '#core/adl/settle-socialized.ts';
import type { Contribution, Socialization } from '#core/adl/socialize.ts';
import { nextVersion, type Write } from '#core/commit.ts';
import { present } from '#core/invariant.ts';
import { withLeg } from '#core/liquidation/liquidation-case.ts';
import { sum } from '#core/units/decimal.ts';
import { money } from '#core/units/money.ts';
import type { ChunkOutcome } from './commit-chunk.ts';
import type { DeleveragePorts } from './deleverage.ts';
import { isWaiting, legOf, type ResidualInput } from './residual-input.ts';

/** Contributions in one transaction: each takes a pool and a journal entry beside the case, and hint rows have to find room. */
const CONTRIBUTIONS_PER_CHUNK_MAX = 30;

interface Payment {
  readonly contribution: Contribution;
  readonly pool: Pool;
}

/** The next payments, up to the first pool that cannot be asked any more: one in liquidation is frozen, and its part stays open. */
const nextPayments = async (ports: DeleveragePorts, contributions: readonly Contribution[]): Promise<readonly Payment[]> => {
  const chunk = contributions.slice(0, CONTRIBUTIONS_PER_CHUNK_MAX);
  const pools = await Promise.all(chunk.map(({ poolId }) => ports.loadPool(poolId)));
  const payments: Payment[] = [];
  for (const [index, contribution] of chunk.entries()) {
    const pool = pools[index] ?? null;
    if (pool === null || pool.caseId !== null) break;
    payments.push({ contribution, pool });
  }
  return payments;
};

/**
 * Collects the next contributions of a socialized loss: pools, entries, and the case, whose leg says how much has come in. Each chunk alone conserves value;
 * repeated after a crash it goes on where the leg stands and takes nothing twice.
 */
export const collectChunk = async (ports: DeleveragePorts, input: ResidualInput, socialization: Socialization): Promise<ChunkOutcome> => {
  const liquidation = present(await ports.loadCase(input.caseId), `case ${input.caseId} exists`);
  if (!isWaiting(liquidation, input)) return 'DONE';
  const leg = legOf(liquidation, input);
  const payments = await nextPayments(ports, contributionsLeft(socialization, leg));
  if (payments.length === 0) return 'DONE';
  const collected = sum(payments.map(({ contribution }) => contribution.amount));
  const moved = withLeg(liquidation, { ...leg, contributed: money(leg.contributed.plus(collected)) });
  const writes = payments.flatMap(({ contribution, pool }): Write[] => {
    const paid = collect({ liquidation, leg }, pool, contribution);
    const released = nextVersion({ ...paid.pool, guards: dueGuards(paid.pool) }, 'DELEVERAGE');
    return [
      { table: 'Pools', item: released },
      { table: 'Journal', entry: paid.entry },
    ];
  });
  return ports.commit([{ table: 'Cases', item: nextVersion(moved, 'DELEVERAGE') }, ...writes]);
};
