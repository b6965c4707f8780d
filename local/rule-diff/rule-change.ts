import type { Decimal } from '#core/units/decimal.ts';
import type { RuleSet } from '#rule-sets/rule-set.ts';
import type { LeafChange } from './leaf-changes.ts';

/** Two rule sets that are compared: what stands, and what is to stand. */
export interface RuleSets {
  readonly before: RuleSet;
  readonly after: RuleSet;
}

/** Parts of a difference in the order in which they are shown; markets come last. */
export const SECTIONS = [
  'FUND',
  'DELEVERAGING',
  'SAFEGUARDS',
  'MARGIN_RULES',
  'EXECUTION',
  'SHORTFALL_RULES',
  'RULE_SET',
  'TIERS',
] as const;

export type Section = (typeof SECTIONS)[number];

/** What is said of a change: what it is, and what it means for those whose money it is. */
export interface Said {
  readonly what: string;
  /** null where nothing can be said for certain. */
  readonly effect: string | null;
}

/** A position opened at the mark 100 that shows what a change of tiers does. */
export interface ExamplePosition {
  readonly side: 'LONG' | 'SHORT';
  readonly notionalValue: Decimal;
  readonly leverage: Decimal;
  readonly before: ExampleFate;
  readonly after: ExampleFate;
  /** How far the liquidation price moved, in percent of the mark; null where one of the two has none. */
  readonly distancePercent: Decimal | null;
}

/** How the example ends: at once, at a price, or never (null). */
export interface ExampleFate {
  readonly atOnce: boolean;
  readonly liquidationPrice: Decimal | null;
}

/** A stretch of notional value in which a table says something else than before. */
export interface BandFigures {
  readonly notionalFloor: Decimal;
  /** null: no end. */
  readonly notionalCap: Decimal | null;
  readonly tiers: string;
  readonly rates: readonly [before: Decimal, after: Decimal] | null;
  readonly leverages: readonly [before: Decimal | null, after: Decimal | null] | null;
  readonly example: ExamplePosition | null;
}

/** One change of a rule set, for a person. */
export interface RuleChange extends Said {
  readonly section: Section;
  /** The market that it concerns, `*` for every one without a table of its own; null for all. */
  readonly marketId: string | null;
  readonly subject: string;
  /** null for all but stretches of a tier table. */
  readonly band: BandFigures | null;
  /** The values behind it, as written. Each differing value of two rule sets is behind one change at least. */
  readonly leaves: readonly LeafChange[];
}

/** A change in one line, such as ``usdt fund: floor 100,000 → 50,000: it pays 50,000 more before deleveraging starts``. */
export const sentenceOf = ({ subject, what, effect, band }: RuleChange): string =>
  effect === null ? `${subject}: ${what}` : `${subject}: ${what}${band === null ? ':' : ';'} ${effect}`;
