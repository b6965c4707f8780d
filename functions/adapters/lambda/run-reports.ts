import type { AuditReport, FundStanding, SecurityStanding } from '#functions/audit/audit.ts';
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

type MetricPart = RunReport['parts'][number];

const fundPart = ({ fundId, drawdown, isDrawnDown }: FundStanding): MetricPart => ({
  dimensions: { Fund: fundId },
  metrics: [{ name: 'FundDrawdown', unit: 'None', value: Number(drawdown.toFixed()) }, counted('FundDrawdownMode', isDrawnDown ? 1 : 0)],
});

const BANDS = ['GREEN', 'AMBER', 'RED'] as const;

/** The band as a number that alarms can compare, 0 for GREEN to 2 for RED; the ratio only where something is open. */
const securityPart = ({ marketId, band, ratio }: SecurityStanding): MetricPart => ({
  dimensions: { Market: marketId },
  metrics: [
    counted('SecurityBand', BANDS.indexOf(band)),
    ...(ratio === null ? [] : [{ name: 'SecurityToValue', unit: 'None', value: Number(ratio.toFixed()) } as const]),
  ],
});

/** What the audit saw, how far each fund is drawn down, and what stands behind each market that the law watches. */
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
  parts: [...report.funds.map(fundPart), ...report.securities.map(securityPart)],
  findings: [
    ...report.findings.map(({ subject, message }) => `${subject}: ${message}`),
    ...report.halted.map((marketId) => `market \`${marketId}\` was stopped`),
    ...report.failed,
  ],
});
