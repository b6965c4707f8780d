import type { PositionAssessment } from '../../margin/assess-margin.ts';
import { opposite } from '../../market/side.ts';
import { type Decimal, larger, ONE, ZERO } from '../../units/decimal.ts';
import { type Quantity, quantity } from '../../units/money.ts';
import { type Counterparty, effectiveLeverageOf } from '../counterparty.ts';
import type { RiskFactor } from './ranking-policy.ts';

const over = (above: Decimal, below: Decimal): Decimal | null => (below.gt(0) ? above.div(below) : null);

/**
 * The part of a position that the same pool's opposite leg in the same market does not hedge: max(0, q − q of the other leg), contracts.
 * Legs in other pools of the account do not count: pools do not lend each other margin, and one may be closed without the other.
 */
export const netQuantityOf = ({ assessment, assessed }: Counterparty): Quantity => {
  const { marketId, side } = assessed.position;
  const hedge = assessment.positions.find(({ position }) => position.marketId === marketId && position.side === opposite(side));
  return quantity(larger(ZERO, assessed.position.quantity.minus(hedge?.position.quantity ?? ZERO)));
};

/** The margin balance by released maintenance margin: E_i = marginBalance·MM_i/ΣMM, of which the position's leverage is notional / E_i. */
const positionLeverage = ({ assessment, assessed }: Counterparty): Decimal | null => {
  const { marginBalance, maintenanceMargin, notionalValue } = assessment;
  if (marginBalance.lte(0)) return null;
  if (maintenanceMargin.lte(0)) return over(notionalValue, marginBalance);
  return over(assessed.notionalValue.times(maintenanceMargin), marginBalance.times(assessed.maintenanceMargin));
};

/** 1 / max(MMR, marginBalance / notional) with one division: min(1/MMR, notional / marginBalance). */
const cappedLeverage = ({ assessment, assessed }: Counterparty): Decimal | null => {
  const { marginBalance } = assessment;
  if (marginBalance.lte(0)) return null;
  const rate = assessed.tier.maintenanceMarginRate;
  const isCapped = rate.times(assessed.notionalValue).gte(marginBalance);
  return isCapped ? over(ONE, rate) : over(assessed.notionalValue, marginBalance);
};

const requirementOf = (each: PositionAssessment): Decimal => each.maintenanceMargin.plus(each.closingFee);

/**
 * What a position risks, dimensionless, 64 digits. Values in the settlement asset; marginBalance that of the pool, f the taker fee rate.
 *
 * effectiveLeverage = notional value / marginBalance · positionLeverage = MV / (MV − BV), BV the value at the bankruptcy price: notional value / E_i with
 * E_i = marginBalance·MM_i/ΣMM, the same as effectiveLeverage for a pool with one position · cappedLeverage = 1 / max(MMR, marginBalance / notional value) ·
 * marginRatio = (ΣMM + Σ notional·f) / marginBalance · positionMarginRatio = (MM_i + notional_i·f) / marginBalance · maintenanceMarginRate = MMR, the rate
 * of the position's tier · netExposureShare = max(0, q − q of the pool's opposite leg in the market) / q: 1 unhedged, 0 hedged whole.
 * null where nothing can be divided by: a pool without a positive margin balance, MV = BV.
 * Source: BitMEX (MV and BV), Bluefin (max of MMR and margin ratio), OKX, GRVT, Bitget, Binance by way of ebi.xyz (margin ratio); read 2026-11-22.
 * netExposureShare is ours: no venue read nets a hedged book.
 */
export const riskFactorOf = (counterparty: Counterparty, factor: RiskFactor): Decimal | null => {
  const { assessment, assessed } = counterparty;
  switch (factor) {
    case 'effectiveLeverage':
      return effectiveLeverageOf(counterparty);
    case 'positionLeverage':
      return positionLeverage(counterparty);
    case 'cappedLeverage':
      return cappedLeverage(counterparty);
    case 'marginRatio':
      return assessment.marginRatio;
    case 'positionMarginRatio':
      return over(requirementOf(assessed), assessment.marginBalance);
    case 'maintenanceMarginRate':
      return assessed.tier.maintenanceMarginRate;
    case 'netExposureShare':
      return netQuantityOf(counterparty).div(assessed.position.quantity);
  }
};
