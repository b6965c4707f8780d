import { describe, expect, it } from 'vitest';
import type { JournalEntry } from '#core/account/ledger.ts';
import type { LiquidationCase } from '#core/liquidation/liquidation-case.ts';
import { decimal, ZERO } from '#core/units/decimal.ts';
import { money, quantity } from '#core/units/money.ts';
import type { MemoryStreams } from '../handlers/memory-streams.ts';
import { ofBooks, statuses } from './audited-crash.ts';

const entriesChanged = (change: (entry: JournalEntry) => JournalEntry) => (streams: MemoryStreams) => ({
  loadEntries: async (caseId: string) =>
    [...streams.delivery.store.tables.Journal.values()].filter((entry) => entry.caseId === caseId).map(change),
});

const casesChanged = (change: (liquidation: LiquidationCase) => LiquidationCase) => (streams: MemoryStreams) => {
  const { loadWaveCases } = streams.delivery.ports;
  return { loadWaveCases: async (waveId: string) => (await loadWaveCases(waveId)).map(change) };
};

const plusOne = (value: JournalEntry['legs'][number]['value']) => money(value.plus(decimal('0.000000000001')));

describe('an audit stops the markets of', () => {
  it.each([
    [
      'an entry whose values do not sum to zero',
      entriesChanged((entry) => ({
        ...entry,
        legs: entry.legs.map((leg, index) => (index === 0 ? { ...leg, value: plusOne(leg.value) } : leg)),
      })),
      'values sum to',
    ],
    [
      'an entry whose quantities do not sum to zero',
      entriesChanged((entry) => ({
        ...entry,
        legs: entry.legs.map((leg, index) => (index === 0 ? { ...leg, quantity: leg.quantity.plus(1) } : leg)),
      })),
      'quantities in',
    ],
    [
      'a case that closed more than its postings',
      entriesChanged((entry) => ({ ...entry, legs: entry.legs.map((leg) => ({ ...leg, quantity: ZERO })) })),
      'closed something else than its postings',
    ],
    [
      'a case with another residual',
      casesChanged((each) => ({
        ...each,
        legs: each.legs.map((leg) => ({ ...leg, residualQuantity: quantity(leg.residualQuantity.plus(1)) })),
      })),
      'closed something else than its postings',
    ],
    [
      'a case that drew more than the fund paid',
      casesChanged((each) => ({ ...each, drawn: plusOne(each.drawn) })),
      'the fund paid or took something else',
    ],
    [
      'a case that counts another number of transfers',
      casesChanged((each) => ({ ...each, transferCount: each.transferCount + 1 })),
      'transfers are counted',
    ],
  ])('%s', async (_what, changes, message) => {
    const { streams, report } = await ofBooks(changes);
    expect(report.findings.map((finding) => finding.message).join('\n')).toContain(message);
    expect(report.halted.length).toBeGreaterThan(0);
    expect(statuses(streams)).toContain('HALTED');
    expect(report.failed).toEqual([]);
  });

  it('nobody, where a case and the lock of its pool disagree: that is found, and the books balance', async () => {
    const { streams, report } = await ofBooks((each) => ({
      loadPool: async (poolId) => {
        const pool = await each.delivery.ports.loadPool(poolId);
        return pool === null ? null : { ...pool, caseId: `${poolId}#1` };
      },
    }));
    expect(report.findings.map(({ message }) => message)).toContain('in CLOSED_ADL, but its pool is held by `a1#CROSS#USDT#1`');
    expect(statuses(streams)).toEqual(['ACTIVE', 'ACTIVE']);
  });

  it('nobody, where a case has been halted: people are told', async () => {
    const { streams, report } = await ofBooks(casesChanged((each) => ({ ...each, state: 'HALTED' })));
    expect(report.findings.map(({ message }) => message)).toContain('in HALTED: people have to settle it');
    expect(statuses(streams)).toEqual(['ACTIVE', 'ACTIVE']);
  });

  it('nobody, where a fund is below its floor: people are told', async () => {
    const { streams, report } = await ofBooks((each) => ({
      loadFund: async (fundId) => ({ ...(await each.delivery.ports.loadFund(fundId)), balance: money(decimal('-1')) }),
    }));
    expect(report.findings).toEqual([{ subject: 'fund `usdt`', message: 'balance `-1` is below its floor `0`', halts: [] }]);
    expect(statuses(streams)).toEqual(['ACTIVE', 'ACTIVE']);
  });

  it('nobody, where a case moved while it was read: its next wave shows it', async () => {
    const { report } = await ofBooks((each) => ({
      ...casesChanged((liquidation) => ({ ...liquidation, drawn: plusOne(liquidation.drawn) }))(each),
      loadCase: async (caseId) => {
        const liquidation = await each.delivery.ports.loadCase(caseId);
        return liquidation === null ? null : { ...liquidation, version: liquidation.version + 1 };
      },
    }));
    expect(report).toMatchObject({ cases: 0, findings: [], halted: [] });
  });
});
