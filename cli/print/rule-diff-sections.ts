import type { RuleSetReference } from '#core/policy.ts';
import { hashBeginning } from '#local/hash-beginning.ts';
import type { RuleChange, Section } from '#local/rule-diff/rule-change.ts';
import { shownChanges } from '#local/rule-diff/shown-changes.ts';

/** The changes under one heading of a printed difference. */
export interface DiffSection {
  readonly title: string;
  readonly changes: readonly RuleChange[];
  /** What is counted instead of shown. */
  readonly notes: readonly string[];
}

const TITLES: Readonly<Record<Section, string>> = {
  FUND: 'Insurance funds',
  DELEVERAGING: 'Deleveraging',
  SAFEGUARDS: 'Safeguards',
  MARGIN_RULES: 'Margin rules',
  EXECUTION: 'Execution',
  SHORTFALL_RULES: 'Shortfall rules',
  RULE_SET: 'Rule set',
  TIERS: 'Margin tiers',
};

const titleOf = ({ section, marketId }: RuleChange): string => {
  if (marketId === null) return TITLES[section];
  return marketId === '*' ? 'Every market without a table of its own (`*`)' : marketId;
};

/** Changes under their headings, in their order: what concerns all first, then market by market. */
export const diffSections = (changes: readonly RuleChange[]): readonly DiffSection[] =>
  [...Map.groupBy(changes, titleOf)].map(([title, those]) => {
    const { shown, notes } = shownChanges(those);
    return { title, changes: shown, notes };
  });

/** What sentences about tiers leave to know; null where there are none. */
export const tierLegend = (changes: readonly RuleChange[]): string | null =>
  changes.some(({ band }) => band !== null)
    ? 'Tiers are counted from 0, as `tierIndex` counts them; examples are isolated, without fees, and their percents are of the mark they opened at.'
    : null;

export const nameOf = ({ id, version }: RuleSetReference): string => `${id}@${version}`;

/** Enough of a hash to tell two versions apart. */
const HASH_LETTERS = 12;

export const shortHash = (reference: RuleSetReference): string => hashBeginning(reference, HASH_LETTERS);
