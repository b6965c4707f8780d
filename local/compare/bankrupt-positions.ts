import { appliedTo } from '#core/adl/applied-deleveraging.ts';
import type { Counterparty } from '#core/adl/counterparty.ts';
import { isInLiquidation } from '#core/adl/in-liquidation.ts';
import { type RankedCounterparty, rankCounterparties } from '#core/adl/rank-counterparties.ts';
import { bankruptPartyOf, rankingFor } from '#core/adl/residual-eligibility.ts';
import { residualAtPrice } from '#core/adl/settlement-price.ts';
import type { DeleveragingDecision, RankingDecision } from '#core/decision.ts';
import { present } from '#core/invariant.ts';
import { assessMargin } from '#core/margin/assess-margin.ts';
import { bankruptcyPrice } from '#core/margin/bankruptcy-price.ts';
import { opposite, type Side } from '#core/market/side.ts';
import type { Quantity } from '#core/units/money.ts';
import { bookReferences, counterpartiesIn } from '../deleverage-book.ts';
import type { BookUnderRules } from './compare-book.ts';

/** A position that is worth less than nothing at the marks of the book, or that counterparties had to take. */
export interface BankruptPosition {
  readonly poolId: string;
  readonly accountId: string;
  readonly marketId: string;
  readonly side: Side;
  readonly quantity: Quantity;
}

/** The same position, whoever looks at it. */
const nameOf = ({ poolId, marketId, side }: Pick<BankruptPosition, 'poolId' | 'marketId' | 'side'>): string =>
  `${poolId}#${marketId}#${side}`;

/** What the waves did to a position's residual, one after the other; nothing where no counterparty was asked. */
export const deleveragingsOf = ({ waves }: BookUnderRules, bankrupt: BankruptPosition): readonly DeleveragingDecision[] =>
  [...waves.trail.tables.Decisions.values()].filter(
    (decision): decision is DeleveragingDecision => decision.kind === 'DELEVERAGING' && nameOf(decision) === nameOf(bankrupt),
  );

const positionsUnder = ({ pools, waves }: BookUnderRules): readonly BankruptPosition[] => {
  const asked = new Set(
    [...waves.trail.tables.Decisions.values()].flatMap((decision) => (decision.kind === 'DELEVERAGING' ? [nameOf(decision)] : [])),
  );
  return pools.flatMap(({ pool, assessment }) =>
    pool.positions
      .map(({ marketId, side, quantity }) => ({ poolId: pool.poolId, accountId: pool.accountId, marketId, side, quantity }))
      .filter((position) => assessment.marginBalance.lt(0) || asked.has(nameOf(position))),
  );
};

/** The bankrupt positions of a book under any of its rule sets, each once, in the order of the pools. */
export const bankruptPositions = (outcomes: readonly BookUnderRules[]): readonly BankruptPosition[] => [
  ...new Map(outcomes.flatMap(positionsUnder).map((position) => [nameOf(position), position])).values(),
];

/** Holders of the other side as the wave recorded them before it asked the first. */
const recordedHolders = ({ marked, ruleSet }: BookUnderRules, { pools, marketId, side }: RankingDecision): readonly Counterparty[] =>
  pools.flatMap((pool) => {
    const assessment = assessMargin(pool, marked);
    const assessed = assessment.ok
      ? assessment.value.positions.find(({ position }) => position.marketId === marketId && position.side === side)
      : undefined;
    return !assessment.ok || assessed === undefined
      ? []
      : [{ assessment: assessment.value, assessed, inLiquidation: isInLiquidation(assessment.value, ruleSet.margin.execution) }];
  });

/** The queue that the wave went down, else the queue as it stands at the marks of the book. */
const everybody = (outcome: BookUnderRules, { marketId, side }: BankruptPosition, asked: DeleveragingDecision | undefined) => {
  const { ruleSet, waves, pools } = outcome;
  const recorded = asked === undefined ? undefined : waves.trail.tables.Decisions.get(asked.rankingId);
  const holders = recorded?.kind === 'RANKING' ? recordedHolders(outcome, recorded) : counterpartiesIn(pools, marketId, opposite(side));
  return rankCounterparties(holders, ruleSet.deleveraging, asked?.rankingId ?? `BOOK#${marketId}#${side}`);
};

/** Whose position it is and what it would be closed at; null where it has no positive bankruptcy price. */
const partyOf = (outcome: BookUnderRules, bankrupt: BankruptPosition, asked: DeleveragingDecision | undefined) => {
  const { pool, assessment, crossBankruptcyPrice } = present(
    outcome.pools.find(({ pool: each }) => each.poolId === bankrupt.poolId),
    'the pool is in the book',
  );
  const owner = { accountId: pool.accountId, tags: pool.tags };
  if (asked !== undefined) return asked.price === null ? null : { ...owner, settlementPrice: asked.price };
  const assessed = present(
    assessment.positions.find(({ position }) => position.marketId === bankrupt.marketId && position.side === bankrupt.side),
    'the pool holds the position',
  );
  const at = bankruptcyPrice(assessment, assessed, crossBankruptcyPrice);
  if (at === null) return null;
  const market = present(
    outcome.markets.find(({ terms }) => terms.marketId === bankrupt.marketId),
    'the market is in the book',
  );
  const residual = residualAtPrice(market.terms, bankrupt.side, bankrupt.quantity, at);
  return bankruptPartyOf(residual, bookReferences(market), appliedTo(outcome.ruleSet.deleveraging, pool.marginMode), owner);
};

/**
 * The counterparties of a bankrupt position under a rule set, best first, then those who may not be asked with their reasons: as the first wave ranked
 * them that asked one, else as they stand at the marks of the book.
 */
export const queueOf = (outcome: BookUnderRules, bankrupt: BankruptPosition): readonly RankedCounterparty[] => {
  const [asked] = deleveragingsOf(outcome, bankrupt);
  const ranking = everybody(outcome, bankrupt, asked);
  const party = partyOf(outcome, bankrupt, asked);
  return party === null ? ranking : rankingFor(ranking, outcome.ruleSet.deleveraging, party);
};
