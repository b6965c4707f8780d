import { describe, expect, it } from 'vitest';
import { changedPool } from '#core/account/change-pool.ts';
import { present } from '#core/invariant.ts';
import { openWave } from '#functions/open-wave/open-wave.ts';
import { booksOf, committingBy } from '../support/delivery.ts';
import { commitsOf, crashingAt, shown, touchFund, touchPool, withOtherWriter } from '../support/other-writer.ts';
import { HOUSE, withFund } from '../support/small-law.ts';
import type { SmallVenue } from '../support/small-venue.ts';
import { nominated } from '../support/wave-stages.ts';

/** Three longs of different health; at 90 each contract costs the fund what the mark lacks to its bankruptcy price. */
const VENUE: SmallVenue = {
  accounts: `
    worst  | 30   | LONG 10 AAA 100   // bankrupt at 97: 70
    second | 40   | LONG 10 AAA 100   // bankrupt at 96: 60
    third  | 50   | LONG 10 AAA 100   // bankrupt at 95: 50
    winner | 9000 | SHORT 30 AAA 100
  `,
  fund: '100',
  marks: '0 | 90 | -',
};

const open = () => nominated(VENUE, HOUSE);

const orderLines = ({ store }: Awaited<ReturnType<typeof open>>['engine']) =>
  [...store.tables.Orders.values()].flatMap((order) =>
    order.kind === 'LIQUIDATION' ? [`${order.poolId.split('#')[0]} ${order.quantity} at ${order.limitPrice} for ${order.reserved}`] : [],
  );

describe('opening a wave', () => {
  it('orders the worst first, each backed by what the fund still has, cut to the lot', async () => {
    const { engine, wave } = await open();
    await openWave(engine.ports)(wave);
    expect(orderLines(engine)).toEqual(['worst 10 at 90 for 70', 'second 5 at 90 for 30']);
    expect([...engine.store.tables.Cases.values()].map(({ poolId, state, waveRank }) => `${poolId} ${state} ${waveRank}`)).toEqual([
      'worst#CROSS#USDT ORDERED 0',
      'second#CROSS#USDT ORDERED 1',
      'third#CROSS#USDT ORDERED 2',
    ]);
  });

  it('commits case, lock, instruction, order, reservation and decision of a nomination together', async () => {
    const { engine, wave } = await open();
    const { engine: listening, commits } = commitsOf(engine);
    await openWave(listening.ports)(wave);
    expect(commits.map((writes) => writes.map(shown))).toEqual([
      ['Pools', 'Cases', 'Orders', 'Orders', 'Funds', 'Nominations REMOVE', 'Decisions'],
      ['Pools', 'Cases', 'Orders', 'Orders', 'Funds', 'Nominations REMOVE', 'Decisions'],
      ['Pools', 'Cases', 'Orders', 'Nominations REMOVE', 'Decisions'],
    ]);
    expect(engine.store.tables.Pools.get('worst#CROSS#USDT')).toMatchObject({ caseId: 'worst#CROSS#USDT#1', caseCount: 1, guards: [] });
  });

  it('changes nothing when it is delivered again', async () => {
    const { engine, wave } = await open();
    await openWave(engine.ports)(wave);
    const commits = engine.store.commits;
    await openWave(engine.ports)(wave);
    expect(engine.store.commits).toBe(commits);
  });

  it.each(
    [1, 2, 3].flatMap((k) => [
      { k, moment: 'BEFORE' as const },
      { k, moment: 'AFTER' as const },
    ]),
  )('goes on where a crash $moment commit $k left it: same orders, same places', async ({ k, moment }) => {
    const undisturbed = await open();
    await openWave(undisturbed.engine.ports)(undisturbed.wave);
    const { engine, wave } = await open();
    await expect(openWave(crashingAt(engine, k, moment).ports)(wave)).rejects.toThrow();
    expect(engine.auditor.violations).toEqual([]);
    await openWave(engine.ports)(wave);
    expect(booksOf(engine)).toEqual(booksOf(undisturbed.engine));
  });

  it('does nothing twice when two deliveries run into each other', async () => {
    const undisturbed = await open();
    await openWave(undisturbed.engine.ports)(undisturbed.wave);
    const { engine, wave } = await open();
    let isFirst = true;
    const overtaken = committingBy(engine, (commit) => async (writes) => {
      if (isFirst) {
        isFirst = false;
        await openWave(engine.ports)(wave);
      }
      return commit(writes);
    });
    await openWave(overtaken.ports)(wave);
    expect(booksOf(engine)).toEqual(booksOf(undisturbed.engine));
  });

  it('decides again on the pool and the fund that others wrote in between', async () => {
    const { engine, wave } = await open();
    const disturbed = withOtherWriter(engine, 3, async () => {
      await touchPool(engine.store, 'worst#CROSS#USDT');
      await touchFund(engine.store);
    });
    await openWave(disturbed.ports)(wave);
    expect(orderLines(engine)).toEqual(['worst 10 at 90 for 70', 'second 5 at 90 for 30']);
    expect(engine.auditor.violations).toEqual([]);
  });

  it('gives up after five attempts and keeps the nomination', async () => {
    const { engine, wave } = await open();
    const disturbed = withOtherWriter(engine, 5, () => touchFund(engine.store));
    await expect(openWave(disturbed.ports)(wave)).rejects.toMatchObject({ name: 'CommitConflict' });
    expect(engine.store.tables.Nominations.size).toBe(3);
    expect(engine.store.tables.Cases.size).toBe(0);
  });

  it('drops the nomination of a pool that went into a market without a mark, which is due at the next one', async () => {
    const { engine, wave } = await open();
    const { Pools, Nominations, Cases } = engine.store.tables;
    const pool = present(Pools.get('worst#CROSS#USDT'), 'worst');
    const [held] = pool.positions;
    const unmarked = { ...present(held, 'its position'), marketId: 'BBB' };
    const traded = changedPool(pool, { kind: 'TRADE', balance: pool.balance, positions: [...pool.positions, unmarked] });
    if (traded.ok) await engine.store.commit([{ table: 'Pools', item: traded.value }]);
    await openWave(engine.ports)(wave);
    expect(Nominations.size).toBe(0);
    expect([...Cases.values()].map(({ poolId }) => poolId)).toEqual(['second#CROSS#USDT', 'third#CROSS#USDT']);
    expect(Pools.get('worst#CROSS#USDT')?.guards.map(({ kind }) => kind)).toEqual(['DUE', 'DUE']);
  });

  it('reserves nothing of a fund at its floor, and opens all the same', async () => {
    const { engine, wave } = await nominated(VENUE, withFund(HOUSE, { floor: '100' }));
    await openWave(engine.ports)(wave);
    expect(orderLines(engine)).toEqual([]);
    expect(engine.store.tables.Cases.size).toBe(3);
  });
});
