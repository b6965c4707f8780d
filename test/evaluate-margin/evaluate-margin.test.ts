import { beforeEach, describe, expect, it } from 'vitest';
import { present } from '#core/invariant.ts';
import type { Wave } from '#core/wave.ts';
import { evaluateMargin, renewGuards } from '#functions/evaluate-margin/evaluate-margin.ts';
import { openWave } from '#functions/open-wave/open-wave.ts';
import { ringWave } from '#functions/watch-marks/watch-marks.ts';
import { type Engine, engineOf, publishGroup } from '../support/delivery.ts';
import { commitsOf, shown, touchPool, withOtherWriter } from '../support/other-writer.ts';
import { HOUSE } from '../support/small-law.ts';
import { inputsOf } from '../support/small-venue.ts';

const ACCOUNTS = 'loser | 50 | LONG 10 AAA 100\n winner | 900 | SHORT 10 AAA 100\n both | 9000 | LONG 1 AAA 100 + LONG 1 BBB 50';
const LOSER = 'loser#CROSS#USDT';
const WINNER = 'winner#CROSS#USDT';

let engine: Engine;
let wave: Wave;

/** The engine with all rings of a mark put and none evaluated. */
beforeEach(async () => {
  const inputs = inputsOf({ accounts: ACCOUNTS, marks: '0 | 90 | -' }, HOUSE);
  engine = engineOf(inputs);
  const [group] = inputs.groups;
  const [published] = await publishGroup(engine, present(group, 'the venue has a mark'));
  wave = present(published, 'the mark is accepted');
  await ringWave(engine.ports)(wave, ['AAA']);
});

const ringOf = (poolId: string) => present(engine.store.tables.Rings.get(`${wave.waveId}#${poolId}`), `${poolId} is rung`);
const pool = (poolId: string) => present(engine.store.tables.Pools.get(poolId), poolId);

describe('evaluating a pool', () => {
  it('in breach: removes the ring, nominates and records in one transaction; the pool stays due', async () => {
    const { engine: listening, commits } = commitsOf(engine);
    await evaluateMargin(listening.ports)(ringOf(LOSER), wave);
    expect(commits.map((writes) => writes.map(shown))).toEqual([['Rings REMOVE', 'Nominations PUT', 'Decisions']]);
    expect(engine.store.tables.Nominations.get(`${wave.waveId}#${LOSER}`)).toMatchObject({ choice: { kind: 'LIQUIDATE' }, caseId: null });
    expect(pool(LOSER).guards).toEqual([{ kind: 'DUE', marketId: 'AAA' }]);
  });

  it('in health: issues guards and nominates nobody', async () => {
    const { engine: listening, commits } = commitsOf(engine);
    await evaluateMargin(listening.ports)(ringOf(WINNER), wave);
    expect(commits.map((writes) => writes.map(shown))).toEqual([['Rings REMOVE', 'Pools', 'Decisions']]);
    expect(pool(WINNER).guards).toMatchObject([{ kind: 'INTERVAL', marketId: 'AAA', below: null }]);
  });

  it('with a leg that has no mark: refuses, and looks again at the next one', async () => {
    await evaluateMargin(engine.ports)(ringOf('both#CROSS#USDT'), wave);
    expect(engine.tally.safeguards.refused).toBe(1);
    expect(engine.store.tables.Nominations.size).toBe(0);
    expect(pool('both#CROSS#USDT').guards.map(({ kind }) => kind)).toEqual(['DUE', 'DUE']);
  });

  it('changes nothing when its ring is delivered again', async () => {
    const ring = ringOf(LOSER);
    await evaluateMargin(engine.ports)(ring, wave);
    const commits = engine.store.commits;
    for (const _ of [1, 2]) await evaluateMargin(engine.ports)(ring, wave);
    expect(engine.store.commits).toBe(commits);
  });

  it('judges the pool as another writer left it', async () => {
    const disturbed = withOtherWriter(engine, 4, () => touchPool(engine.store, WINNER));
    await evaluateMargin(disturbed.ports)(ringOf(WINNER), wave);
    expect(pool(WINNER)).toMatchObject({ version: 6, lastWriter: 'EVALUATE' });
  });

  it('gives up after five attempts and keeps the ring', async () => {
    const ring = ringOf(WINNER);
    const disturbed = withOtherWriter(engine, 5, () => touchPool(engine.store, WINNER));
    await expect(evaluateMargin(disturbed.ports)(ring, wave)).rejects.toMatchObject({ name: 'CommitConflict' });
    expect(await engine.ports.hasRing(ring)).toBe(true);
  });
});

describe('renewing guards', () => {
  it('writes the pool once and is done when it is delivered again', async () => {
    await renewGuards(engine.ports)(WINNER, async () => wave.at);
    expect(pool(WINNER)).toMatchObject({ version: 2, lastWriter: 'EVALUATE' });
    await renewGuards(engine.ports)(WINNER, async () => wave.at);
    expect(pool(WINNER).version).toBe(2);
  });

  it('opens nothing for a pool in breach: it stays due', async () => {
    await renewGuards(engine.ports)(LOSER, async () => wave.at);
    expect(engine.store.tables.Nominations.size).toBe(0);
    expect(pool(LOSER).guards).toEqual([{ kind: 'DUE', marketId: 'AAA' }]);
  });

  it('knows nothing of a pool that is gone', async () => {
    await expect(renewGuards(engine.ports)('nobody#CROSS#USDT', async () => wave.at)).resolves.toBeUndefined();
  });
});

it('a pool in liquidation only loses its ring while its case is in hand', async () => {
  await evaluateMargin(engine.ports)(ringOf(LOSER), wave);
  await openWave(engine.ports)(wave);
  const ring = { waveId: 'usdt#AAA#2', poolId: LOSER, cause: 'DUE' } as const;
  await engine.store.commit([{ table: 'Rings', action: 'PUT', item: ring }]);
  const { engine: listening, commits } = commitsOf(engine);
  await evaluateMargin(listening.ports)(ring, { ...wave, waveId: ring.waveId, sequence: 2 });
  expect(commits.map((writes) => writes.map(shown))).toEqual([['Rings REMOVE']]);
});
