import { describe, expect, it } from 'vitest';
import { present } from '#core/invariant.ts';
import { emptyLane } from '#core/lane.ts';
import { clockOf } from '#functions/adapters/lambda/clock.ts';
import { timeOfPool } from '#functions/adapters/lambda/rung-subjects.ts';
import { evaluate } from '#functions/evaluate-margin/handler.ts';
import { openWaves } from '#functions/open-wave/handler.ts';
import { settleLiquidations } from '#functions/settle-liquidation/handler.ts';
import { watchMarks } from '#functions/watch-marks/handler.ts';
import { observationsOf } from '../support/delivery.ts';
import { HOUSE } from '../support/small-law.ts';
import { inputsOf, second } from '../support/small-venue.ts';
import { MemoryStreams } from './memory-streams.ts';
import { recordOf } from './stream-records.ts';

const MARKED = { accounts: 'a1 | 50 | LONG 10 AAA 100\n a2 | 500 | SHORT 10 AAA 100', fund: '100', marks: '3 | 94 | -' };

/** The mark is published and its wave rung; nothing is evaluated. */
const rung = async () => {
  const inputs = inputsOf(MARKED, HOUSE);
  const streams = new MemoryStreams(inputs);
  for (const observation of inputs.groups.flatMap(observationsOf)) streams.observe(observation);
  await streams.work(watchMarks, [recordOf('Observations', 'INSERT', { marketId: 'AAA', sequence: 1 })]);
  streams.queue.length = 0;
  return streams;
};

/** The order is sent and the venue has ended it. */
const ended = async () => {
  const streams = await rung();
  for (const { poolId } of streams.delivery.store.tables.Rings.values())
    await streams.work(evaluate, [recordOf('Rings', 'INSERT', { waveKey: 'RING#usdt#AAA#1', poolId })]);
  await streams.work(openWaves, [recordOf('Controls', 'MODIFY', { controlKey: 'LANE#usdt' })]);
  await streams.delivery.venue.work('usdt#AAA#1');
  return streams;
};

const order = (streams: MemoryStreams) =>
  present(
    [...streams.delivery.store.tables.Orders.values()].find(({ kind }) => kind === 'LIQUIDATION'),
    'order',
  );

const poolOf = ({ delivery }: MemoryStreams) => present(delivery.store.tables.Pools.get('a1#CROSS#USDT'), 'pool a1');

describe('what a record rings', () => {
  it('a ring whose wave has left its lane is only taken away', async () => {
    const streams = await rung();
    const { Rings, Decisions } = streams.delivery.store.tables;
    const { poolId } = present([...Rings.values()][0], 'a ring');
    const record = recordOf('Rings', 'INSERT', { waveKey: 'RING#usdt#AAA#1', poolId });
    await streams.work(evaluate, [record], { loadLane: async (fundId) => emptyLane(fundId) });
    expect([...Rings.values()].some((ring) => ring.poolId === poolId)).toBe(false);
    expect(Decisions.size).toBe(0);
  });

  it('a pool gets its guards at the time of the wave at work', async () => {
    const streams = await rung();
    expect(await timeOfPool({ ...streams.engine(), clock: clockOf('SYSTEM', () => 5) }, poolOf(streams))).toBe(second('3'));
  });

  it('without a wave a pool gets its guards at the time of its newest mark in a replay, and now elsewhere', async () => {
    const streams = await rung();
    const engine = streams.engine({ loadLane: async (fundId) => emptyLane(fundId) });
    expect(await timeOfPool(engine, poolOf(streams))).toBe(second('3'));
    expect(await timeOfPool({ ...engine, clock: clockOf('SYSTEM', () => 5) }, poolOf(streams))).toBe(5);
  });

  it('an order that ended settles its case in its wave, and once', async () => {
    const streams = await ended();
    const { orderId } = order(streams);
    const record = recordOf('Orders', 'MODIFY', { orderId });
    expect(await streams.work(settleLiquidations, [record, record])).toEqual([]);
    expect(order(streams)).toMatchObject({ status: 'SETTLED' });
    expect(streams.delivery.store.tables.Journal.size).toBe(1);
  });

  it('an ordered case whose wave is in no lane is a broken promise, and fails', async () => {
    const streams = await ended();
    const record = recordOf('Orders', 'MODIFY', { orderId: order(streams).orderId });
    const failed = await streams.work(settleLiquidations, [record], { loadLane: async (fundId) => emptyLane(fundId) });
    expect(failed).toEqual([record.dynamodb?.SequenceNumber]);
    expect(streams.failures[0]).toMatchObject({ name: 'InvariantViolation' });
  });

  it('a batch of a thousand rings that went looks at the wave once', async () => {
    const streams = await rung();
    let looks = 0;
    const { hasRings } = streams.delivery.ports;
    const records = Array.from({ length: 1000 }, (_, index) =>
      recordOf('Rings', 'REMOVE', { waveKey: 'RING#usdt#AAA#1', poolId: `b${index}#CROSS#USDT` }),
    );
    await streams.work(openWaves, records, {
      hasRings: (waveId) => {
        looks += 1;
        return hasRings(waveId);
      },
    });
    expect(looks).toBe(1);
  });
});
