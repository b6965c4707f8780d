import { byCodeUnits } from '../ordering.ts';
import type { Money } from '../units/money.ts';
import { windowPeak } from './drawdown.ts';
import { leftOf } from './fund-limits.ts';
import type { FundState } from './fund-state.ts';

/** RATE: a fall below a peak. BALANCE: what is left, whatever there was before. */
export type FundCause = 'RATE' | 'BALANCE';

/** A deleveraging mode or a warning that began or ended. */
export interface FundEvent {
  readonly kind: 'DELEVERAGING_START' | 'DELEVERAGING_END' | 'WARNING_START' | 'WARNING_END';
  readonly cause: FundCause;
  /** The market whose own result it is about; null for the whole fund. */
  readonly marketId: string | null;
}

interface Standing {
  readonly key: string;
  readonly cause: FundCause;
  readonly marketId: string | null;
}

/** Why a fund does not pay now. Where the balance and a fall both say so, only the balance is told. */
const deleveragingOf = ({ memory, drawdown }: FundState): readonly Standing[] => {
  if (memory.isBelowTrigger) return [{ key: 'BALANCE', cause: 'BALANCE', marketId: null }];
  if (drawdown.active) return [{ key: 'RATE', cause: 'RATE', marketId: null }];
  const stopped = [...memory.results].filter(([, { active }]) => active).map(([marketId]) => marketId);
  return stopped.sort(byCodeUnits).map((marketId) => ({ key: `RATE#${marketId}`, cause: 'RATE', marketId }));
};

const isFallWarning = (fund: FundState, left: Money): boolean => {
  const line = fund.policy.warning?.drawdown ?? null;
  const peak = windowPeak(fund.drawdown);
  return line !== null && peak.gt(0) && peak.minus(left).gte(peak.times(line));
};

/** Why people are warned: the balance before the fall; not at all once the mode is on. */
const warningOf = (fund: FundState): readonly Standing[] => {
  if (deleveragingOf(fund).length > 0) return [];
  const left = leftOf(fund);
  const line = fund.policy.warning?.balance ?? null;
  if (line !== null && left.lte(line)) return [{ key: 'BALANCE', cause: 'BALANCE', marketId: null }];
  return isFallWarning(fund, left) ? [{ key: 'RATE', cause: 'RATE', marketId: null }] : [];
};

type Turn = readonly [start: FundEvent['kind'], end: FundEvent['kind']];

const turns = (before: readonly Standing[], after: readonly Standing[], [start, end]: Turn): readonly FundEvent[] => {
  const isIn = (list: readonly Standing[], key: string): boolean => list.some((each) => each.key === key);
  const ended = before.filter(({ key }) => !isIn(after, key)).map(({ cause, marketId }): FundEvent => ({ kind: end, cause, marketId }));
  const started = after.filter(({ key }) => !isIn(before, key)).map(({ cause, marketId }): FundEvent => ({ kind: start, cause, marketId }));
  return [...ended, ...started];
};

/**
 * What began and ended between two states of a fund, in the order warnings ended, modes ended, modes started, warnings started; markets by id.
 *
 * A mode that changes its cause ends under one and starts under the other. A fall and a balance that begin together are told as BALANCE alone.
 * Source: OKX `adl-warning`: `rate_adl_start`, `bal_adl_start`, `adl_end`, state `warning`; "if both, only the balance one", read 2026-11-22.
 */
export const fundEvents = (before: FundState, after: FundState): readonly FundEvent[] => {
  const modes = turns(deleveragingOf(before), deleveragingOf(after), ['DELEVERAGING_START', 'DELEVERAGING_END']);
  const warnings = turns(warningOf(before), warningOf(after), ['WARNING_START', 'WARNING_END']);
  return [...warnings.filter(({ kind }) => kind === 'WARNING_END'), ...modes, ...warnings.filter(({ kind }) => kind === 'WARNING_START')];
};
