import { describe, expect, it } from 'vitest';
import { onlyMark, settlementPriceOf } from '#core/adl/deleveraging-price.ts';
import { fundCostOf, residualAtPrice } from '#core/adl/settlement-price.ts';
import { type SettlementPricePolicy, settlementPriceIn } from '#core/adl/settlement-price-policy.ts';
import { bankruptcyPrice } from '#core/margin/bankruptcy-price.ts';
import { decimal, ZERO } from '#core/units/decimal.ts';
import { price, quantity, ratio } from '#core/units/money.ts';
import { assessed } from '../support/assessed.ts';
import { coreMarkets, type MarketCase } from '../support/pool-case.ts';
import { textTable } from '../support/text-table.ts';

const p = (text: string) => price(decimal(text));

/** WhiteBIT, auto-deleveraging, example of a short of 10 BTC, read 2026-11-22: last 42,000, margin fraction 0.02, fee 0.0005. */
describe('V6 the price last ± distance', () => {
  it('is 42,798 for a short and 41,202 for a long: a distance of 0.019', () => {
    const policy: SettlementPricePolicy = { kind: 'LAST_DISTANCE', marginFraction: ratio(decimal('0.02')) };
    const at = (side: 'LONG' | 'SHORT') =>
      settlementPriceOf(policy, { side, bankruptcyPrice: p('1'), takerFeeRate: ratio(decimal('0.0005')) }, onlyMark(p('42000'))).toFixed();
    expect(at('SHORT')).toBe('42798');
    expect(at('LONG')).toBe('41202');
  });
});

/** Ethereal, auto-deleveraging, example of a long of 10 ETH from 4,000 with an equity of −2,000 at 3,600, read 2026-11-22. */
describe('V9 the index capped at the bankruptcy price', () => {
  const ETH: MarketCase = {
    marketId: 'ETH-USD',
    multiplier: '1',
    markPrice: '3600',
    takerFeeRate: '0',
    tickSize: '0.1',
    lotSize: '0.001',
    form: 'DEDUCTION',
    tiers: [{ notionalFloor: '0', notionalCap: null, maintenanceMarginRate: '0.01', maintenanceAmount: null }],
  };
  const market = coreMarkets({ collateral: '0', markets: [ETH], positions: [] }).get('ETH-USD');

  it('has the bankruptcy price of 3,800 from an equity of −2,000', () => {
    // 2,000 of its own beside a loss of 4,000.
    const held = [{ marketId: 'ETH-USD', side: 'LONG', quantity: '10', entryValue: '40000' }] as const;
    const core = assessed({ collateral: '2000', markets: [ETH], positions: held });
    const [each] = core.positions;
    expect([core.marginBalance.toFixed(), each && bankruptcyPrice(core, each)?.toFixed()]).toEqual(['-2000', '3800']);
  });

  it('closes at 3,600, and 2,000 are missing to the bankruptcy price of 3,800', () => {
    if (market === undefined) throw new RangeError('the example has a market');
    const residual = residualAtPrice(market.terms, 'LONG', quantity(decimal('10')), p('3800'));
    const bankrupt = { side: residual.side, bankruptcyPrice: residual.price, takerFeeRate: market.terms.takerFeeRate };
    const at = settlementPriceOf('INDEX_CAPPED_AT_BANKRUPTCY', bankrupt, onlyMark(p('3600')));
    expect(at.toFixed()).toBe('3600');
    expect(fundCostOf(residual, { kind: 'OTHER', price: at }).toFixed()).toBe('2000');
  });
});

describe('a settlement price', () => {
  const references = { mark: p('100'), frozenMark: p('110'), previousMark: p('105'), indexPrice: p('98'), lastPrice: p('101') };

  it.each(
    textTable(
      'side | policy | bankruptcy | price',
      `
      LONG  | BANKRUPTCY                 | 104 | 104
      LONG  | MARK                       | 104 | 100
      LONG  | FROZEN_MARK                | 104 | 110
      LONG  | PREVIOUS_MARK              | 104 | 105
      LONG  | INDEX_CAPPED_AT_BANKRUPTCY | 104 | 98
      LONG  | INDEX_CAPPED_AT_BANKRUPTCY | 98  | 98
      LONG  | INDEX_CAPPED_AT_BANKRUPTCY | 97  | 97     // never better than bankruptcy for the bankrupt
      SHORT | INDEX_CAPPED_AT_BANKRUPTCY | 97  | 98
      SHORT | INDEX_CAPPED_AT_BANKRUPTCY | 99  | 99
      `,
    ),
  )('of a bankrupt $side by $policy with bankruptcy at $bankruptcy is $price', ({ side, policy, bankruptcy, price: expected }) => {
    const known = ['BANKRUPTCY', 'MARK', 'FROZEN_MARK', 'PREVIOUS_MARK', 'INDEX_CAPPED_AT_BANKRUPTCY'] as const;
    const chosen = known.find((each) => each === policy) ?? 'BANKRUPTCY';
    const bankrupt = { side: side === 'LONG' ? 'LONG' : 'SHORT', bankruptcyPrice: p(bankruptcy), takerFeeRate: ratio(ZERO) } as const;
    expect(settlementPriceOf(chosen, bankrupt, references).toFixed()).toBe(expected);
  });

  it.each([
    ['CROSS', '110'],
    ['ISOLATED', '104'],
  ] as const)('by margin mode is the frozen mark of a cross pool and the bankruptcy price of an isolated one: %s %s', (mode, expected) => {
    // Polymarket perpetuals, liquidation mechanics; read 2026-11-22.
    const chosen = settlementPriceIn({ CROSS: 'FROZEN_MARK', ISOLATED: 'BANKRUPTCY' }, mode);
    const bankrupt = { side: 'LONG', bankruptcyPrice: p('104'), takerFeeRate: ratio(ZERO) } as const;
    expect(settlementPriceOf(chosen, bankrupt, references).toFixed()).toBe(expected);
    expect(settlementPriceIn('MARK', mode)).toBe('MARK');
  });

  it('lies a spread below the mark for a long and above it for a short', () => {
    const policy: SettlementPricePolicy = { kind: 'MARK_SPREAD', spread: ratio(decimal('0.005')) };
    const at = (side: 'LONG' | 'SHORT') =>
      settlementPriceOf(policy, { side, bankruptcyPrice: p('1'), takerFeeRate: ratio(ZERO) }, references).toFixed();
    expect([at('LONG'), at('SHORT')]).toEqual(['99.5', '100.5']);
  });

  it('has no distance where the fees are more than the margin fraction', () => {
    const policy: SettlementPricePolicy = { kind: 'LAST_DISTANCE', marginFraction: ratio(decimal('0.001')) };
    const bankrupt = { side: 'LONG', bankruptcyPrice: p('1'), takerFeeRate: ratio(decimal('0.002')) } as const;
    expect(settlementPriceOf(policy, bankrupt, references).toFixed()).toBe('101');
  });
});
