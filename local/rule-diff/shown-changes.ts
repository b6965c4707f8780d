import { counted } from './in-words.ts';
import type { RuleChange } from './rule-change.ts';
import { marketSubject } from './unit-of-leaf.ts';

/** Stretches of one market's tiers that are shown to a person; the rest is counted. */
const BANDS_SHOWN_MAX = 12;

export interface ShownChanges {
  readonly shown: readonly RuleChange[];
  /** What is counted instead of shown, a line for each market. */
  readonly notes: readonly string[];
}

/** Changes as a person reads them: of each market at most 12 stretches of its tiers. */
export const shownChanges = (changes: readonly RuleChange[]): ShownChanges => {
  const bands = Map.groupBy(
    changes.filter(({ band }) => band !== null),
    ({ marketId }) => marketId,
  );
  const hidden = new Set([...bands.values()].flatMap((those) => those.slice(BANDS_SHOWN_MAX)));
  const notes = [...bands].flatMap(([marketId, those]) =>
    those.length > BANDS_SHOWN_MAX
      ? [`${marketSubject(marketId ?? '*')}: and ${counted(those.length - BANDS_SHOWN_MAX, 'more stretch', 'more stretches')} of its tiers`]
      : [],
  );
  return { shown: changes.filter((change) => !hidden.has(change)), notes };
};
