import { byCodeUnits } from '../../ordering.ts';
import type { Decimal } from '../../units/decimal.ts';
import type { Counterparty } from '../counterparty.ts';
import { comparable } from './factor-score.ts';
import { profitFactorOf } from './profit-factor.ts';
import type { KeyTerm, RankingKey } from './ranking-policy.ts';
import { riskFactorOf } from './risk-factor.ts';

/** A key that is a number. */
export type NumberKey = Exclude<RankingKey, 'accountId'>;

const NO_FLOOR = { walletFloor: null };

/** The number behind a key; quotients to 48 digits, so that equal ones tie. null where it is undefined. */
export const numberOf = (counterparty: Counterparty, key: NumberKey): Decimal | null => {
  const { assessment, assessed } = counterparty;
  switch (key) {
    case 'unrealizedPnl':
      return assessed.unrealizedPnl;
    case 'walletBalance':
      return assessment.pool.balance;
    case 'marginBalance':
      return assessment.marginBalance;
    case 'notionalValue':
      return assessed.notionalValue;
    case 'quantity':
      return assessed.position.quantity;
    case 'pnlRatio':
    case 'pnlOverBalance': {
      const value = profitFactorOf(counterparty, { factor: key, ...NO_FLOOR });
      return value === null ? null : comparable(value);
    }
    default: {
      const value = riskFactorOf(counterparty, key);
      return value === null ? null : comparable(value);
    }
  }
};

const compareBy = ({ key, order }: KeyTerm, a: Counterparty, b: Counterparty): number => {
  const direction = order === 'ASCENDING' ? 1 : -1;
  if (key === 'accountId') return direction * byCodeUnits(a.assessment.pool.accountId, b.assessment.pool.accountId);
  const [left, right] = [numberOf(a, key), numberOf(b, key)];
  // Undefined comes last in either direction, so that a leverage without end is not the best cover.
  if (left === null || right === null) return (left === null ? 1 : 0) - (right === null ? 1 : 0);
  return direction * left.comparedTo(right);
};

/**
 * Compares two positions key by key, the first that differs decides; `poolId` by code units always decides last. Total.
 *
 * walletBalance is the pool's (isolated margin of an isolated one); account ids are compared by code units, so that numbers rank as numbers where they have
 * equally many digits. A key that is undefined comes last.
 * Source: Ethereal, auto-deleveraging: effective leverage descending, unrealized PnL descending, balance ascending, account number descending; read
 * 2026-11-22.
 */
export const byKeys =
  (keys: readonly KeyTerm[]) =>
  (a: Counterparty, b: Counterparty): number => {
    for (const term of keys) {
      const order = compareBy(term, a, b);
      if (order !== 0) return order;
    }
    return byCodeUnits(a.assessment.pool.poolId, b.assessment.pool.poolId);
  };
