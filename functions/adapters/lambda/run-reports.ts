import type { AuditReport } from '#functions/audit/audit.ts';
import type { SweepReport } from '#functions/sweep/sweep.ts';
import type { RunReport } from './handlers.ts';
import { counted } from './metrics.ts';

/** Every rescue is counted: a net that is needed often is a hole elsewhere. */
export const sweepRunReport = (report: SweepReport): RunReport => ({
  metrics: [
    counted('LanesRung', report.lanesRung),
    counted('RingsEvaluated', report.ringsEvaluated),
    counted('OrdersExpired', report.ordersExpired),
    counted('CasesRung', report.casesRung),
    counted('Rescues', report.lanesRung + report.ringsEvaluated + report.ordersExpired + report.casesRung),
    counted('RescuesLeft', report.left),
    counted('LanesFailed', report.failed.length),
  ],
  parts: [],
  findings: report.failed,
});

/** What the audit saw, and how far each fund is drawn down. */
export const auditRunReport = (report: AuditReport): RunReport => ({
  metrics: [
    counted('WavesAudited', report.waves),
    counted('CasesAudited', report.cases),
    counted('EntriesAudited', report.entries),
    counted('Findings', report.findings.length),
    counted('MarketsHalted', report.halted.length),
    counted('MarketsBehind', report.behind.length),
    counted('AuditsFailed', report.failed.length),
  ],
  parts: report.funds.map(({ fundId, drawdown, isDrawnDown }) => ({
    dimensions: { Fund: fundId },
    metrics: [{ name: 'FundDrawdown', unit: 'None', value: Number(drawdown.toFixed()) }, counted('FundDrawdownMode', isDrawnDown ? 1 : 0)],
  })),
  findings: [
    ...report.findings.map(({ subject, message }) => `${subject}: ${message}`),
    ...report.halted.map((marketId) => `market \`${marketId}\` was stopped`),
    ...report.failed,
  ],
});
