import { describe, expect, it } from 'vitest';
import { bankruptcyPrice } from '#core/margin/bankruptcy-price.ts';
import { liquidationPrice } from '#core/margin/liquidation-price.ts';
import { tickAgainstTrader } from '#core/market/tick-against-trader.ts';
import { decimal } from '#core/units/decimal.ts';
import { price } from '#core/units/money.ts';
import { fraction } from '../reference/fraction.ts';
import { BYBIT_AT_ENTRY, SHOWN_ON_TICK, UNIFIED_ISOLATED } from '../reference/inverse-goldens.ts';
import { assessed } from '../support/assessed.ts';
import { exactly } from '../support/compare.ts';
import type { MarketCase, PoolCase } from '../support/pool-case.ts';

const terms = (maintenanceMarginRate: string, takerFeeRate = '0'): MarketCase => ({
  marketId: 'BTC-USD',
  contract: 'INVERSE',
  multiplier: '1',
  markPrice: '8000',
  takerFeeRate,
  tickSize: '0.5',
  lotSize: '1',
  form: 'DEDUCTION',
  tiers: [{ notionalFloor: '0', notionalCap: null, maintenanceMarginRate, maintenanceAmount: null }],
});

const poolOf = (market: MarketCase, collateral: string, side: 'LONG' | 'SHORT', entryValue = '1.25'): PoolCase => ({
  collateral,
  markets: [market],
  positions: [{ marketId: 'BTC-USD', side, quantity: '10000', entryValue }],
});

const pricesOf = (poolCase: PoolCase) => {
  const core = assessed(poolCase);
  const [each] = core.positions;
  if (each === undefined) throw new RangeError('the pool holds a position');
  return { bankruptcy: bankruptcyPrice(core, each), liquidation: liquidationPrice(core, each) };
};

describe('V15, the pages of Bybit', () => {
  it.each(SHOWN_ON_TICK)('$exact of a $side is shown as $shown on a tick of $tickSize, at the cost of the trader', (row) => {
    expect(tickAgainstTrader(row.side, price(decimal(row.exact)), price(decimal(row.tickSize)))?.toFixed()).toBe(row.shown);
  });

  it('a short is rounded down, and has no price on the tick below the first', () => {
    const shown = (exact: string) => tickAgainstTrader('SHORT', price(decimal(exact)), price(decimal('0.5')))?.toFixed() ?? null;
    expect([shown('8884.4444'), shown('8884.5'), shown('0.4')]).toEqual(['8884', '8884.5', null]);
  });

  it('the published liquidation price takes the margin at the entry and the fee at the bankruptcy price', () => {
    const { collateral, entryValue, maintenanceMarginRate, takerFeeRate } = BYBIT_AT_ENTRY;
    const bankrupt = pricesOf(poolOf(terms(maintenanceMarginRate, takerFeeRate), collateral, 'LONG')).bankruptcy;
    expect(bankrupt?.toFixed(2)).toBe(BYBIT_AT_ENTRY.bankruptcyPrice);
    // Both are then fixed amounts of coin: what is left of the collateral is used up without a rate and a fee.
    const fee = fraction('10000')
      .over(exactly(bankrupt ?? decimal('1')))
      .times(fraction(takerFeeRate));
    const left = fraction(collateral)
      .minus(fraction(entryValue).times(fraction(maintenanceMarginRate)))
      .minus(fee);
    const free = pricesOf(poolOf(terms('0.005'), left.toDecimalString(18), 'LONG')).bankruptcy;
    expect(free?.toFixed(2)).toBe(BYBIT_AT_ENTRY.liquidationPrice);
  });

  // The page prints its formula and no figures: units·(1 ± rate) / (units / entry ± margin), by hand, of figures of our own.
  it.each([
    ['LONG', '7052.779969491'],
    ['SHORT', '9256.072417565'],
  ] as const)(
    'a %s in isolated margin of a unified account is liquidated at %s, by the formula of the page on our figures',
    (side, expected) => {
      const { units, entryPrice, leverage, extraMargin, takerFeeRate, maintenanceMarginRate } = UNIFIED_ISOLATED;
      const [one, sign] = [fraction('1'), fraction(side === 'LONG' ? '1' : '-1')];
      const entry = fraction(units).over(fraction(entryPrice));
      const margin = entry.over(fraction(leverage)).plus(fraction(extraMargin).over(one.plus(sign.times(fraction(takerFeeRate)))));
      // The fee is in the margin, so that the market has none.
      const { liquidation } = pricesOf(poolOf(terms(maintenanceMarginRate), margin.toDecimalString(18), side));
      expect(liquidation?.toFixed(9)).toBe(expected);
    },
  );
});

describe('a short inverse contract whose coin outlasts any price', () => {
  it.each([
    ['exactly as much coin as it sold', '1.25'],
    ['more coin than it sold', '2'],
  ])('with %s has neither a bankruptcy nor a liquidation price', (_, collateral) => {
    expect(pricesOf(poolOf(terms('0.01', '0.0005'), collateral, 'SHORT'))).toEqual({ bankruptcy: null, liquidation: null });
  });

  it('has one again with the least bit less', () => {
    const { bankruptcy, liquidation } = pricesOf(poolOf(terms('0.01', '0.0005'), '1.249999999999999999', 'SHORT'));
    // Q·(1 − f) / 1e-18 and Q·(1 − MMR − f) / 1e-18
    expect([bankruptcy?.toFixed(), liquidation?.toFixed()]).toEqual(['9995000000000000000000', '9895000000000000000000']);
  });

  it('a long always has both while it has coin of its own, and none when it owes more than any price gives back', () => {
    const { bankruptcy, liquidation } = pricesOf(poolOf(terms('0.01'), '1000000', 'LONG'));
    expect([bankruptcy?.toFixed(4), liquidation?.toFixed(4)]).toEqual(['0.0100', '0.0101']);
    expect(pricesOf(poolOf(terms('0.01'), '-1.25', 'LONG'))).toEqual({ bankruptcy: null, liquidation: null });
  });

  it('is the same for a third of a coin, which no decimal holds', () => {
    // 10,000 at 30,000 is 1/3: the entry value at rest is rounded up for a short, and the collateral to the same.
    const third = '0.333333333333333334';
    expect(pricesOf(poolOf({ ...terms('0.01'), markPrice: '30000' }, third, 'SHORT', third))).toEqual({
      bankruptcy: null,
      liquidation: null,
    });
  });
});
