import { valueSign } from '../../market/valuation.ts';
import { type Decimal, larger, ONE, ZERO } from '../../units/decimal.ts';
import { type Counterparty, pnlRatioOf } from '../counterparty.ts';
import type { ProfitFactor, ProfitTerm } from './ranking-policy.ts';

const over = (above: Decimal, below: Decimal): Decimal | null => (below.gt(0) ? above.div(below) : null);

/** MP/EP: a value grows with the price (LINEAR) or shrinks as the price grows (INVERSE). */
const markOverEntryBothSides = ({ assessed }: Counterparty): Decimal | null => {
  const { notionalValue, position, market } = assessed;
  switch (market.terms.contract) {
    case 'LINEAR':
      return over(notionalValue, position.entryValue);
    case 'INVERSE':
      return over(position.entryValue, notionalValue);
  }
};

/** MP/EP of a LONG, EP/MP of a SHORT: by values, the larger one above the line where the position gained. */
const markOverEntry = ({ assessed }: Counterparty): Decimal | null => {
  const { notionalValue, position, market } = assessed;
  return valueSign(market.terms.contract, position.side).gt(0)
    ? over(notionalValue, position.entryValue)
    : over(position.entryValue, notionalValue);
};

/** Whether losers have a negative value; the quotients of prices are positive for everybody. */
export const isSigned = (factor: ProfitFactor): boolean => {
  switch (factor) {
    case 'pnlRatio':
    case 'pnlOverNotional':
    case 'pnlOverWallet':
    case 'pnlOverBalance':
      return true;
    case 'markOverEntry':
    case 'markOverEntryBothSides':
    case 'onePlusPnlRatio':
      return false;
  }
};

/**
 * What a position has gained, dimensionless, 64 digits. UPnL and values in the settlement asset.
 *
 * pnlRatio = UPnL / entry value · pnlOverNotional = UPnL / notional value · pnlOverWallet = UPnL / max(walletFloor, wallet balance or isolated margin) ·
 * pnlOverBalance = UPnL / margin balance of the pool · markOverEntry = MP/EP (LONG), EP/MP (SHORT) · markOverEntryBothSides = MP/EP for either side ·
 * onePlusPnlRatio = 1 + pnlRatio, which is MP/EP for a LONG of a LINEAR contract and 2 − MP/EP for a SHORT: three readings of one published "mark over
 * entry" that order shorts differently.
 * pnlOverWallet has the unit of the asset in its floor: the same book in another unit may rank differently.
 * null where nothing can be divided by: an entry value of zero in a quotient of prices, a wallet or margin balance that is not positive. pnlRatio of an
 * entry value of zero is 0.
 * Source: BitMEX (PnL per entry value), WhiteBIT (per notional value), Binance by way of ebi.xyz and Aevo (per wallet), dango (per equity), Polymarket
 * (MP/EP, EP/MP), Hyperliquid (MP/EP); read 2026-11-22.
 */
export const profitFactorOf = (
  counterparty: Counterparty,
  { factor, walletFloor }: Pick<ProfitTerm, 'factor' | 'walletFloor'>,
): Decimal | null => {
  const { assessment, assessed } = counterparty;
  switch (factor) {
    case 'pnlRatio':
      return pnlRatioOf(counterparty);
    case 'pnlOverNotional':
      return over(assessed.unrealizedPnl, assessed.notionalValue);
    case 'pnlOverWallet':
      return over(assessed.unrealizedPnl, larger(walletFloor ?? ZERO, assessment.pool.balance));
    case 'pnlOverBalance':
      return over(assessed.unrealizedPnl, assessment.marginBalance);
    case 'markOverEntry':
      return markOverEntry(counterparty);
    case 'markOverEntryBothSides':
      return markOverEntryBothSides(counterparty);
    case 'onePlusPnlRatio':
      return ONE.plus(pnlRatioOf(counterparty));
  }
};
