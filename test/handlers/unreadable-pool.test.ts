import { describe, expect, it } from 'vitest';
import { DecodeError } from '#functions/adapters/dynamodb/decode-error.ts';
import type { EnginePorts } from '#functions/adapters/engine-ports.ts';
import { evaluate } from '#functions/evaluate-margin/handler.ts';
import { watchMarks } from '#functions/watch-marks/handler.ts';
import { observationsOf } from '../support/delivery.ts';
import { HOUSE } from '../support/small-law.ts';
import { inputsOf } from '../support/small-venue.ts';
import { MemoryStreams } from './memory-streams.ts';
import { recordOf } from './stream-records.ts';

const BROKEN = 'a1#CROSS#USDT';
const WAVE = 'usdt#AAA#1';

const unreadable = (table: string, key: string): DecodeError => new DecodeError({ table, key, attribute: 'balance' }, 'a number');

/** A mark has rung two pools, of which one is bankrupt at it. */
const rung = async () => {
  const inputs = inputsOf(
    { accounts: 'a1 | 500 | SHORT 10 AAA 100\n a2 | 50 | LONG 10 AAA 100', fund: '1000', marks: '3 | 94 | -' },
    HOUSE,
  );
  const streams = new MemoryStreams(inputs);
  for (const observation of inputs.groups.flatMap(observationsOf)) streams.observe(observation);
  await streams.work(watchMarks, [recordOf('Observations', 'INSERT', { marketId: 'AAA', sequence: 1 })]);
  streams.queue.length = 0;
  return streams;
};

const rings = ({ delivery }: MemoryStreams): readonly string[] => [...delivery.store.tables.Rings.values()].map(({ poolId }) => poolId);

const ringOf = (poolId: string) => recordOf('Rings', 'INSERT', { waveKey: `RING#${WAVE}`, poolId });

/** The ports of tables in which one item cannot be read. */
const failingWith = (streams: MemoryStreams, error: Error): Partial<EnginePorts> => ({
  loadPool: async (poolId) => (poolId === BROKEN ? Promise.reject(error) : streams.delivery.ports.loadPool(poolId)),
});

describe('a rung pool that cannot be read', () => {
  it('is put aside with its reason, acknowledged, and its ring goes', async () => {
    const streams = await rung();
    expect(rings(streams)).toContain(BROKEN);
    const error = unreadable('Pools', BROKEN);
    expect(await streams.work(evaluate, [ringOf(BROKEN)], failingWith(streams, error))).toEqual([]);
    expect(streams.quarantined.map(({ reason }) => reason)).toEqual([error.message]);
    expect(rings(streams)).not.toContain(BROKEN);
    expect(streams.delivery.store.tables.Decisions.size).toBe(0);
  });

  it('holds up nobody else in its batch or its wave', async () => {
    const streams = await rung();
    await streams.work(evaluate, [BROKEN, 'a2#CROSS#USDT'].map(ringOf), failingWith(streams, unreadable('Pools', BROKEN)));
    expect(rings(streams)).toEqual([]);
    await streams.settle();
    const { Cases, Lanes } = streams.delivery.store.tables;
    expect([...Cases.values()].map(({ poolId, state }) => `${poolId} ${state}`)).toEqual(['a2#CROSS#USDT CLOSED_FUND']);
    expect(Lanes.get('usdt')?.waves).toEqual([]);
  });

  it('comes again when its ring could not be taken away: first the ring goes, then the record', async () => {
    const streams = await rung();
    const changes = { ...failingWith(streams, unreadable('Pools', BROKEN)), commit: () => Promise.reject(new Error('throttled')) };
    const record = ringOf(BROKEN);
    expect(await streams.work(evaluate, [record], changes)).toEqual([record.dynamodb?.SequenceNumber]);
    expect(rings(streams)).toContain(BROKEN);
    expect(streams.quarantined).toEqual([]);
  });

  it('is told from a market that cannot be read: that is no fault of the pool, whose ring stays', async () => {
    const streams = await rung();
    const error = unreadable('Markets', 'AAA');
    expect(await streams.work(evaluate, [ringOf(BROKEN)], failingWith(streams, error))).toEqual([]);
    expect(streams.quarantined.map(({ reason }) => reason)).toEqual([error.message]);
    expect(rings(streams)).toContain(BROKEN);
  });

  it('is told from weather, after which the record comes again and the ring is there', async () => {
    const streams = await rung();
    const record = ringOf(BROKEN);
    expect(await streams.work(evaluate, [record], failingWith(streams, new Error('throttled')))).toEqual([record.dynamodb?.SequenceNumber]);
    expect(streams.quarantined).toEqual([]);
    expect(rings(streams)).toContain(BROKEN);
  });
});
