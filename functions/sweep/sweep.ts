import { nextVersion, type Write } from '#core/commit.ts';
import type { LaneWave } from '#core/lane.ts';
import type { AttemptedCase, LiquidationCase } from '#core/liquidation/liquidation-case.ts';
import type { LiquidationOrder } from '#core/liquidation/order.ts';
import { type EpochMs, elapsedMs } from '#core/units/time.ts';
import type { Ring, Wave } from '#core/wave.ts';
import type { LanePort, WavePort, WritePort } from '../ports/store-ports.ts';

export interface SweepPorts extends LanePort, WavePort, WritePort {
  /** The liquidation orders of one attempt of a case, by `orderId`. */
  readonly loadOrders: (liquidation: AttemptedCase) => Promise<readonly LiquidationOrder[]>;
  /** Evaluates a rung pool: a ring cannot be put again while it is there, so its lost record is made good by doing what it asked for. */
  readonly evaluate: (ring: Ring, wave: Wave) => Promise<void>;
}

/** A wave older than this is looked after: streams deliver within seconds. */
export const WAVE_OVERDUE_MS = 60_000;

/** What the venue has to end an order after it expired, before the engine ends it: its last fills may still be on their way. */
export const ORDER_GRACE_MS = 30_000;

/** Rescues of one run; what is left waits a minute. A run of this many evaluations stays within its function's time. */
export const RESCUES_PER_RUN_MAX = 200;

/** What one run made good, by kind. `left` counts what the bound kept from it, `failed` says what could not be made good, each with its lane. */
export interface SweepReport {
  readonly lanesRung: number;
  readonly ringsEvaluated: number;
  readonly ordersExpired: number;
  readonly casesRung: number;
  readonly left: number;
  readonly failed: readonly string[];
}

type RescueKind = 'lanesRung' | 'ringsEvaluated' | 'ordersExpired' | 'casesRung';

/** One thing that is overdue, and how it is made good: true when it was, false when somebody else moved it meanwhile. */
interface Rescue {
  readonly kind: RescueKind;
  readonly make: () => Promise<boolean>;
}

const writing = (ports: SweepPorts, kind: RescueKind, write: Write): Rescue => ({
  kind,
  make: async () => (await ports.commit([write])) === 'COMMITTED',
});

/** Writes the lane again as it is: its record rings whoever moves lanes. */
const ringLane = async (ports: SweepPorts, { fundId, waveId }: LaneWave): Promise<boolean> => {
  const lane = await ports.loadLane(fundId);
  if (lane.waves[0]?.waveId !== waveId) return false;
  return (await ports.commit([{ table: 'Lanes', item: nextVersion(lane, 'OPERATOR') }])) === 'COMMITTED';
};

const laneRescue = (ports: SweepPorts, head: LaneWave): Rescue => ({ kind: 'lanesRung', make: () => ringLane(ports, head) });

const evaluateRescue = (ports: SweepPorts, ring: Ring, wave: Wave): Rescue => ({
  kind: 'ringsEvaluated',
  make: async () => {
    await ports.evaluate(ring, wave);
    return true;
  },
});

const caseRescue = (ports: SweepPorts, liquidation: LiquidationCase): Rescue =>
  writing(ports, 'casesRung', { table: 'Cases', item: nextVersion(liquidation, 'OPERATOR') });

/** Whether the venue has had its time with the order. Where only marks move the time, it has all the time there is. */
const isExpired = ({ expiresAt }: LiquidationOrder, now: EpochMs | null): boolean =>
  now !== null && elapsedMs(expiresAt, now) > ORDER_GRACE_MS;

const orderedRescues = async (ports: SweepPorts, liquidation: LiquidationCase, now: EpochMs | null): Promise<readonly Rescue[]> => {
  const orders = await ports.loadOrders(liquidation);
  const open = orders.filter((order) => order.status === 'NEW');
  if (open.length === 0) return [caseRescue(ports, liquidation)];
  return open
    .filter((order) => isExpired(order, now))
    .map((order) => writing(ports, 'ordersExpired', { table: 'Orders', item: nextVersion({ ...order, status: 'ENDED' }, 'OPERATOR') }));
};

/** What a rung wave without rings and nominations waits for: its orders, then its counterparties, else only to be told that it is done. */
const caseRescues = async (ports: SweepPorts, head: LaneWave, now: EpochMs | null): Promise<readonly Rescue[]> => {
  const cases = await ports.loadWaveCases(head.waveId);
  const ordered = cases.filter(({ state }) => state === 'ORDERED');
  const waiting = cases.find(({ state }) => state === 'ADL_WAIT' || state === 'ADL_RUN');
  if (ordered.length === 0) return [waiting === undefined ? laneRescue(ports, head) : caseRescue(ports, waiting)];
  const rescues: Rescue[] = [];
  for (const liquidation of ordered) rescues.push(...(await orderedRescues(ports, liquidation, now)));
  return rescues;
};

const rescuesOf = async (ports: SweepPorts, head: LaneWave, now: EpochMs | null): Promise<readonly Rescue[]> => {
  if (head.stage === 'QUEUED') return [laneRescue(ports, head)];
  const rings = await ports.loadRings(head.waveId);
  if (rings.length > 0) return rings.map((ring) => evaluateRescue(ports, ring, head));
  if ((await ports.loadNominations(head.waveId)).length > 0) return [laneRescue(ports, head)];
  return caseRescues(ports, head, now);
};

const isOverdue = ({ at }: Wave, now: EpochMs | null): boolean => now === null || elapsedMs(at, now) > WAVE_OVERDUE_MS;

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** One run, as it goes from lane to lane. */
class SweepRun {
  readonly #ports: SweepPorts;
  readonly #now: EpochMs | null;
  readonly #made: Record<RescueKind, number> = { lanesRung: 0, ringsEvaluated: 0, ordersExpired: 0, casesRung: 0 };
  readonly #failed: string[] = [];
  #budget = RESCUES_PER_RUN_MAX;
  #left = 0;

  constructor(ports: SweepPorts, now: EpochMs | null) {
    this.#ports = ports;
    this.#now = now;
  }

  async lane(fundId: string): Promise<void> {
    try {
      const lane = await this.#ports.loadLane(fundId);
      const head = lane.waves[0];
      if (lane.held || head === undefined || !isOverdue(head, this.#now)) return;
      await this.#make(fundId, await rescuesOf(this.#ports, head, this.#now));
    } catch (error) {
      // The other lanes are looked after all the same.
      this.#fail(fundId, error);
    }
  }

  #fail(fundId: string, error: unknown): void {
    this.#failed.push(`lane \`${fundId}\`: ${messageOf(error)}`);
  }

  async #make(fundId: string, rescues: readonly Rescue[]): Promise<void> {
    const now = rescues.slice(0, this.#budget);
    this.#left += rescues.length - now.length;
    for (const { kind, make } of now) {
      this.#budget -= 1;
      try {
        if (await make()) this.#made[kind] += 1;
      } catch (error) {
        // What stands behind it in the lane is made good all the same.
        this.#fail(fundId, error);
      }
    }
  }

  report(): SweepReport {
    return { ...this.#made, left: this.#left, failed: this.#failed };
  }
}

/**
 * Rings again what is overdue: the net under every lost record.
 *
 * Of each lane that nobody holds it looks at the first wave. An overdue one is brought on by one step: not rung, or all done — the lane is written again;
 * rings left — evaluated; orders that outlived their time — ended; an ordered case without open orders, or one that waits for counterparties — written
 * again. Everything is conditional, so that it never overtakes whoever is at work. `now` null: only marks move the time; then everything in line counts
 * as overdue, and no order expires.
 */
export const sweep =
  (ports: SweepPorts) =>
  async (fundIds: readonly string[], now: EpochMs | null): Promise<SweepReport> => {
    const run = new SweepRun(ports, now);
    for (const fundId of fundIds) await run.lane(fundId);
    return run.report();
  };
