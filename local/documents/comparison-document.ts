import { type BankruptPosition, bankruptPositions, deleveragingsOf, queueOf } from '../compare/bankrupt-positions.ts';
import type { BookUnderRules, ComparedRules } from '../compare/compare-book.ts';
import { assetPayments, poolPayments } from '../compare/who-pays.ts';
import { assessDocument } from './assess-document.ts';
import { deleverageDocument, rankedDocument, transferDocument } from './deleverage-document.ts';
import { derivedOrNull, exact } from './exact-figures.ts';

const residualQuantityOf = ({ waves }: BookUnderRules, { poolId, marketId, side }: BankruptPosition): string =>
  waves.residuals.find((each) => each.poolId === poolId && each.marketId === marketId && each.side === side)?.quantity ?? '0';

const bankruptDocument = (outcome: BookUnderRules, bankrupt: BankruptPosition) => {
  const decided = deleveragingsOf(outcome, bankrupt);
  const { poolId, accountId, marketId, side, quantity } = bankrupt;
  return {
    poolId,
    accountId,
    marketId,
    side,
    quantity: exact(quantity),
    ranking: queueOf(outcome, bankrupt).map((ranked) => rankedDocument(ranked, outcome.ruleSet.deleveraging.ranking)),
    settlementPrice: derivedOrNull(decided.find(({ price }) => price !== null)?.price ?? null),
    transfers: decided.flatMap(({ transfers }) => transfers.map(transferDocument)),
    contributions: decided.flatMap((each) => each.contributions.map((paid) => ({ ...paid, amount: exact(paid.amount) }))),
    residualQuantity: residualQuantityOf(outcome, bankrupt),
  };
};

const paymentsDocument = (outcome: BookUnderRules) => ({
  pools: poolPayments(outcome).map(({ before, after, ...names }) => ({
    ...names,
    marginBalanceBefore: exact(before),
    marginBalanceAfter: exact(after),
    change: exact(after.minus(before)),
  })),
  assets: assetPayments(outcome).map((each) => ({
    asset: each.asset,
    fundPaid: exact(each.fundPaid),
    fundReceived: exact(each.fundReceived),
    fundBalance: exact(each.fundBalance),
    takenOverPnl: exact(each.takenOverPnl),
    fees: exact(each.fees),
    haircuts: exact(each.haircuts),
    shared: exact(each.shared),
    debt: exact(each.debt),
  })),
});

const outcomeDocument = (outcome: BookUnderRules, bankrupt: readonly BankruptPosition[]) => ({
  refusal: null,
  pools: assessDocument(outcome.ruleSet.reference, outcome.pools).pools,
  residuals: deleverageDocument(outcome.ruleSet, outcome.plans).plans,
  bankruptPositions: bankrupt.map((each) => bankruptDocument(outcome, each)),
  payments: paymentsDocument(outcome),
  residualsLeft: outcome.waves.residuals,
  violations: outcome.waves.violations,
});

type OutcomeDocument = ReturnType<typeof outcomeDocument>;

/** What a rule set makes of the book; nothing but the refusal, its message with its place, where it cannot use it. */
export type ComparedDocument = Omit<OutcomeDocument, 'refusal'> & {
  readonly ruleSet: ComparedRules['ruleSet']['reference'];
  readonly refusal: { readonly file: string; readonly path: string; readonly message: string } | null;
};

const columnDocument = (column: ComparedRules, bankrupt: readonly BankruptPosition[]): ComparedDocument => {
  const ruleSet = column.ruleSet.reference;
  if (column.kind === 'COMPARED') return { ruleSet, ...outcomeDocument(column.outcome, bankrupt) };
  const { file, path, message } = column.fault;
  const nothing = {
    pools: [],
    residuals: [],
    bankruptPositions: [],
    payments: { pools: [], assets: [] },
    residualsLeft: [],
    violations: [],
  };
  return { ruleSet, refusal: { file, path: path === '' ? '$' : path, message }, ...nothing };
};

/** The result of `adl rules compare --json`: one book under each of the rule sets, in their order, the same bankrupt positions in each. */
export const comparisonDocument = (book: string, columns: readonly ComparedRules[]) => {
  const bankrupt = bankruptPositions(columns.flatMap((column) => (column.kind === 'COMPARED' ? [column.outcome] : [])));
  return { book, ruleSets: columns.map((column) => columnDocument(column, bankrupt)) };
};

/** What `adl rules compare --json` prints. */
export type ComparisonDocument = ReturnType<typeof comparisonDocument>;
