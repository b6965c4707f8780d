import { describe, expect, it } from 'vitest';
import { changedPool } from '#core/account/change-pool.ts';
import { present } from '#core/invariant.ts';
import { decimal } from '#core/units/decimal.ts';
import { money, quantity } from '#core/units/money.ts';
import { epochMs } from '#core/units/time.ts';
import { DecodeError } from '#functions/adapters/dynamodb/decode-error.ts';
import { withoutDefectiveRings } from '#functions/adapters/lambda/rung-subjects.ts';
import { deleverageMarket } from '#functions/deleverage/deleverage.ts';
import { evaluateMargin } from '#functions/evaluate-margin/evaluate-margin.ts';
import { evaluate } from '#functions/evaluate-margin/handler.ts';
import { openWave } from '#functions/open-wave/open-wave.ts';
import { sweep, WAVE_OVERDUE_MS } from '#functions/sweep/sweep.ts';
import { watchMarks } from '#functions/watch-marks/handler.ts';
import { type Engine, observationsOf } from '../support/delivery.ts';
import { HOUSE } from '../support/small-law.ts';
import { inputsOf, type SmallVenue, second } from '../support/small-venue.ts';
import { nominated, waiting } from '../support/wave-stages.ts';
import { MemoryStreams } from './memory-streams.ts';
import { recordOf } from './stream-records.ts';

const STRAY = 'a1#CROSS#USDT';
const OTHER = 'a2#CROSS#USDT';
const REASON = `market \`ZZZ\` of pool \`${STRAY}\` is unknown`;

/** A venue books a trade in a market that the engine does not have. */
const stray = async ({ store }: Pick<Engine, 'store'>, poolId: string): Promise<void> => {
  const pool = present(store.tables.Pools.get(poolId), poolId);
  const leg = { marketId: 'ZZZ', side: 'LONG', quantity: quantity(decimal('1')), entryValue: money(decimal('1')) } as const;
  const changed = changedPool(pool, { kind: 'TRADE', balance: pool.balance, positions: [...pool.positions, leg] });
  if (!changed.ok) throw new RangeError(changed.refusal);
  expect(await store.commit([{ table: 'Pools', item: changed.value }])).toBe('COMMITTED');
};

/** A mark has rung two pools, of which the second is bankrupt at it; the first has strayed meanwhile. */
const rung = async () => {
  const venue = { accounts: 'a1 | 500 | SHORT 10 AAA 100\n a2 | 50 | LONG 10 AAA 100', fund: '1000', marks: '0 | 94 | -' };
  const inputs = inputsOf(venue, HOUSE);
  const streams = new MemoryStreams(inputs);
  for (const observation of inputs.groups.flatMap(observationsOf)) streams.observe(observation);
  await streams.work(watchMarks, [recordOf('Observations', 'INSERT', { marketId: 'AAA', sequence: 1 })]);
  await stray(streams.delivery, STRAY);
  streams.queue.length = 0;
  return streams;
};

const ringOf = (poolId: string) => recordOf('Rings', 'INSERT', { waveKey: 'RING#usdt#AAA#1', poolId });
const rings = ({ delivery }: MemoryStreams): readonly string[] => [...delivery.store.tables.Rings.values()].map(({ poolId }) => poolId);

/** How the wave ended. */
const endOf = ({ delivery }: MemoryStreams) => ({
  cases: [...delivery.store.tables.Cases.values()].map(({ poolId, state }) => `${poolId} ${state}`),
  waves: delivery.store.tables.Lanes.get('usdt')?.waves.length,
});
const DONE = { cases: [`${OTHER} CLOSED_FUND`], waves: 0 };

describe('a rung pool in a market that the engine does not have', () => {
  it('is put aside with its reason, its ring goes, and the wave ends without it', async () => {
    const streams = await rung();
    expect(rings(streams)).toEqual([STRAY, OTHER]);
    expect(await streams.work(evaluate, [STRAY, OTHER].map(ringOf))).toEqual([]);
    expect(streams.quarantined.map(({ reason }) => reason)).toEqual([REASON]);
    expect(rings(streams)).toEqual([]);
    await streams.settle();
    expect(endOf(streams)).toEqual(DONE);
  });

  it('gets no guards: its own record is put aside as well', async () => {
    const streams = await rung();
    expect(await streams.work(evaluate, [recordOf('Pools', 'MODIFY', { poolId: STRAY })])).toEqual([]);
    expect(streams.quarantined.map(({ reason }) => reason)).toEqual([REASON]);
  });
});

describe('the sweep of a lane with such a pool', () => {
  const sweptBy = (streams: MemoryStreams, loadPool = streams.delivery.ports.loadPool) => {
    const ports = { ...streams.delivery.ports, loadPool };
    const run = sweep({ ...ports, evaluate: withoutDefectiveRings(ports, evaluateMargin(ports)) });
    return run(['usdt'], epochMs(second('0') + WAVE_OVERDUE_MS + 1));
  };

  it('takes its ring away, says so, and evaluates the others', async () => {
    const streams = await rung();
    expect(await sweptBy(streams)).toMatchObject({ ringsEvaluated: 1, failed: [`lane \`usdt\`: ${REASON}`] });
    expect(rings(streams)).toEqual([]);
    await streams.settle();
    expect(endOf(streams)).toEqual(DONE);
  });

  it('does the same where the pool cannot be read', async () => {
    const streams = await rung();
    const error = new DecodeError({ table: 'Pools', key: STRAY, attribute: 'balance' }, 'a number');
    const { loadPool } = streams.delivery.ports;
    const report = await sweptBy(streams, async (poolId) => (poolId === STRAY ? Promise.reject(error) : loadPool(poolId)));
    expect(report).toMatchObject({ ringsEvaluated: 1, failed: [`lane \`usdt\`: ${error.message}`] });
    expect(rings(streams)).toEqual([]);
  });

  it('leaves the ring where the weather is bad', async () => {
    const streams = await rung();
    const { loadPool } = streams.delivery.ports;
    await sweptBy(streams, async (poolId) => (poolId === STRAY ? Promise.reject(new Error('throttled')) : loadPool(poolId)));
    expect(rings(streams)).toEqual([STRAY]);
  });
});

const CROWD: SmallVenue = {
  accounts: 'a1 | 35 | LONG 35 AAA 100\n a2 | 35 | LONG 5 AAA 100\n s1 | 900 | SHORT 20 AAA 130\n s2 | 900 | SHORT 20 AAA 120',
  marks: '0 | 90 | -',
};

describe('a pool that strays later in its wave', () => {
  it('is not opened: its nomination goes, and the others are opened', async () => {
    const { engine, wave } = await nominated(CROWD, HOUSE);
    expect(engine.store.tables.Nominations.size).toBe(2);
    await stray(engine, STRAY);
    await openWave(engine.ports)(wave);
    expect(engine.store.tables.Nominations.size).toBe(0);
    expect([...engine.store.tables.Cases.values()].map(({ poolId }) => poolId)).toEqual([OTHER]);
  });

  it('is no counterparty: it takes nothing, and who is ranked behind it does', async () => {
    const { engine, wave } = await waiting(CROWD, HOUSE);
    await stray(engine, 's1#CROSS#USDT');
    await deleverageMarket(engine.ports)(wave, 'AAA', 'LONG');
    const accounts = new Set([...engine.store.tables.Journal.values()].flatMap(({ legs }) => legs.map(({ account }) => account)));
    expect([accounts.has('s1#CROSS#USDT'), accounts.has('s2#CROSS#USDT')]).toEqual([false, true]);
  });
});
