import type { ReplayRun } from '#local/replay/replay-scenario.ts';

/**
 * What a recorded pool says about who wrote it last, and how often: new guards are written whenever their doorbell comes, between other things that happen
 * to the pool or after them.
 */
const WRITERS = /"version":\d+,"lastWriter":"[A-Z]+"/g;

interface Recorded {
  readonly decisionId: string;
  readonly kind: string;
  /** Of an OPENING. */
  readonly outcome?: string;
  /** Of MARGIN and SHORTFALL. */
  readonly choice?: { readonly kind?: string };
  readonly facts?: Readonly<Record<string, string>>;
  readonly at?: number;
  /** Of a SAFEGUARD. */
  readonly event?: { readonly subject: string; readonly fundId?: string; readonly events?: unknown };
}

const FUND_FACTS = ['fundBalance', 'fundAvailable', 'fundDrawdown'];

/** A leg's decision and its order are named alike. */
const wasOrdered = ({ outcome }: Pick<ReplayRun, 'outcome'>, { decisionId }: Recorded): boolean =>
  outcome.tables.Orders.has(decisionId.replace(/^SHORTFALL#/, ''));

/** Which of the commits of an instant turned a fund's mode, and what it had then, depends on the order that orders ended in. */
const fundTurn = ({ kind, at, event }: Recorded): Recorded => ({
  kind,
  decisionId: `${event?.fundId} at ${at}`,
  event: { subject: 'FUND', events: event?.events },
});

/** What got no order is settled whenever its doorbell comes, and sees the fund as the others' reservations have left it by then. */
const decisionOf = (run: Pick<ReplayRun, 'outcome'>, line: string): Recorded => {
  const decision: Recorded = JSON.parse(line.replaceAll(WRITERS, '"writers":"any"'));
  if (decision.event?.subject === 'FUND') return fundTurn(decision);
  if (decision.kind !== 'SHORTFALL' || wasOrdered(run, decision)) return decision;
  return { ...decision, facts: Object.fromEntries(Object.entries(decision.facts ?? {}).filter(([name]) => !FUND_FACTS.includes(name))) };
};

/**
 * A pool that deleveraging changed and whose new guards are not written yet is looked at in the next wave of the same instant without need: that shows in
 * the record and changes nothing.
 */
const ledToSomething = ({ kind, choice }: Recorded): boolean => kind !== 'MARGIN' || (choice?.kind !== 'NONE' && choice?.kind !== 'WARN');

/** Only what a wave opened, or tried again, has a place in it. */
const hasPlace = ({ kind, outcome }: Recorded): boolean => {
  if (kind === 'SHORTFALL' || kind === 'SAFEGUARD') return false;
  return kind !== 'OPENING' || outcome === 'OPENED' || outcome === 'REATTEMPTED';
};

/**
 * Everything about a replay that has to be the same wherever it ran and however often it was stopped: totals and markets to the last digit, what the
 * safeguards did, every decision that led to something with what it was taken on, and the order of those that have one. Plain JSON.
 */
export const comparable = (run: Pick<ReplayRun, 'document' | 'outcome'>) => {
  const { timings: _timings, report: _report, ...document } = run.document;
  const { quarantined, deferred, fundEvents, bands, blasts, warned: _warned, ...counts } = run.outcome.tally.safeguards;
  const decisions = run.outcome.record.lines.map((line) => decisionOf(run, line)).filter(ledToSomething);
  return {
    document,
    safeguards: {
      ...counts,
      fundEvents: Object.fromEntries(fundEvents),
      bands: Object.fromEntries(bands),
      blasts: Object.fromEntries([...blasts].map(([waveId, blast]) => [waveId, { ...blast, valueMoved: blast.valueMoved.toFixed() }])),
      quarantined: Object.fromEntries(quarantined),
      deferred: Object.fromEntries(deferred),
    },
    order: decisions.filter(hasPlace).map(({ decisionId }) => decisionId),
    decisions: Object.fromEntries(decisions.map((decision) => [decision.decisionId, decision])),
  };
};
