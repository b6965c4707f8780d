import { closePosition, creditPool } from '../account/close-position.ts';
import { balancedEntry, feeAccount, fundAccount, type JournalEntry, type JournalLeg, valueLeg, venueAccount } from '../account/ledger.ts';
import type { Pool } from '../account/pool.ts';
import { invariant } from '../invariant.ts';
import type { CaseLeg, LiquidationCase } from '../liquidation/liquidation-case.ts';
import type { LiquidationOrder } from '../liquidation/order.ts';
import type { MarketTerms } from '../market/contract.ts';
import { sideSign } from '../market/side.ts';
import { fillsValue, takerFee, valueSign } from '../market/valuation.ts';
import type { ExecutionPolicy } from '../policy.ts';
import { type Decimal, larger, smaller, sum, ZERO } from '../units/decimal.ts';
import { type Money, money, quantity } from '../units/money.ts';
import { shareOf } from '../units/rounding.ts';
import { type SurplusIncome, surplusIncome } from './fund-income.ts';
import type { FundIncomePolicy } from './fund-policy.ts';

export interface FillSettlement {
  readonly pool: Pool;
  readonly leg: CaseLeg;
  /** What the fund pays for this fill; at most what the order reserved. */
  readonly drawn: Money;
  /** What it cost beyond the reservation, left on the pool; zero unless the venue filled beyond the order's limit. */
  readonly overrun: Money;
  /** What the fund takes in: surplus over the bankruptcy price and liquidation fee. */
  readonly received: Money;
  readonly realizedPnl: Money;
  readonly entry: JournalEntry;
}

export interface FillInput {
  readonly pool: Pool;
  readonly liquidation: LiquidationCase;
  readonly leg: CaseLeg;
  readonly order: LiquidationOrder;
  readonly terms: MarketTerms;
  readonly policy: ExecutionPolicy;
  /** What part of surplus and fees is the fund's. */
  readonly income: FundIncomePolicy;
  /** Whether the shortfall rules let the fund absorb. */
  readonly absorbs: boolean;
}

const incomeOf = (input: FillInput, value: Money, difference: Decimal): SurplusIncome =>
  surplusIncome(
    {
      owner: input.policy.surplus[input.liquidation.kind === 'REDUCE' ? 'REDUCE' : 'LIQUIDATE'],
      value,
      liquidationFeeRate: input.leg.liquidationFeeRate,
      difference,
    },
    input.income,
  );

const entryLegs = (
  input: FillInput,
  value: Money,
  fee: Money,
  { toFund, toFees }: SurplusIncome,
  drawn: Decimal,
): readonly JournalLeg[] => {
  const sign = sideSign(input.leg.side);
  const received = valueSign(input.terms.contract, input.leg.side).times(value);
  const filled = input.order.filledQuantity;
  const toPool = received.minus(fee).minus(toFund).minus(toFees).plus(drawn);
  const { marketId } = input.leg;
  return [
    { account: input.pool.poolId, marketId, quantity: sign.times(filled).negated(), value: money(toPool) },
    { account: venueAccount(marketId), marketId, quantity: sign.times(filled), value: money(received.negated()) },
    valueLeg(feeAccount(input.liquidation.settlementAsset), fee.plus(toFees)),
    valueLeg(fundAccount(input.order.fundId), toFund.minus(drawn)),
  ];
};

/**
 * Books what an ended order filled.
 *
 * received by the pool R = v·V_fill − V_fill·f; B the fill's share of the leg's bankruptcy value (floor, the last fill takes the rest).
 * R > B: surplus to the fund or the trader, as the rules say. R < B in a whole close: the fund pays B − R out of the order's reservation, so that the
 * pool ends as if closed at its bankruptcy price. A reduction fills for the pool's own account and never draws. Settlement asset, quanta.
 * A fill that costs more than the reservation has happened all the same: the fund pays what is reserved, the rest, `overrun`, stays with the pool.
 * Expects a filled quantity above zero and at most the order's.
 */
export const settleFill = (input: FillInput): FillSettlement => {
  const { leg, order, liquidation } = input;
  const filled = order.filledQuantity;
  invariant(
    filled.gt(0) && filled.lte(order.quantity) && filled.lte(leg.residualQuantity),
    'a fill is positive and within its order and leg',
  );
  invariant(sum(order.fills.map((fill) => fill.quantity)).eq(filled), `the fills of order ${order.orderId} add up to what it filled`);
  const value = fillsValue(input.terms, leg.side, order.fills);
  const fee = takerFee(input.terms, value);
  const bankruptcyPart = shareOf(leg.bankruptcyValue, filled, leg.residualQuantity);
  const received = money(valueSign(input.terms.contract, leg.side).times(value).minus(fee));
  const difference = received.minus(bankruptcyPart);
  const income = incomeOf(input, value, difference);
  const backed = liquidation.kind === 'LIQUIDATE' && input.absorbs;
  const owed = backed ? larger(ZERO, difference.negated()) : ZERO;
  const drawn = smaller(owed, order.reserved);
  const closed = closePosition(input.pool, input.terms, leg.side, filled, received);
  const restQuantity = quantity(leg.residualQuantity.minus(filled));
  return {
    pool: creditPool(closed.pool, money(drawn.minus(income.toFund).minus(income.toFees))),
    leg: { ...leg, residualQuantity: restQuantity, bankruptcyValue: money(leg.bankruptcyValue.minus(bankruptcyPart)) },
    drawn: money(drawn),
    overrun: money(owed.minus(drawn)),
    received: income.toFund,
    realizedPnl: closed.realizedPnl,
    entry: balancedEntry({
      entryId: `${order.orderId}#FILL`,
      caseId: liquidation.caseId,
      kind: 'MARKET_FILL',
      asset: liquidation.settlementAsset,
      marketId: leg.marketId,
      legs: entryLegs(input, value, fee, income, drawn),
    }),
  };
};
