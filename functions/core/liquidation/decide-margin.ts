import type { MarginAssessment } from '../margin/assess-margin.ts';
import type { MarginEvent, Verdict } from '../policy.ts';
import type { ReductionEvent } from './reduction-policy.ts';

/** What the engine chooses to do with a pool. */
export type MarginChoice =
  | { readonly kind: 'NONE' }
  | { readonly kind: 'WARN'; readonly rule: string }
  | { readonly kind: 'REDUCE'; readonly rule: string; readonly size: ReductionEvent }
  | { readonly kind: 'LIQUIDATE'; readonly rule: string | null }
  | { readonly kind: 'TAKE_OVER'; readonly rule: string }
  | { readonly kind: 'REFUSED'; readonly reason: string };

/** SAFE, WARNED, LIQUIDATABLE by the rules' choice; INSOLVENT by the balance alone. */
export type PoolState = 'SAFE' | 'WARNED' | 'LIQUIDATABLE' | 'INSOLVENT';

/** What a rule's event asks for. */
export const choiceOf = (rule: string, event: MarginEvent): MarginChoice => {
  switch (event.type) {
    case 'WARN':
      return { kind: 'WARN', rule };
    case 'REDUCE_TO_TIER':
    case 'REDUCE_BY_FRACTION':
    case 'REDUCE_EQUALLY':
    case 'REDUCE_BY_PORTION':
    case 'REDUCE_TO_RECOVERY':
      return { kind: 'REDUCE', rule, size: event };
    case 'LIQUIDATE':
      return { kind: 'LIQUIDATE', rule };
    case 'TAKE_OVER':
      return { kind: 'TAKE_OVER', rule };
  }
};

const ofFired = (fired: readonly Verdict<MarginEvent>[]): MarginChoice => {
  const acting = fired.find((verdict) => verdict.event.type !== 'WARN') ?? fired[0];
  return acting === undefined ? { kind: 'NONE' } : choiceOf(acting.rule, acting.event);
};

/**
 * Turns the rules' verdicts on a pool into one choice.
 *
 * An `ERROR` verdict refuses: an error is never silence. Otherwise the fired rule of highest priority that acts decides, else a fired warning.
 * An insolvent pool closes whole whatever the rules say, unless they hand it over. Expects verdicts by priority, highest first.
 */
export const decideMargin = (assessment: Pick<MarginAssessment, 'insolvent'>, verdicts: readonly Verdict<MarginEvent>[]): MarginChoice => {
  const failed = verdicts.find((verdict) => verdict.outcome === 'ERROR');
  if (failed !== undefined) return { kind: 'REFUSED', reason: `rule \`${failed.rule}\`: ${failed.error ?? 'no verdict'}` };
  const fired = verdicts.filter((verdict) => verdict.outcome === 'FIRED');
  const chosen = ofFired(fired);
  if (!assessment.insolvent || chosen.kind === 'LIQUIDATE' || chosen.kind === 'TAKE_OVER') return chosen;
  return { kind: 'LIQUIDATE', rule: null };
};

/** Whether the choice starts a liquidation. */
export const isOpening = (choice: MarginChoice): boolean =>
  choice.kind === 'REDUCE' || choice.kind === 'LIQUIDATE' || choice.kind === 'TAKE_OVER';

export const poolState = (assessment: MarginAssessment, choice: MarginChoice): PoolState => {
  if (assessment.insolvent) return 'INSOLVENT';
  if (isOpening(choice)) return 'LIQUIDATABLE';
  return choice.kind === 'WARN' ? 'WARNED' : 'SAFE';
};
