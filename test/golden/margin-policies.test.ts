import { describe, expect, it } from 'vitest';
import { bankruptcyPrice } from '#core/margin/bankruptcy-price.ts';
import { liquidationPrice } from '#core/margin/liquidation-price.ts';
import { scaledInitialRate } from '#core/market/initial-margin.ts';
import { tickAgainstTrader } from '#core/market/tick-against-trader.ts';
import { decimal } from '#core/units/decimal.ts';
import { money, price, ratio } from '#core/units/money.ts';
import type { ReferenceMarginPolicy } from '../reference/tiers.ts';
import { assessed } from '../support/assessed.ts';
import type { MarketCase, PoolCase, TierCase } from '../support/pool-case.ts';

const oneTier = (rate: string): readonly TierCase[] => [
  { notionalFloor: '0', notionalCap: null, maintenanceMarginRate: rate, maintenanceAmount: null },
];

const market = (given: Partial<MarketCase>, policy: ReferenceMarginPolicy): MarketCase => ({
  marketId: 'M',
  multiplier: '1',
  markPrice: '100',
  takerFeeRate: '0.0005',
  tickSize: '0.5',
  lotSize: '1',
  form: 'FLAT',
  tiers: oneTier('0.01'),
  policy,
  ...given,
});

const figures = (poolCase: PoolCase) => {
  const core = assessed(poolCase);
  const [each] = core.positions;
  if (each === undefined) throw new RangeError('the pool holds a position');
  return {
    tier: each.tier.index,
    maintenanceMargin: core.maintenanceMargin.toFixed(),
    excess: core.marginExcess.toFixed(),
    liquidation: liquidationPrice(core, each),
    bankruptcy: bankruptcyPrice(core, each),
  };
};

/** The linear pair of the bank: 2 at 100 with 20 of margin, a rate of 1 % and a fee of 0.05 %. */
const pair = (policy: ReferenceMarginPolicy): PoolCase => ({
  collateral: '20',
  markets: [market({}, policy)],
  positions: [{ marketId: 'M', side: 'LONG', quantity: '2', entryValue: '200' }],
});

describe('V14 the closing fee of the linear long', () => {
  it.each([
    ['BESIDE_MAINTENANCE', '2', '90.95503'],
    ['IN_MAINTENANCE', '2.1', '90.95503'],
    ['NONE', '2', '90.90909'],
  ] as const)(
    '%s: maintenance margin %s, liquidation at %s, bankruptcy always at 90.04502',
    (closingFee, maintenanceMargin, liquidation) => {
      const found = figures(pair({ closingFee }));
      expect(found.maintenanceMargin).toBe(maintenanceMargin);
      expect(found.liquidation?.toFixed(5)).toBe(liquidation);
      expect(found.bankruptcy?.toFixed(5)).toBe('90.04502');
    },
  );
});

describe('V15 margin taken at the entry', () => {
  it('liquidates the inverse long of half a coin where the page shows it, at 5,739.50', () => {
    // Bybit, inverse contracts, read 2026-11-22. The page takes the fee at the bankruptcy price, 1.6 cents away from what it is at the mark.
    const found = figures({
      collateral: '0.5',
      markets: [
        market({ contract: 'INVERSE', markPrice: '8000', takerFeeRate: '0.00075', tiers: oneTier('0.005') }, { valuedAt: 'ENTRY' }),
      ],
      positions: [{ marketId: 'M', side: 'LONG', quantity: '10000', entryValue: '1.25' }],
    });
    expect(found.liquidation?.toFixed(4)).toBe('5739.0681');
    expect(tickAgainstTrader('LONG', found.liquidation ?? price(decimal('1')), price(decimal('0.5')))?.toFixed()).toBe('5739.5');
  });

  it('does not move with the mark', () => {
    const at = (markPrice: string, valuedAt: 'MARK' | 'ENTRY') =>
      figures({ ...pair({ valuedAt }), markets: [market({ markPrice }, { valuedAt })] }).maintenanceMargin;
    expect([at('100', 'ENTRY'), at('95', 'ENTRY'), at('200', 'ENTRY')]).toEqual(['2', '2', '2']);
    expect([at('100', 'MARK'), at('95', 'MARK'), at('200', 'MARK')]).toEqual(['2', '1.9', '4']);
  });
});

const steps: readonly TierCase[] = [
  { notionalFloor: '0', notionalCap: '200', maintenanceMarginRate: '0.01', maintenanceAmount: null },
  { notionalFloor: '200', notionalCap: null, maintenanceMarginRate: '0.02', maintenanceAmount: null },
];

describe('a position exactly on a boundary of flat tiers', () => {
  it.each([
    ['LOWER_TIER', 0, '2'],
    ['HIGHER_TIER', 1, '4'],
  ] as const)('%s is in tier %i and needs %s', (boundary, tier, maintenanceMargin) => {
    const poolCase = { ...pair({ boundary }), markets: [market({ takerFeeRate: '0', tiers: steps }, { boundary })] };
    expect(figures(poolCase)).toMatchObject({ tier, maintenanceMargin });
  });
});

describe('tiers by contracts', () => {
  const held = (quantity: string, markPrice: string) =>
    figures({
      collateral: '1000',
      markets: [
        market(
          {
            markPrice,
            takerFeeRate: '0',
            tiers: steps.map((tier) => ({
              ...tier,
              notionalFloor: tier.notionalFloor === '0' ? '0' : '2',
              notionalCap: tier.notionalCap && '2',
            })),
          },
          { measuredIn: 'CONTRACTS' },
        ),
      ],
      positions: [{ marketId: 'M', side: 'LONG', quantity, entryValue: '200' }],
    });

  it('put the whole position at the rate of its size, and no mark changes the tier', () => {
    expect(held('2', '100')).toMatchObject({ tier: 0, maintenanceMargin: '2' });
    expect(held('2', '1000')).toMatchObject({ tier: 0, maintenanceMargin: '20' });
    expect(held('3', '100')).toMatchObject({ tier: 1, maintenanceMargin: '6' });
    expect(held('3', '1')).toMatchObject({ tier: 1, maintenanceMargin: '0.06' });
  });
});

describe('initial margin by open interest', () => {
  // dYdX v4, liquidity tier of medium markets: caps of 20 and 50 million, 5 % of initial margin; read 2026-11-22. The rates between are the formula's.
  it.each([
    ['0', '0.05'],
    ['20000000', '0.05'],
    ['26000000', '0.24'],
    ['35000000', '0.525'],
    ['50000000', '1'],
    ['80000000', '1'],
  ])('of %s is %s', (interest, rate) => {
    const scale = { lower: money(decimal('20000000')), upper: money(decimal('50000000')) };
    expect(scaledInitialRate(ratio(decimal('0.05')), scale, money(decimal(interest))).toFixed()).toBe(rate);
  });
});
