import { beforeEach, describe, expect, it } from 'vitest';
import type { MarkObservation } from '#core/market/market-state.ts';
import { decimal } from '#core/units/decimal.ts';
import { price } from '#core/units/money.ts';
import { publishMark, ringWave } from '#functions/watch-marks/watch-marks.ts';
import { committingBy, type Engine, engineOf } from '../support/delivery.ts';
import { commitsOf, crashingAt, shown, touchMarket, withOtherWriter } from '../support/other-writer.ts';
import { GUARDED } from '../support/small-law.ts';
import { inputsOf, second } from '../support/small-venue.ts';

const NOW = second('0');

const mark = (sequence: number, at: string): MarkObservation => ({
  marketId: 'AAA',
  sequence,
  markPrice: price(decimal(at)),
  indexPrice: price(decimal(at)),
  observedAt: NOW,
});

const WAVE = { waveId: 'usdt#AAA#1', fundId: 'usdt', marketId: 'AAA', sequence: 1, at: NOW };

let engine: Engine;
const market = () => engine.store.tables.Markets.get('AAA');

beforeEach(() => {
  engine = engineOf(inputsOf({ accounts: 'a1 | 50 | LONG 10 AAA 100\n a2 | 50 | SHORT 1 AAA 100\n a3 | 50 | LONG 1 BBB 50' }, GUARDED));
});

describe('publishing a mark', () => {
  it('accepts it, puts its wave in line and gives it, in one transaction', async () => {
    const { engine: listening, commits } = commitsOf(engine);
    expect(await publishMark(listening.ports)(mark(1, '100'), NOW)).toEqual(WAVE);
    expect(market()).toMatchObject({ accepted: { sequence: 1 }, sequenceSeen: 1, watchedSequence: 0 });
    expect(commits.map((writes) => writes.map(shown))).toEqual([['Markets', 'Lanes']]);
  });

  it('changes nothing when it is delivered again, and gives the wave again, so that a crash before the rings loses nobody', async () => {
    await publishMark(engine.ports)(mark(1, '100'), NOW);
    const commits = engine.store.commits;
    for (const _ of [1, 2, 3]) expect(await publishMark(engine.ports)(mark(1, '100'), NOW)).toEqual(WAVE);
    expect(engine.store.commits).toBe(commits);
  });

  it('quarantines a jump with its record, once', async () => {
    await publishMark(engine.ports)(mark(1, '100'), NOW);
    for (const _ of [1, 2, 3]) expect(await publishMark(engine.ports)(mark(2, '80'), NOW)).toBeNull();
    expect(market()).toMatchObject({ accepted: { sequence: 1 }, sequenceSeen: 2, pending: { confirmations: 0 } });
    expect(Object.fromEntries(engine.tally.safeguards.quarantined)).toEqual({ JUMP_UNCONFIRMED: 1 });
  });

  it('ignores a late mark with its record, once, however often it comes', async () => {
    await publishMark(engine.ports)(mark(3, '100'), NOW);
    for (const _ of [1, 2, 3]) expect(await publishMark(engine.ports)(mark(2, '99'), NOW)).toBeNull();
    expect(market()?.accepted?.sequence).toBe(3);
    expect(Object.fromEntries(engine.tally.safeguards.quarantined)).toEqual({ SEQUENCE_NOT_GROWING: 1 });
  });

  it('is retried when somebody else writes the market in between', async () => {
    const disturbed = withOtherWriter(engine, 4, () => touchMarket(engine.store, 'AAA'));
    expect(await publishMark(disturbed.ports)(mark(1, '100'), NOW)).toEqual(WAVE);
    expect(market()?.accepted?.sequence).toBe(1);
  });

  it('gives up after five attempts and has written nothing', async () => {
    const disturbed = withOtherWriter(engine, 5, () => touchMarket(engine.store, 'AAA'));
    await expect(publishMark(disturbed.ports)(mark(1, '100'), NOW)).rejects.toThrow('`usdt#AAA#1` met another writer 5 times in a row');
    expect(market()?.accepted).toBeNull();
  });
});

describe('ringing a wave', () => {
  beforeEach(() => publishMark(engine.ports)(mark(1, '100'), NOW));

  it('rings every pool of the market that the mark may endanger, then moves the watched sequence and the lane', async () => {
    const { engine: listening, commits } = commitsOf(engine);
    const rings = await ringWave(listening.ports)(WAVE, ['AAA']);
    expect(rings.map(({ poolId, cause }) => `${poolId} ${cause}`)).toEqual(['a1#CROSS#USDT DUE', 'a2#CROSS#USDT DUE']);
    expect(commits.map((writes) => writes.map(shown))).toEqual([
      ['Markets', 'Rings PUT', 'Rings PUT'],
      ['Markets', 'Lanes'],
    ]);
    expect(market()?.watchedSequence).toBe(1);
  });

  it('rings nobody twice: repeated, it gives the rings that are left', async () => {
    const [first] = await ringWave(engine.ports)(WAVE, ['AAA']);
    if (first !== undefined) await engine.store.commit([{ table: 'Rings', action: 'REMOVE', item: first }]);
    const commits = engine.store.commits;
    expect((await ringWave(engine.ports)(WAVE, ['AAA'])).map(({ poolId }) => poolId)).toEqual(['a2#CROSS#USDT']);
    expect(engine.store.commits).toBe(commits);
  });

  it.each(['BEFORE', 'AFTER'] as const)('rings everybody when a crash %s its commit is followed by another delivery', async (moment) => {
    await expect(ringWave(crashingAt(engine, 1, moment).ports)(WAVE, ['AAA'])).rejects.toThrow();
    expect(await ringWave(engine.ports)(WAVE, ['AAA'])).toHaveLength(2);
  });

  it('rings nobody into a wave that somebody else has rung meanwhile', async () => {
    let isDone = false;
    const late = committingBy(engine, (commit) => async (writes) => {
      // While this one is about to put its rings, another delivery rings the wave, and both its pools are evaluated.
      if (!isDone && writes.some(({ table }) => table === 'Rings')) {
        isDone = true;
        for (const item of await ringWave(engine.ports)(WAVE, ['AAA'])) await commit([{ table: 'Rings', action: 'REMOVE', item }]);
      }
      return commit(writes);
    });
    expect(await ringWave(late.ports)(WAVE, ['AAA'])).toEqual([]);
    expect(isDone).toBe(true);
    expect(engine.store.tables.Rings.size).toBe(0);
  });

  it('gives up after five attempts, and the wave is not rung before another delivery', async () => {
    const disturbed = withOtherWriter(engine, 6, () => touchMarket(engine.store, 'AAA'));
    await expect(ringWave(disturbed.ports)(WAVE, ['AAA'])).rejects.toThrow('met another writer');
    expect(market()?.watchedSequence).toBe(0);
    expect(await ringWave(engine.ports)(WAVE, ['AAA'])).toHaveLength(2);
    expect(market()?.watchedSequence).toBe(1);
  });
});
