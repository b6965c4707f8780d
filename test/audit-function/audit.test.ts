import { describe, expect, it } from 'vitest';
import { present } from '#core/invariant.ts';
import { epochMs } from '#core/units/time.ts';
import { WAVES_PER_MARKET_MAX } from '#functions/audit/audit.ts';
import { audited, ofBooks, portsOf, runs, statuses } from './audited-crash.ts';

describe('an audit', () => {
  it('finds nothing in the books of a crash, and looked at all of them', async () => {
    const { streams, cursors } = await audited();
    const report = await runs(portsOf(streams, cursors));
    expect(report).toMatchObject({ findings: [], halted: [], behind: [], failed: [] });
    expect(report.cases).toBe(streams.delivery.store.tables.Cases.size);
    expect(report.entries).toBe(streams.delivery.store.tables.Journal.size);
    expect(statuses(streams)).toEqual(['ACTIVE', 'ACTIVE']);
  });

  it('looks at no wave twice', async () => {
    const { streams, cursors } = await audited();
    await runs(portsOf(streams, cursors));
    expect(await runs(portsOf(streams, cursors))).toMatchObject({ waves: 0, cases: 0, entries: 0 });
  });

  it('leaves a wave that is in line, and what comes after it, to the next run', async () => {
    const { streams, cursors } = await audited();
    const wave = { waveId: 'usdt#AAA#3', fundId: 'usdt', marketId: 'AAA', sequence: 3, at: epochMs(0), stage: 'RUNG' as const };
    const { loadLane } = streams.delivery.ports;
    const inLine = { loadLane: async (fundId: string) => ({ ...(await loadLane(fundId)), waves: [wave] }) };
    await runs(portsOf(streams, cursors, inLine));
    expect(cursors.get('AAA')?.sequence).toBe(2);
  });

  it('leaves a mark whose pools are not rung yet to the next run', async () => {
    const { streams, cursors } = await audited();
    const { loadMarket } = streams.delivery.ports;
    const behind = { loadMarket: async (marketId: string) => ({ ...present(await loadMarket(marketId), marketId), watchedSequence: 2 }) };
    await runs(portsOf(streams, cursors, behind));
    expect(cursors.get('AAA')?.sequence).toBe(2);
  });

  it('stops when its time is up, remembers how far it came, and says that it is behind', async () => {
    const { streams, cursors } = await audited();
    let left = 2;
    const hasTime = () => {
      left -= 1;
      return left >= 0;
    };
    expect(await runs(portsOf(streams, cursors, { hasTime }))).toMatchObject({ waves: 2, behind: ['AAA', 'BBB'] });
    expect(cursors.get('AAA')?.sequence).toBe(2);
    expect(cursors.has('BBB')).toBe(false);
  });

  it('is behind when there are more waves than one run looks at', async () => {
    const { streams, cursors } = await audited();
    const { loadMarket } = streams.delivery.ports;
    const many = {
      loadMarket: async (marketId: string) => ({ ...present(await loadMarket(marketId), marketId), watchedSequence: 10_000 }),
      loadSequences: async (_marketId: string, after: number, limit: number) =>
        Array.from({ length: limit }, (_, index) => after + 1 + index),
    };
    expect(await runs(portsOf(streams, cursors, many))).toMatchObject({ waves: 2 * WAVES_PER_MARKET_MAX, behind: ['AAA', 'BBB'] });
  });

  it('says of each fund how far it is drawn down', async () => {
    const { streams, cursors } = await audited();
    const [fund] = (await runs(portsOf(streams, cursors))).funds;
    expect(fund).toMatchObject({ fundId: 'usdt', isDrawnDown: false });
  });

  it('goes on when a market cannot be looked at', async () => {
    const { report } = await ofBooks((streams) => ({
      loadMarket: (marketId) =>
        marketId === 'AAA' ? Promise.reject(new Error('no such item')) : streams.delivery.ports.loadMarket(marketId),
    }));
    expect(report.failed).toEqual(['market `AAA`: no such item']);
    expect(report.waves).toBeGreaterThan(0);
  });
});
