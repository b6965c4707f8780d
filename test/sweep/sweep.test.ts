import { describe, expect, it } from 'vitest';
import { nextVersion } from '#core/commit.ts';
import { present } from '#core/invariant.ts';
import type { LiquidationOrder } from '#core/liquidation/order.ts';
import { type EpochMs, epochMs } from '#core/units/time.ts';
import { evaluateMargin } from '#functions/evaluate-margin/evaluate-margin.ts';
import { ORDER_GRACE_MS, RESCUES_PER_RUN_MAX, type SweepPorts, sweep, WAVE_OVERDUE_MS } from '#functions/sweep/sweep.ts';
import type { RuleSet } from '#rule-sets/rule-set.ts';
import { byStreams, inProcess } from '../handlers/crash.ts';
import { MemoryStreams } from '../handlers/memory-streams.ts';
import type { Delivery } from '../handlers/stream-records.ts';
import { booksOf, observationsOf, violationsOf } from '../support/delivery.ts';
import { HOUSE, seconds } from '../support/small-law.ts';
import { inputsOf, second } from '../support/small-venue.ts';

const AT = second('0');
const LATE = epochMs(AT + WAVE_OVERDUE_MS + 1);
const VENUE = { accounts: 'a1 | 50 | LONG 10 AAA 100\n a2 | 500 | SHORT 10 AAA 100', fund: '100', marks: '0 | 94 | -' };

const portsOf = (streams: MemoryStreams, changes: Partial<SweepPorts> = {}): SweepPorts => {
  const { ports } = streams.delivery;
  return { ...ports, evaluate: evaluateMargin(ports), ...changes };
};

const swept = (streams: MemoryStreams, now: EpochMs | null, changes: Partial<SweepPorts> = {}) =>
  sweep(portsOf(streams, changes))(['usdt'], now);

/** The machine with the mark delivered, but nothing that a function of these names would have been rung by. */
const without = (...names: string[]) => under(HOUSE, ...names);

const under = async (law: RuleSet, ...names: string[]) => {
  const inputs = inputsOf(VENUE, law);
  const streams = new MemoryStreams(inputs, { isLost: ({ to }) => names.includes(to.name) });
  for (const observation of inputs.groups.flatMap(observationsOf)) streams.observe(observation);
  await streams.drain();
  return streams;
};

/** Orders live longer than a wave takes to be overdue. */
const PATIENT: RuleSet = { ...HOUSE, margin: { ...HOUSE.margin, execution: { ...HOUSE.margin.execution, orderTimeToLive: seconds(300) } } };

const NOTHING = { lanesRung: 0, ringsEvaluated: 0, ordersExpired: 0, casesRung: 0, left: 0, failed: [] };
const order = (streams: MemoryStreams): LiquidationOrder =>
  present([...streams.delivery.store.tables.Orders.values()].flatMap((each) => (each.kind === 'LIQUIDATION' ? [each] : []))[0], 'order');

describe('a sweep', () => {
  it('leaves a wave alone that is not overdue', async () => {
    const streams = await without('evaluate-margin');
    expect(await swept(streams, epochMs(AT + WAVE_OVERDUE_MS))).toEqual(NOTHING);
  });

  it('leaves a held lane alone', async () => {
    const streams = await without('evaluate-margin');
    const lane = await streams.delivery.ports.loadLane('usdt');
    await streams.delivery.store.commit([{ table: 'Lanes', item: nextVersion({ ...lane, held: true }, 'OPERATOR') }]);
    expect(await swept(streams, LATE)).toEqual(NOTHING);
  });

  it('evaluates the rings that nobody evaluated', async () => {
    const streams = await without('evaluate-margin');
    expect(streams.delivery.store.tables.Rings.size).toBe(2);
    expect(await swept(streams, LATE)).toEqual({ ...NOTHING, ringsEvaluated: 2 });
    expect(streams.delivery.store.tables.Rings.size).toBe(0);
  });

  it('rings the lane of a wave that nobody opened', async () => {
    const streams = await without('open-wave');
    const before = (await streams.delivery.ports.loadLane('usdt')).version;
    expect(await swept(streams, LATE)).toEqual({ ...NOTHING, lanesRung: 1 });
    expect((await streams.delivery.ports.loadLane('usdt')).version).toBe(before + 1);
  });

  it('waits for the venue until an order is past its time and grace, then ends it', async () => {
    const streams = await under(PATIENT);
    const { expiresAt } = order(streams);
    expect(await swept(streams, epochMs(expiresAt + ORDER_GRACE_MS))).toEqual(NOTHING);
    expect(await swept(streams, epochMs(expiresAt + ORDER_GRACE_MS + 1))).toEqual({ ...NOTHING, ordersExpired: 1 });
    expect(order(streams).status).toBe('ENDED');
  });

  it('ends no order where only marks move the time', async () => {
    const streams = await without();
    expect(await swept(streams, null)).toEqual(NOTHING);
    expect(order(streams).status).toBe('NEW');
  });

  it('rings a case whose orders have ended and that nobody settled', async () => {
    const streams = await without('settle-liquidation');
    await streams.delivery.venue.work('usdt#AAA#1');
    expect(await swept(streams, LATE)).toEqual({ ...NOTHING, casesRung: 1 });
  });

  it('does not count what somebody else moved meanwhile', async () => {
    const streams = await without('open-wave');
    expect(await swept(streams, LATE, { commit: async () => 'CONFLICT' })).toEqual(NOTHING);
  });

  it('looks after the other lanes when one cannot be looked at', async () => {
    const streams = await without('open-wave');
    const { loadLane } = streams.delivery.ports;
    const broken = { loadLane: (fundId: string) => (fundId === 'eth' ? Promise.reject(new Error('no such item')) : loadLane(fundId)) };
    expect(await sweep(portsOf(streams, broken))(['eth', 'usdt'], LATE)).toEqual({
      ...NOTHING,
      lanesRung: 1,
      failed: ['lane `eth`: no such item'],
    });
  });

  it('does no more than its bound, and says what is left', async () => {
    const streams = await without('evaluate-margin');
    const rings = Array.from({ length: RESCUES_PER_RUN_MAX + 7 }, (_, index) => ({
      waveId: 'usdt#AAA#1',
      poolId: `b${index}`,
      cause: 'DUE' as const,
    }));
    const report = await swept(streams, LATE, { loadRings: async () => rings, evaluate: async () => {} });
    expect(report).toEqual({ ...NOTHING, ringsEvaluated: RESCUES_PER_RUN_MAX, left: 7 });
  });

  it('goes on after a ring that cannot be evaluated, and says so', async () => {
    const streams = await without('evaluate-margin');
    const evaluate: SweepPorts['evaluate'] = async ({ poolId }) => {
      if (poolId === 'a1#CROSS#USDT') throw new Error('throttled');
    };
    expect(await swept(streams, LATE, { evaluate })).toEqual({ ...NOTHING, ringsEvaluated: 1, failed: ['lane `usdt`: throttled'] });
  });
});

describe('the net under lost records', () => {
  /** Loses the n-th record of a kind and lets every other through. */
  const losing = (isMeant: (delivery: Delivery) => boolean) => {
    const lost: string[] = [];
    const isLost = (delivery: Delivery): boolean => {
      const { SequenceNumber = '' } = delivery.record.dynamodb ?? {};
      if (!isMeant(delivery)) return false;
      lost.push(SequenceNumber);
      return true;
    };
    return { lost, isLost };
  };

  const sweepUntilDone = async (streams: MemoryStreams): Promise<void> => {
    for (let run = 0; run < 40; run += 1) {
      const lane = await streams.delivery.ports.loadLane('usdt');
      if (lane.waves.length === 0) return;
      await swept(streams, null);
      await streams.settle();
    }
  };

  /** A kind of record that rings a function. */
  const rings = (name: string, attribute: string) => (delivery: Delivery) =>
    delivery.to.name === name && Object.hasOwn(delivery.record.dynamodb?.Keys ?? {}, attribute);

  it.each([
    ['rings are', 'evaluate-margin', 'waveKey'],
    ['rings that went are', 'open-wave', 'waveKey'],
    ['ended orders are', 'settle-liquidation', 'orderId'],
  ])('brings the crash to the same end when all %s lost', async (_what, name, attribute) => {
    const { lost, isLost } = losing(rings(name, attribute));
    const streams = await byStreams(HOUSE, { isLost }, sweepUntilDone);
    expect(lost.length).toBeGreaterThan(0);
    expect(booksOf(streams.delivery)).toEqual(booksOf(await inProcess(HOUSE)));
    expect(violationsOf(streams.delivery)).toEqual([]);
  });

  /** Chance that repeats: the same seed loses the same records. */
  const chanceOf = (seed: number) => {
    let state = seed;
    return (): number => {
      state = (state * 48_271) % 2_147_483_647;
      return state / 2_147_483_647;
    };
  };

  const withoutGuards = (books: unknown): unknown =>
    JSON.parse(JSON.stringify(books, (key, each) => (key === 'guards' ? undefined : each)));

  it.each([11, 222, 3333, 44_444])('brings the crash to the same end when three in ten records are lost, seed %i', async (seed) => {
    const chance = chanceOf(seed);
    // A lost mark is made good by the next one, and lost guards leave a pool due: neither is what a sweep is for.
    const isSpared = (delivery: Delivery): boolean => rings('watch-marks', 'marketId')(delivery);
    const { lost, isLost } = losing((delivery) => !isSpared(delivery) && chance() < 0.3);
    const streams = await byStreams(HOUSE, { isLost }, sweepUntilDone);
    expect(lost.length).toBeGreaterThan(5);
    expect(withoutGuards(booksOf(streams.delivery))).toEqual(withoutGuards(booksOf(await inProcess(HOUSE))));
    expect(violationsOf(streams.delivery)).toEqual([]);
  });
});
