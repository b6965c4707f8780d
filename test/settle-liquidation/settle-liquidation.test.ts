import { describe, expect, it } from 'vitest';
import { settleLiquidation } from '#functions/settle-liquidation/settle-liquidation.ts';
import { booksOf } from '../support/delivery.ts';
import { commitsOf, crashingAt, shown, touchFund, touchPool, withOtherWriter } from '../support/other-writer.ts';
import { HOUSE } from '../support/small-law.ts';
import type { SmallVenue } from '../support/small-venue.ts';
import { ordered } from '../support/wave-stages.ts';

/** A long bankrupt at 95 that costs the fund 5 a contract at 90. */
const VENUE: SmallVenue = {
  accounts: 'loser | 50 | LONG 10 AAA 100\n winner | 9000 | SHORT 10 AAA 100',
  fund: '1000',
  marks: '0 | 90 | -',
};
const CASE = 'loser#CROSS#USDT#1';

const ended = async (venue: SmallVenue = VENUE) => {
  const stage = await ordered(venue, HOUSE);
  await stage.engine.venue.work(stage.wave.waveId);
  return stage;
};

describe('settling a liquidation', () => {
  it('waits while an order still runs', async () => {
    const { engine, wave } = await ordered(VENUE, HOUSE);
    const commits = engine.store.commits;
    await settleLiquidation(engine.ports)(CASE, wave);
    expect(engine.store.commits).toBe(commits);
    expect(engine.store.tables.Cases.get(CASE)?.state).toBe('ORDERED');
  });

  it('books the fill, the draw and the end of the case in one transaction', async () => {
    const { engine, wave } = await ended();
    const { engine: listening, commits } = commitsOf(engine);
    await settleLiquidation(listening.ports)(CASE, wave);
    expect(commits.map((writes) => writes.map(shown))).toEqual([['Cases', 'Pools', 'Orders', 'Funds', 'Journal', 'Decisions']]);
    const { Cases, Pools, Funds, Journal } = engine.store.tables;
    expect(Cases.get(CASE)?.state).toBe('CLOSED_FUND');
    expect([Pools.get('loser#CROSS#USDT')?.balance.toFixed(), Funds.get('usdt')?.balance.toFixed()]).toEqual(['0', '950']);
    const legs = [...Journal.values()].flatMap((entry) => entry.legs).map(({ account, value }) => `${account} ${value}`);
    expect(legs).toEqual(['loser#CROSS#USDT 950', 'VENUE#AAA -900', 'FUND#usdt -50']);
  });

  it('leaves the unfilled part to the counterparties and ends the reservation', async () => {
    const { engine, wave } = await ended({ ...VENUE, depthPerMark: { AAA: '4' } });
    await settleLiquidation(engine.ports)(CASE, wave);
    const { Cases, Funds } = engine.store.tables;
    expect(Cases.get(CASE)?.state).toBe('ADL_WAIT');
    expect(Cases.get(CASE)?.legs.map(({ residualQuantity, bankruptcyValue }) => `${residualQuantity} ${bankruptcyValue}`)).toEqual([
      '6 570',
    ]);
    expect([Funds.get('usdt')?.balance.toFixed(), Funds.get('usdt')?.reserved.size]).toEqual(['980', 0]);
  });

  it('changes nothing when it is delivered again', async () => {
    const { engine, wave } = await ended();
    await settleLiquidation(engine.ports)(CASE, wave);
    const commits = engine.store.commits;
    await settleLiquidation(engine.ports)(CASE, wave);
    expect(engine.store.commits).toBe(commits);
  });

  it('never draws twice when two deliveries run into each other', async () => {
    const { engine, wave } = await ended();
    const overtaken = withOtherWriter(engine, 1, () => settleLiquidation(engine.ports)(CASE, wave));
    await settleLiquidation(overtaken.ports)(CASE, wave);
    expect(engine.store.tables.Funds.get('usdt')?.balance.toFixed()).toBe('950');
    expect(engine.store.tables.Journal.size).toBe(1);
  });

  it.each(['BEFORE', 'AFTER'] as const)('ends the same when a crash %s its commit is followed by another delivery', async (moment) => {
    const undisturbed = await ended();
    await settleLiquidation(undisturbed.engine.ports)(CASE, undisturbed.wave);
    const { engine, wave } = await ended();
    await expect(settleLiquidation(crashingAt(engine, 1, moment).ports)(CASE, wave)).rejects.toThrow();
    await settleLiquidation(engine.ports)(CASE, wave);
    expect(booksOf(engine)).toEqual(booksOf(undisturbed.engine));
  });

  it('settles what others left, and gives up after five of them', async () => {
    const { engine, wave } = await ended();
    const touch = async () => {
      await touchPool(engine.store, 'loser#CROSS#USDT');
      await touchFund(engine.store);
    };
    await expect(settleLiquidation(withOtherWriter(engine, 5, touch).ports)(CASE, wave)).rejects.toMatchObject({ name: 'CommitConflict' });
    expect(engine.store.tables.Journal.size).toBe(0);
    await settleLiquidation(withOtherWriter(engine, 4, touch).ports)(CASE, wave);
    expect(engine.store.tables.Cases.get(CASE)?.state).toBe('CLOSED_FUND');
    expect(engine.auditor.violations).toEqual([]);
  });

  it('knows nothing of a case that is not there', async () => {
    const { engine, wave } = await ended();
    await expect(settleLiquidation(engine.ports)('nobody#CROSS#USDT#1', wave)).resolves.toBeUndefined();
  });
});
