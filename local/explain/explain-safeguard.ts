import { nextBand } from '#core/market/security-band.ts';
import { decimal } from '#core/units/decimal.ts';
import type { DecisionRecordFile } from './read-record.ts';
import type { Recorded } from './recompute.ts';

/** What a safeguard did, in words. */
export const safeguardTexts = ({ event }: Recorded<'SAFEGUARD'>): readonly string[] => {
  switch (event.subject) {
    case 'FUND':
      return [
        ...event.events.map(
          ({ kind, cause, marketId }) => `fund ${event.fundId}: ${kind} by ${cause}${marketId === null ? '' : ` in ${marketId}`}`,
        ),
        `balance ${event.balance.toFixed()}, reserved ${event.reserved.toFixed()}, peak ${event.peak.toFixed()}`,
      ];
    case 'MARKET':
      return [
        `security of ${event.marketId}: ${event.before} → ${event.band} at ${event.ratio?.toFixed() ?? 'no open value'}, market ${event.status}`,
      ];
    case 'WITHDRAWALS':
      return [`withdrawals of ${event.asset} closed because of pool ${event.poolId}`];
  }
};

/** Whether the record bears the event out: the band follows from the ratio under the law, a fund's balance meets its trigger, a gate has its law. */
export const recomputeSafeguard = ({ ruleSet }: DecisionRecordFile, { at, event }: Recorded<'SAFEGUARD'>): boolean => {
  const { securityToValue, withdrawalGate } = ruleSet.safeguards;
  switch (event.subject) {
    case 'FUND': {
      const starts = event.events.some(({ kind, cause }) => kind === 'DELEVERAGING_START' && cause === 'BALANCE');
      const trigger = ruleSet.funds.find(({ fundId }) => fundId === event.fundId)?.balanceTrigger ?? null;
      return !starts || trigger === null || event.balance.minus(event.reserved).lte(decimal(trigger.stop.toFixed()));
    }
    case 'MARKET':
      return securityToValue !== null && nextBand(event.before, event.ratio, securityToValue) === event.band;
    case 'WITHDRAWALS':
      return withdrawalGate !== null && event.closedUntil === at + withdrawalGate.closedFor;
  }
};
