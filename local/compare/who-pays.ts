import { feeAccount, fundAccount, type JournalLeg } from '#core/account/ledger.ts';
import type { Pool } from '#core/account/pool.ts';
import { present } from '#core/invariant.ts';
import { assessMargin } from '#core/margin/assess-margin.ts';
import { type Decimal, sum } from '#core/units/decimal.ts';
import { debtOf } from '../pool-debt.ts';
import { takenOverPnl } from '../taken-over.ts';
import type { BookUnderRules } from './compare-book.ts';

/** What a pool is worth at the marks of the book, before and after the waves; the difference is what it paid, or was given. Settlement asset. */
export interface PoolPayment {
  readonly poolId: string;
  readonly accountId: string;
  readonly settlementAsset: string;
  readonly before: Decimal;
  readonly after: Decimal;
}

/** Everybody beside the traders, in one settlement asset. */
export interface AssetPayments {
  readonly asset: string;
  readonly fundPaid: Decimal;
  readonly fundReceived: Decimal;
  readonly fundBalance: Decimal;
  /** Profit at the marks of what funds took over; negative for a loss. */
  readonly takenOverPnl: Decimal;
  /** What fills and transfers paid in fees. */
  readonly fees: Decimal;
  /** Σ of what counterparties gave up against the mark. */
  readonly haircuts: Decimal;
  /** Σ of what everybody paid who shares a loss. */
  readonly shared: Decimal;
  /** What pools without positions are short of zero, which nobody has paid. */
  readonly debt: Decimal;
}

const worthOf = ({ marked }: BookUnderRules, pool: Pool): Decimal => {
  const assessed = assessMargin(pool, marked);
  return assessed.ok ? assessed.value.marginBalance : pool.balance;
};

/** The pools that the waves changed the worth of or opened a case of, in the order of the book's pools; not one that gave at the mark and lost nothing. */
export const poolPayments = (outcome: BookUnderRules): readonly PoolPayment[] => {
  const { Pools } = outcome.waves.trail.tables;
  return outcome.pools.flatMap(({ pool, assessment }) => {
    const now = present(Pools.get(pool.poolId), 'no pool ever goes');
    const after = worthOf(outcome, now);
    const isTouched = !after.eq(assessment.marginBalance) || now.caseCount > 0;
    const { poolId, accountId, settlementAsset } = pool;
    return isTouched ? [{ poolId, accountId, settlementAsset, before: assessment.marginBalance, after }] : [];
  });
};

const legsOf = ({ waves }: BookUnderRules, account: string): readonly JournalLeg[] =>
  [...waves.trail.tables.Journal.values()].flatMap(({ legs }) => legs.filter((leg) => leg.account === account));

const totalOf = (legs: readonly JournalLeg[]): Decimal => sum(legs.map(({ value }) => value));

const deleveragingsIn = ({ waves, marked }: BookUnderRules, asset: string) =>
  [...waves.trail.tables.Decisions.values()].flatMap((decision) =>
    decision.kind === 'DELEVERAGING' && marked.get(decision.marketId)?.terms.settlementAsset === asset ? [decision] : [],
  );

const paymentsIn = (outcome: BookUnderRules, asset: string): AssetPayments => {
  const funds = [...outcome.waves.trail.tables.Funds.values()].filter((fund) => fund.asset === asset);
  const flows = funds.flatMap(({ fundId }) => legsOf(outcome, fundAccount(fundId)).map(({ value }) => value));
  const deleveragings = deleveragingsIn(outcome, asset);
  return {
    asset,
    fundPaid: sum(flows.filter((value) => value.lt(0))).negated(),
    fundReceived: sum(flows.filter((value) => value.gt(0))),
    fundBalance: sum(funds.map(({ balance }) => balance)),
    takenOverPnl: sum(funds.map((fund) => takenOverPnl(outcome.waves.trail.tables, outcome.marked, fund))),
    fees: totalOf(legsOf(outcome, feeAccount(asset))),
    haircuts: sum(deleveragings.flatMap(({ transfers }) => transfers.map(({ haircut }) => haircut).filter((haircut) => haircut.gt(0)))),
    shared: sum(deleveragings.flatMap(({ contributions }) => contributions.map(({ amount }) => amount))),
    debt: debtOf([...outcome.waves.trail.tables.Pools.values()].filter((pool) => pool.settlementAsset === asset)),
  };
};

/** Who else paid and received what over the waves, an entry for each settlement asset of the book's markets. */
export const assetPayments = (outcome: BookUnderRules): readonly AssetPayments[] => {
  const assets = new Set([...outcome.marked.values()].map(({ terms }) => terms.settlementAsset));
  return [...assets].map((asset) => paymentsIn(outcome, asset));
};
