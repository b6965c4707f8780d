import { bankruptcyPrice } from '../margin/bankruptcy-price.ts';
import { settledSum, valueAt, valueSign } from '../market/valuation.ts';
import type { DeleveragingPolicy } from '../policy.ts';
import type { Price } from '../units/money.ts';
import type { AppliedDeleveraging } from './applied-deleveraging.ts';
import type { IneligibleReason } from './counterparty.ts';
import { type ReferencePrices, settlementPriceOf } from './deleveraging-price.ts';
import { type RankedCounterparty, withBarred } from './rank-counterparties.ts';
import type { Residual } from './settlement-price.ts';

/** Whose residual it is, and the price at which counterparties would take it. */
export interface BankruptParty {
  /** null where a book does not say. */
  readonly accountId: string | null;
  readonly tags: readonly string[];
  readonly settlementPrice: Price;
}

/** The party whose residual it is, with the price at which the policy has counterparties take it. */
export const bankruptPartyOf = (
  residual: Residual,
  references: ReferencePrices,
  policy: AppliedDeleveraging,
  owner: Pick<BankruptParty, 'accountId' | 'tags'>,
): BankruptParty => {
  const bankrupt = { side: residual.side, bankruptcyPrice: residual.price, takerFeeRate: residual.terms.takerFeeRate };
  return { ...owner, settlementPrice: settlementPriceOf(policy.settlementPrice, bankrupt, references) };
};

const sharesOwner = (tags: readonly string[], others: readonly string[], prefix: string): boolean =>
  tags.some((tag) => tag.startsWith(prefix) && others.includes(tag));

/** Beyond its own bankruptcy price a position would close for less than its share of the pool holds. No bankruptcy price, nothing to cross. */
const isCrossed = ({ counterparty }: RankedCounterparty, at: Price): boolean => {
  const own = bankruptcyPrice(counterparty.assessment, counterparty.assessed);
  if (own === null) return false;
  return counterparty.assessed.position.side === 'LONG' ? at.lt(own) : at.gt(own);
};

/** Whether marginBalance + v·(V(q, P) − V(q, mark)) < 0 for all that may be asked for. */
const isInsolventAfter = ({ counterparty, quantity }: RankedCounterparty, at: Price): boolean => {
  const { assessment, assessed } = counterparty;
  const { terms, markPrice } = assessed.market;
  const change = valueSign(terms.contract, assessed.position.side).times(
    valueAt(terms, quantity, at).minus(valueAt(terms, quantity, markPrice)),
  );
  return settledSum(terms.contract, assessment.marginBalance.plus(change)).lt(0);
};

/**
 * Why a place may not give to one particular residual; null when it may. The first that holds, in this order: the bankrupt account itself; an account of the same
 * owner; its own bankruptcy price lies on the losing side of the settlement price (LONG: P < BP, SHORT: P > BP); giving all that may be asked for at P would
 * leave its pool below zero: marginBalance + v·(V(q, P) − V(q, mark)) < 0, settlement asset, exact but for the quantum of the booking.
 *
 * The last is asked of the whole position, so that whatever parts several residuals of one market take, the pool stays solvent at the mark; losses that the
 * same wave causes it in other markets are not foreseen.
 * Source: dYdX v4 deleveraging.go (skips whoever's bankruptcy price does not overlap), read 2026-11-22. Owners and solvency after are ours.
 */
export const reasonAgainstFor = (
  ranked: RankedCounterparty,
  { exclude }: DeleveragingPolicy,
  { accountId, tags, settlementPrice }: BankruptParty,
): IneligibleReason | null => {
  if (ranked.accountId === accountId) return 'SAME_ACCOUNT';
  if (!ranked.eligible) return null;
  const { pool } = ranked.counterparty.assessment;
  if (exclude.ownerTagPrefix !== null && sharesOwner(pool.tags, tags, exclude.ownerTagPrefix)) return 'SAME_OWNER';
  if (exclude.bankruptcyPriceCrossed && isCrossed(ranked, settlementPrice)) return 'BANKRUPTCY_CROSSED';
  return exclude.insolventAfter && isInsolventAfter(ranked, settlementPrice) ? 'INSOLVENT_AFTER' : null;
};

/** The ranking as one residual finds it: places that may not give to it are barred with their reasons. The order of the others stays. */
export const rankingFor = (
  ranking: readonly RankedCounterparty[],
  policy: DeleveragingPolicy,
  bankrupt: BankruptParty,
): readonly RankedCounterparty[] => withBarred(ranking, policy, (each) => reasonAgainstFor(each, policy, bankrupt));
