import { describe, expect, it } from 'vitest';
import { decideDeleveraging } from '#core/adl/decide-deleveraging.ts';
import { type RankedCounterparty, rankCounterparties } from '#core/adl/rank-counterparties.ts';
import { residualAtPrice } from '#core/adl/settlement-price.ts';
import type { DeleveragingPolicy } from '#core/policy.ts';
import { decimal } from '#core/units/decimal.ts';
import { price, quantity } from '#core/units/money.ts';
import { deleveragingSchema } from '#rule-sets/deleveraging-schema.ts';
import { fraction } from '../reference/fraction.ts';
import { BITMEX } from '../reference/venue-goldens.ts';
import { VENUE_RANKINGS } from '../reference/venue-rankings.ts';
import { assessed } from '../support/assessed.ts';
import { deleveragingPolicy } from '../support/crowd.ts';
import { coreMarkets, type PoolCase } from '../support/pool-case.ts';
import { shipped } from '../support/shipped-deleveraging.ts';

/** A long of the example: margin balance = notional / leverage at the mark. */
const poolCaseOf = (account: (typeof BITMEX.accounts)[number]): PoolCase => {
  const size = fraction(account.quantity);
  const notional = size.times(fraction(BITMEX.market.markPrice));
  const entryValue = size.times(fraction(account.entryPrice));
  const collateral = notional.over(fraction(BITMEX.leverage)).minus(notional.minus(entryValue));
  return {
    collateral: collateral.toDecimalString(12),
    markets: [BITMEX.market],
    positions: [{ marketId: BITMEX.market.marketId, side: 'LONG', quantity: account.quantity, entryValue: entryValue.toDecimalString(12) }],
  };
};

const PROFIT_TIMES_LEVERAGE = deleveragingPolicy({ pnlRatioWeight: 1, leverageWeight: 1, losers: 'EXCLUDE', tieBreak: ['accountId'] });

/** The form that the page prints: leverage is the value at the mark over what lies between it and the value at the bankruptcy price. */
const PRINTED = deleveragingSchema.parse({ ...shipped(), ...VENUE_RANKINGS.BitMEX });

const ranked = (policy: DeleveragingPolicy = PROFIT_TIMES_LEVERAGE): readonly RankedCounterparty[] => {
  const counterparties = BITMEX.accounts.map((account) => {
    const assessment = assessed(poolCaseOf(account), account.accountId);
    const [position] = assessment.positions;
    if (position === undefined) throw new RangeError('every account of the example holds a long');
    return { assessment, assessed: position, inLiquidation: false };
  });
  return rankCounterparties(counterparties, policy);
};

describe('V5 the deleveraging example of six accounts', () => {
  it('ranks 2, 5, 4, 1, 6, 3', () => {
    expect(ranked().map((each) => each.accountId)).toEqual(BITMEX.queue);
    expect(ranked(PRINTED).map((each) => each.accountId)).toEqual(BITMEX.queue);
  });

  it('shows lights that are six minus the printed quintile', () => {
    expect(ranked().map((each) => each.indicator)).toEqual(BITMEX.quintiles.map((percent) => 6 - percent / 20));
  });

  it('closes 10 of account 2 and 10 of account 5 at 650, and nothing stays open', () => {
    const market = coreMarkets({ collateral: '0', markets: [BITMEX.market], positions: [] }).get(BITMEX.market.marketId);
    if (market === undefined) throw new RangeError('the example has a market');
    const { side, quantity: open, bankruptcyPrice } = BITMEX.residual;
    const residual = residualAtPrice(market.terms, side, quantity(decimal(open)), price(decimal(bankruptcyPrice)));
    const plan = decideDeleveraging({ residual, markPrice: market.markPrice, ranking: ranked(), remaining: new Map() });
    expect(plan.transfers.map((each) => ({ accountId: each.accountId, quantity: each.quantity.toFixed() }))).toEqual(BITMEX.fills);
    expect(plan.transfers.every((each) => each.price.toFixed() === bankruptcyPrice)).toBe(true);
    expect(plan.residualQuantity.toFixed()).toBe('0');
  });
});
