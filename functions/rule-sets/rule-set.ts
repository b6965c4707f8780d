import type { GivenTier, TierForm } from '#core/market/given-tier.ts';
import type { MarginPolicy, OpenInterestScale } from '#core/market/margin-policy.ts';
import type {
  DeleveragingPolicy,
  DeleveragingTrigger,
  ExecutionPolicy,
  FundPolicy,
  MarginEvent,
  RuleSetReference,
  SafeguardPolicy,
  ShortfallEventType,
} from '#core/policy.ts';
import type { Decimal } from '#core/units/decimal.ts';
import type { FactName } from './facts.ts';
import type { OperatorName } from './operators.ts';

/** One comparison of a fact with a constant. */
export interface Leaf {
  readonly fact: FactName;
  readonly operator: OperatorName;
  /** As written: a decimal string, or ids for `oneOf`. */
  readonly value: string | readonly string[];
  /** `value` as a number, parsed once; null for `oneOf`. */
  readonly threshold: Decimal | null;
}

export type Condition = { readonly all: readonly Condition[] } | { readonly any: readonly Condition[] } | { readonly not: Leaf } | Leaf;

/** One rule: when its condition holds, its event is what the rule set wants done. */
export interface Rule<Event> {
  readonly name: string;
  /** Unique within its file; the highest is asked first. */
  readonly priority: number;
  readonly conditions: Condition;
  readonly event: Event;
}

export interface ShortfallEvent {
  readonly type: ShortfallEventType;
}

export interface Source {
  readonly title: string;
  readonly url: string;
  readonly readOn: string;
}

export interface TierTables extends Omit<MarginPolicy, 'openInterestScale'> {
  readonly form: TierForm;
  /** By market id; `*` is that of every market without one. */
  readonly openInterestScales: ReadonlyMap<string, OpenInterestScale>;
  /** By market id; `*` is the default of every market without a table. */
  readonly markets: ReadonlyMap<string, readonly GivenTier[]>;
}

/** One version of a venue's law: every number and every choice that decisions are taken under. */
export interface RuleSet {
  readonly reference: RuleSetReference;
  readonly description: string;
  readonly sources: readonly Source[];
  /** Market ids that the law is for; `*` for all. */
  readonly markets: readonly string[];
  readonly tiers: TierTables;
  readonly margin: { readonly rules: readonly Rule<MarginEvent>[]; readonly execution: ExecutionPolicy };
  readonly shortfall: { readonly deleveragingTrigger: DeleveragingTrigger; readonly rules: readonly Rule<ShortfallEvent>[] };
  readonly funds: readonly FundPolicy[];
  readonly deleveraging: DeleveragingPolicy;
  readonly safeguards: SafeguardPolicy;
  /** Raw JSON of each file by name, so that a record can carry the law it was decided under. */
  readonly files: Readonly<Record<string, unknown>>;
}
