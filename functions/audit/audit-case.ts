import { fundAccount, type JournalEntry } from '#core/account/ledger.ts';
import type { Pool } from '#core/account/pool.ts';
import { provenanceFault } from '#core/insurance/loss-provenance.ts';
import { type CaseLeg, isLive, type LiquidationCase } from '#core/liquidation/liquidation-case.ts';
import { sideSign } from '#core/market/side.ts';
import { type Decimal, sum } from '#core/units/decimal.ts';

/** Something that is not as it is promised. `halts`: the markets that stop because of it. */
export interface Finding {
  readonly subject: string;
  readonly message: string;
  readonly halts: readonly string[];
}

const marketsOf = (entry: JournalEntry): readonly string[] => [
  ...new Set([entry.marketId, ...entry.legs.flatMap(({ marketId }) => (marketId === null ? [] : [marketId]))]),
];

const quantityIn = (entry: JournalEntry, marketId: string): Decimal =>
  sum(entry.legs.filter((leg) => leg.marketId === marketId).map((leg) => leg.quantity));

/** Legs sum to zero: their values, and market by market their quantities. */
export const entryFindings = (entry: JournalEntry): readonly Finding[] => {
  const markets = marketsOf(entry);
  const value = sum(entry.legs.map((leg) => leg.value));
  const broken = [
    ...(value.isZero() ? [] : [`values sum to \`${value.toFixed()}\` ${entry.asset}`]),
    ...markets
      .filter((marketId) => !quantityIn(entry, marketId).isZero())
      .map((marketId) => `quantities in \`${marketId}\` do not sum to zero`),
  ];
  return broken.map((message) => ({ subject: `entry \`${entry.entryId}\``, message, halts: markets }));
};

/** A loss stays in the domain of its market: see `provenanceFault`. */
export const provenanceFindings = (entry: JournalEntry, fundIdOf: (marketId: string) => string): readonly Finding[] => {
  const message = provenanceFault(entry, fundIdOf);
  return message === null ? [] : [{ subject: `entry \`${entry.entryId}\``, message, halts: marketsOf(entry) }];
};

/** What the entries say that the pool gave up in a leg's market: s · Σ quantity, negative for what was closed. */
const postedIn = (leg: CaseLeg, poolId: string, entries: readonly JournalEntry[]): Decimal => {
  const posted = entries.flatMap((entry) => entry.legs.filter((each) => each.account === poolId && each.marketId === leg.marketId));
  return sideSign(leg.side).times(sum(posted.map((each) => each.quantity)));
};

const legMessages = (liquidation: LiquidationCase, entries: readonly JournalEntry[]): readonly string[] =>
  liquidation.legs
    .filter((leg) => !leg.residualQuantity.minus(leg.quantityAtOpening).eq(postedIn(leg, liquidation.poolId, entries)))
    .map((leg) => `${leg.side} ${leg.marketId} closed something else than its postings`);

const isFund = (account: string): boolean => account.startsWith(fundAccount(''));

const fundMessages = ({ received, drawn }: LiquidationCase, entries: readonly JournalEntry[]): readonly string[] => {
  const toFund = sum(entries.flatMap((entry) => entry.legs.filter((leg) => isFund(leg.account)).map((leg) => leg.value)));
  return toFund.eq(received.minus(drawn)) ? [] : ['the fund paid or took something else than the case says'];
};

const transferMessages = ({ transferCount }: LiquidationCase, entries: readonly JournalEntry[]): readonly string[] => {
  const booked = entries.filter((entry) => entry.kind === 'DELEVERAGING').length;
  return booked === transferCount ? [] : [`\`${transferCount}\` transfers are counted and \`${booked}\` booked`];
};

/**
 * The case folded from its entries: per leg, quantityAtOpening − residualQuantity is what the pool's postings closed; received − drawn is what the funds'
 * postings sum to; the transfers are those that are booked.
 */
export const caseFindings = (liquidation: LiquidationCase, entries: readonly JournalEntry[]): readonly Finding[] => {
  const halts = [...new Set(liquidation.legs.map((leg) => leg.marketId))];
  return [...legMessages(liquidation, entries), ...fundMessages(liquidation, entries), ...transferMessages(liquidation, entries)].map(
    (message) => ({
      subject: `case \`${liquidation.caseId}\``,
      message,
      halts,
    }),
  );
};

/** At most one live case per pool: a live case holds its pool's lock, one that has ended does not. Stops no market by itself: the books still balance. */
export const lockFindings = (liquidation: LiquidationCase, pool: Pool | null): readonly Finding[] => {
  const holds = pool?.caseId === liquidation.caseId;
  if (holds === isLive(liquidation.state)) return [];
  const message = `in ${liquidation.state}, but its pool is ${pool?.caseId == null ? 'free' : `held by \`${pool.caseId}\``}`;
  return [{ subject: `case \`${liquidation.caseId}\``, message, halts: [] }];
};

/** A halted case holds its pool until people have settled it; nothing else tells them. Stops no market by itself: whoever halted the case has. */
export const haltFindings = ({ caseId, state }: LiquidationCase): readonly Finding[] =>
  state === 'HALTED' ? [{ subject: `case \`${caseId}\``, message: 'in HALTED: people have to settle it', halts: [] }] : [];
