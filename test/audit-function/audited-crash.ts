import { epochMs } from '#core/units/time.ts';
import { type AuditCursor, type AuditPorts, type AuditReport, audit } from '#functions/audit/audit.ts';
import { byStreams } from '../handlers/crash.ts';
import type { MemoryStreams } from '../handlers/memory-streams.ts';
import { HOUSE } from '../support/small-law.ts';

/** The machine after the crash, and what an audit reads of it. */
export const audited = async () => {
  const streams = await byStreams(HOUSE, {});
  const cursors = new Map<string, AuditCursor>();
  return { streams, cursors };
};

export const portsOf = (streams: MemoryStreams, cursors: Map<string, AuditCursor>, changes: Partial<AuditPorts> = {}): AuditPorts => {
  const { store, ports } = streams.delivery;
  return {
    ...ports,
    loadEntries: async (caseId) => [...store.tables.Journal.values()].filter((entry) => entry.caseId === caseId),
    loadSequences: async (marketId, after, limit) =>
      [...streams.observations.values()]
        .filter((each) => each.marketId === marketId && each.sequence > after)
        .map(({ sequence }) => sequence)
        .sort((a, b) => a - b)
        .slice(0, limit),
    loadCursor: async (marketId) => cursors.get(marketId) ?? null,
    saveCursor: async (cursor) => {
      if ((cursors.get(cursor.marketId)?.version ?? 0) + 1 !== cursor.version) return 'CONFLICT';
      cursors.set(cursor.marketId, cursor);
      return 'COMMITTED';
    },
    hasTime: () => true,
    ...changes,
  };
};

const FUNDS: ReadonlyMap<string, string> = new Map([
  ['AAA', 'usdt'],
  ['BBB', 'usdt'],
]);

export const runs = (ports: AuditPorts): Promise<AuditReport> => audit(ports)(FUNDS, epochMs(9));

export const statuses = (streams: MemoryStreams) => [...streams.delivery.store.tables.Markets.values()].map(({ status }) => status);

/** The report of books of which one thing is not as it was written. */
export const ofBooks = async (changes: (streams: MemoryStreams) => Partial<AuditPorts>) => {
  const { streams, cursors } = await audited();
  return { streams, report: await runs(portsOf(streams, cursors, changes(streams))) };
};
