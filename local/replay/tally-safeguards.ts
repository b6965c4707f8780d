import { blastRadius, together } from '#core/blast-radius.ts';
import type { Decision } from '#core/decision.ts';
import type { FundEvent } from '#core/insurance/fund-mode.ts';
import type { SafeguardEvent } from '#core/safeguard-event.ts';
import { countUp, type SafeguardCounters } from './totals.ts';

const countFundEvent = (counters: SafeguardCounters, { kind, cause, marketId }: FundEvent): void => {
  countUp(counters.fundEvents, `${kind} by ${cause}`);
  if (marketId === null) return;
  if (kind === 'DELEVERAGING_START') counters.marketDrawdownStarts += 1;
  if (kind === 'DELEVERAGING_END') counters.marketDrawdownStops += 1;
};

/** Counts what a safeguard did by itself. */
export const countSafeguard = (counters: SafeguardCounters, event: SafeguardEvent): void => {
  switch (event.subject) {
    case 'FUND':
      for (const each of event.events) countFundEvent(counters, each);
      return;
    case 'MARKET':
      countUp(counters.bands, event.band);
      return;
    case 'WITHDRAWALS':
      counters.withdrawalsClosed += 1;
  }
};

/** Adds how far a decision reached to its wave. */
export const countBlast = ({ blasts }: SafeguardCounters, decision: Decision): void => {
  const blast = blastRadius(decision);
  if (blast.accounts.length === 0) return;
  const before = blasts.get(decision.waveId);
  blasts.set(decision.waveId, before === undefined ? blast : together([before, blast]));
};
