import { describe, expect, it } from 'vitest';
import { changedPool, type PoolChange } from '#core/account/change-pool.ts';
import type { Pool } from '#core/account/pool.ts';
import { present } from '#core/invariant.ts';
import { decimal } from '#core/units/decimal.ts';
import { money } from '#core/units/money.ts';
import { renewGuards } from '#functions/evaluate-margin/evaluate-margin.ts';
import { openWave } from '#functions/open-wave/open-wave.ts';
import { type Engine, publishGroup } from '../support/delivery.ts';
import { commitsOf, shown, touchPool, withOtherWriter } from '../support/other-writer.ts';
import { HOUSE } from '../support/small-law.ts';
import { groupsOf, type SmallVenue } from '../support/small-venue.ts';
import { nominated } from '../support/wave-stages.ts';

const POOL_ID = 'saved#CROSS#USDT';

/** Two longs in breach at 90; the deposits below reach the first after the rules have judged it. */
const VENUE: SmallVenue = {
  accounts: `
    saved  | 30   | LONG 10 AAA 100
    other  | 40   | LONG 10 AAA 100
    winner | 9000 | SHORT 20 AAA 100
  `,
  fund: '1000',
  marks: '0 | 90 | -',
};

const open = () => nominated(VENUE, HOUSE);
const deposit = (amount: string): PoolChange => ({ kind: 'DEPOSIT', amount: money(decimal(amount)) });
const poolIn = ({ store }: Engine): Pool => present(store.tables.Pools.get(POOL_ID), POOL_ID);
const casesIn = ({ store }: Engine) => [...store.tables.Cases.values()].map(({ poolId }) => poolId);

const book = async (engine: Engine, change: PoolChange): Promise<void> => {
  const changed = changedPool(poolIn(engine), change);
  if (!changed.ok) throw new RangeError(changed.refusal);
  expect(await engine.store.commit([{ table: 'Pools', item: changed.value }])).toBe('COMMITTED');
};

/** The marks that follow the wave's own. */
const laterMark = (mark: string) => present(groupsOf(`0 | 90 | -\n60 | ${mark} | -`)[1], 'a later mark');

describe('a pool that changed after the rules judged it', () => {
  it('is not opened when a deposit saved it: its nomination goes, it is free and due', async () => {
    const { engine, wave } = await open();
    await book(engine, deposit('1000000'));
    const saved = poolIn(engine);
    const { engine: listening, commits } = commitsOf(engine);
    await openWave(listening.ports)(wave);
    expect(casesIn(engine)).toEqual(['other#CROSS#USDT']);
    expect(engine.store.tables.Nominations.size).toBe(0);
    expect(commits.map((writes) => writes.map(shown))).toContainEqual(['Nominations REMOVE']);
    expect(poolIn(engine)).toEqual(saved);
    expect(saved).toMatchObject({ caseId: null, guards: [{ kind: 'DUE', marketId: 'AAA' }] });
  });

  it('is not opened when the deposit comes between the last look and the commit', async () => {
    const { engine, wave } = await open();
    const disturbed = withOtherWriter(engine, 1, () => book(engine, deposit('1000000')));
    await openWave(disturbed.ports)(wave);
    expect(casesIn(engine)).toEqual(['other#CROSS#USDT']);
    expect(engine.store.tables.Nominations.size).toBe(0);
  });

  it('is opened on a decision of its own when it traded and is in breach all the same', async () => {
    const { engine, wave } = await open();
    const { balance, positions } = poolIn(engine);
    const smaller = positions.map((position) => ({ ...position, entryValue: money(position.entryValue.minus(1)) }));
    await book(engine, { kind: 'TRADE', balance, positions: smaller });
    await openWave(engine.ports)(wave);
    expect(casesIn(engine)).toContain(POOL_ID);
    const again = `MARGIN#${POOL_ID}#AAA#1#AGAIN`;
    expect(engine.store.tables.Decisions.get(again)).toMatchObject({ kind: 'MARGIN', inputs: { pool: { positions: smaller } } });
    expect(engine.store.tables.Decisions.get(`OPENING#${POOL_ID}#AAA#1`)).toMatchObject({ because: again, outcome: 'OPENED' });
  });

  it('keeps the guards that it was given since', async () => {
    const { engine, wave } = await open();
    await book(engine, deposit('100'));
    await renewGuards(engine.ports)(POOL_ID, async () => wave.at);
    const { guards } = poolIn(engine);
    expect(guards).toMatchObject([{ kind: 'INTERVAL' }]);
    await openWave(engine.ports)(wave);
    expect(poolIn(engine)).toMatchObject({ caseId: null, guards });
  });

  it('is opened all the same when the deposit was too small: nobody puts off a liquidation by a cent a mark', async () => {
    const { engine, wave } = await open();
    await book(engine, deposit('0.01'));
    await openWave(engine.ports)(wave);
    expect(casesIn(engine)).toContain(POOL_ID);
  });
});

describe('a pool that is as the rules judged it', () => {
  it('is opened although it was written again', async () => {
    const { engine, wave } = await open();
    await touchPool(engine.store, POOL_ID);
    await openWave(engine.ports)(wave);
    expect(casesIn(engine)).toEqual([POOL_ID, 'other#CROSS#USDT']);
  });

  it('is opened although a newer mark was accepted: where marks come fast there always is one', async () => {
    const { engine, wave } = await open();
    await publishGroup(engine, laterMark('89'));
    await openWave(engine.ports)(wave);
    expect(casesIn(engine)).toEqual([POOL_ID, 'other#CROSS#USDT']);
  });
});
