import { invariant } from '../invariant.ts';
import { type Decimal, sum, ZERO } from '../units/decimal.ts';
import { type Money, money } from '../units/money.ts';

/**
 * One account's part in an entry. The ledger value of an account is its cash − Σ v·entryValue of its positions (v as `valueSign` says), so a trade at
 * price P of q contracts moves v·V(q, P) between two accounts and the signed quantity with it; neither is ever created.
 */
export interface JournalLeg {
  /** A pool id, `VENUE#market`, `FUND#id` or `FEE#asset`. */
  readonly account: string;
  /** null for a leg that moves value only. */
  readonly marketId: string | null;
  /** Signed contracts: selling a LONG is negative, buying back a SHORT positive. */
  readonly quantity: Decimal;
  /** Signed value in the asset of the entry. */
  readonly value: Money;
}

export type EntryKind = 'MARKET_FILL' | 'DELEVERAGING' | 'TAKE_OVER' | 'SOCIALIZATION';

/** A posting of the journal, put once. Its legs sum to zero in value and, market by market, in quantity. */
export interface JournalEntry {
  readonly entryId: string;
  readonly caseId: string;
  readonly kind: EntryKind;
  readonly asset: string;
  readonly marketId: string;
  readonly legs: readonly JournalLeg[];
}

export const venueAccount = (marketId: string): string => `VENUE#${marketId}`;
export const fundAccount = (fundId: string): string => `FUND#${fundId}`;
export const feeAccount = (asset: string): string => `FEE#${asset}`;
/** Holds positions that the fund took over; they count for the conservation of quantities and values. */
export const takeoverAccount = (fundId: string): string => `TAKEOVER#${fundId}`;

/** Holds what was collected of a socialized loss until it is used: empty once a leg's run has ended. */
export const socializedAccount = (asset: string): string => `SOCIALIZED#${asset}`;

export const valueLeg = (account: string, value: Decimal): JournalLeg => ({ account, marketId: null, quantity: ZERO, value: money(value) });

const isEmpty = (leg: JournalLeg): boolean => leg.value.isZero() && leg.quantity.isZero();

/** Makes an entry of the legs that move something. Throws `InvariantViolation` unless they sum to exactly zero. */
export const balancedEntry = (entry: JournalEntry): JournalEntry => {
  const legs = entry.legs.filter((leg) => !isEmpty(leg));
  invariant(sum(legs.map((leg) => leg.value)).isZero(), `the values of entry ${entry.entryId} sum to zero`);
  invariant(sum(legs.map((leg) => leg.quantity)).isZero(), `the quantities of entry ${entry.entryId} sum to zero`);
  return { ...entry, legs };
};
