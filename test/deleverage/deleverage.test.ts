import { describe, expect, it } from 'vitest';
import { nextVersion } from '#core/commit.ts';
import { present } from '#core/invariant.ts';
import { decimal } from '#core/units/decimal.ts';
import { money, quantity } from '#core/units/money.ts';
import type { Wave } from '#core/wave.ts';
import { TRANSFERS_PER_CHUNK_MAX } from '#functions/deleverage/commit-chunk.ts';
import { deleverageMarket } from '#functions/deleverage/deleverage.ts';
import { booksOf, committingBy, type Engine, violationsOf } from '../support/delivery.ts';
import { commitsOf, crashingAt, touchPool, withOtherWriter } from '../support/other-writer.ts';
import { HOUSE } from '../support/small-law.ts';
import type { SmallVenue } from '../support/small-venue.ts';
import { waiting } from '../support/wave-stages.ts';

const shortId = (index: number): string => `s${String(index).padStart(2, '0')}`;

/** 70 shorts of one contract, the next always a little less ahead, so that two residuals of 35 and 30 take three chunks. */
const VENUE: SmallVenue = {
  accounts: [
    'worst | 35 | LONG 35 AAA 100',
    'second | 60 | LONG 30 AAA 100',
    ...Array.from({ length: 70 }, (_, index) => `${shortId(index)} | 50 | SHORT 1 AAA ${120 - index / 10}`),
  ].join('\n'),
  marks: '0 | 90 | -',
  takerFeeRate: '0.0005',
};

const stage = () => waiting(VENUE, HOUSE);

const run = async () => {
  const done = await stage();
  const { engine, commits } = commitsOf(done.engine);
  await deleverageMarket(engine.ports)(done.wave, 'AAA', 'LONG');
  return { ...done, commits };
};

const entriesOf = ({ store }: Engine, account: string): number =>
  [...store.tables.Journal.values()].filter((entry) => entry.legs.some((leg) => leg.account === account)).length;

describe('deleveraging a market', () => {
  it('goes down one queue in opening order, in chunks that each leave room in a transaction of 100 items', async () => {
    const { engine, commits } = await run();
    expect([...engine.store.tables.Cases.values()].map(({ state, transferCount }) => `${state} ${transferCount}`)).toEqual([
      'CLOSED_ADL 35',
      'CLOSED_ADL 30',
    ]);
    expect(commits.map((writes) => writes.length)).toEqual([1, 2, 2 + 3 * TRANSFERS_PER_CHUNK_MAX, 2 + 3 * 5, 2, 2, 2 + 3 * 30, 2]);
    expect(entriesOf(engine, `${shortId(64)}#CROSS#USDT`)).toBe(1);
    expect(entriesOf(engine, `${shortId(65)}#CROSS#USDT`)).toBe(0);
    expect(violationsOf(engine)).toEqual([]);
  });

  it('changes nothing when it is delivered again', async () => {
    const { engine, wave } = await run();
    const commits = engine.store.commits;
    await deleverageMarket(engine.ports)(wave, 'AAA', 'LONG');
    expect(engine.store.commits).toBe(commits);
  });

  const crashes = Array.from({ length: 8 }, (_, index) => index + 1).flatMap((k) => [
    { k, moment: 'BEFORE' as const },
    { k, moment: 'AFTER' as const },
  ]);

  it.each(crashes)(
    'crashed $moment commit $k: books that balance, and the next delivery ends the same to the last quantum',
    async ({ k, moment }) => {
      const { engine, wave } = await stage();
      await expect(deleverageMarket(crashingAt(engine, k, moment).ports)(wave, 'AAA', 'LONG')).rejects.toThrow();
      expect(engine.auditor.violations).toEqual([]);
      await deleverageMarket(engine.ports)(wave, 'AAA', 'LONG');
      expect(booksOf(engine)).toEqual(booksOf((await run()).engine));
      expect(violationsOf(engine)).toEqual([]);
    },
  );

  it.each([1, 2, 3, 4, 5, 6, 7, 8])('takes nothing twice when another delivery overtakes it at commit %i', async (k) => {
    const { engine, wave } = await stage();
    let count = 0;
    const overtaken = committingBy(engine, (commit) => async (writes) => {
      count += 1;
      if (count === k) await deleverageMarket(engine.ports)(wave, 'AAA', 'LONG');
      return commit(writes);
    });
    await deleverageMarket(overtaken.ports)(wave, 'AAA', 'LONG');
    expect(booksOf(engine)).toEqual(booksOf((await run()).engine));
  });

  it('leaves the next residual what the queue has left when another delivery ends the run of the one before', async () => {
    const { engine, wave } = await stage();
    await expect(deleverageMarket(crashingAt(engine, 2, 'AFTER').ports)(wave, 'AAA', 'LONG')).rejects.toThrow();
    let loads = 0;
    const loadCase: Engine['ports']['loadCase'] = async (caseId) => {
      loads += 1;
      // Both cases are listed, the queue is read; now the other one books its two chunks and ends the first run.
      if (loads === 3) await expect(deleverageMarket(crashingAt(engine, 3, 'AFTER').ports)(wave, 'AAA', 'LONG')).rejects.toThrow();
      return engine.ports.loadCase(caseId);
    };
    await deleverageMarket({ ...engine.ports, loadCase })(wave, 'AAA', 'LONG');
    expect(booksOf(engine)).toEqual(booksOf((await run()).engine));
  });

  it('books on the pools as others left them', async () => {
    const { engine, wave } = await stage();
    const disturbed = withOtherWriter(engine, 6, () => touchPool(engine.store, `${shortId(0)}#CROSS#USDT`));
    await deleverageMarket(disturbed.ports)(wave, 'AAA', 'LONG');
    expect(booksOf(engine)).toEqual(booksOf((await run()).engine));
  });

  it('gives up after five attempts with nothing of the chunk booked', async () => {
    const { engine, wave } = await stage();
    let count = 0;
    const disturbed = committingBy(engine, (commit) => async (writes) => {
      count += 1;
      if (count > 2) await touchPool(engine.store, `${shortId(0)}#CROSS#USDT`);
      return commit(writes);
    });
    await expect(deleverageMarket(disturbed.ports)(wave, 'AAA', 'LONG')).rejects.toMatchObject({ name: 'CommitConflict' });
    expect(engine.store.tables.Journal.size).toBe(0);
    expect([...engine.store.tables.Cases.values()].map(({ state }) => state)).toEqual(['ADL_RUN', 'ADL_WAIT']);
  });
});

describe('a counterparty that trades between plan and booking', () => {
  const POOL = `${shortId(20)}#CROSS#USDT`;

  /** The owner of a short trades it down or up to `held` contracts. */
  const trade = async ({ store }: Engine, held: string): Promise<void> => {
    const pool = present(store.tables.Pools.get(POOL), POOL);
    const positions = pool.positions.map((each) => ({ ...each, quantity: quantity(decimal(held)), entryValue: money(decimal('110')) }));
    await store.commit([{ table: 'Pools', item: nextVersion({ ...pool, positions }, 'VENUE') }]);
  };

  /** The stage of which the first chunk has to wait until `meanwhile` is done. */
  const interrupted = async (meanwhile: (engine: Engine, wave: Wave) => Promise<void>) => {
    const { engine, wave } = await stage();
    let count = 0;
    const waitingOnce = committingBy(engine, (commit) => async (writes) => {
      count += 1;
      if (count === 3) await meanwhile(engine, wave);
      return commit(writes);
    });
    await deleverageMarket(waitingOnce.ports)(wave, 'AAA', 'LONG');
    return engine;
  };

  it('gives nothing that it no longer has, nobody below it gives in its place, and the rest stays open for the next mark', async () => {
    const engine = await interrupted((each) => trade(each, '0.5'));
    const [first] = [...engine.store.tables.Cases.values()];
    expect([first?.state, first?.transferCount, first?.legs[0]?.residualQuantity.toFixed()]).toEqual(['ADL_EXHAUSTED', 20, '15']);
    expect(entriesOf(engine, POOL)).toBe(0);
  });

  it('is not reached any more by a delivery that comes late, when the run has ended', async () => {
    const engine = await interrupted(async (each, wave) => {
      await trade(each, '0.5');
      await deleverageMarket(each.ports)(wave, 'AAA', 'LONG');
      await trade(each, '1');
    });
    const [first] = [...engine.store.tables.Cases.values()];
    expect([first?.state, first?.transferCount]).toEqual(['ADL_EXHAUSTED', 20]);
    expect(entriesOf(engine, POOL)).toBe(0);
  });
});
