import { describe, expect, it } from 'vitest';
import { liquidationFeeRateOf } from '#core/liquidation/liquidation-fee.ts';
import type { SizingPolicy } from '#core/liquidation/reduction-policy.ts';
import { remainingPart } from '#core/liquidation/remaining-part.ts';
import { decimal } from '#core/units/decimal.ts';
import { ratio } from '#core/units/money.ts';
import { assessed } from '../../support/assessed.ts';
import type { PoolCase } from '../../support/pool-case.ts';
import { ALL_BY_MARKET, coreSizing } from '../../support/reduction-cases.ts';
import { textTable } from '../../support/text-table.ts';

/** Given amounts that do not fit: 600 of value need 1.6, 400 need 4. */
const POOL: PoolCase = {
  collateral: '10',
  markets: [
    {
      marketId: 'AAA',
      multiplier: '1',
      markPrice: '100',
      takerFeeRate: '0',
      tickSize: '0.1',
      lotSize: '0.1',
      form: 'DEDUCTION',
      tiers: [
        { notionalFloor: '0', notionalCap: '500', maintenanceMarginRate: '0.01', maintenanceAmount: '0' },
        { notionalFloor: '500', notionalCap: null, maintenanceMarginRate: '0.011', maintenanceAmount: '5' },
      ],
    },
  ],
  positions: [{ marketId: 'AAA', side: 'LONG', quantity: '6', entryValue: '600' }],
};

describe('a penalty of half the released maintenance margin', () => {
  it.each(
    textTable(
      'left | rate',
      `
       0    | 0.0013333333333333333333333333333333333333  // 0.8 of 600, for the trader
       4    | 0                                          // the margin rises by closing: no fee, and no gift
       1    | 0.0006                                     // 1.6 − 1 released by 500
       6    | 0                                          // nothing is closed
      `,
    ),
  )('with $left contracts left is $rate of the filled value', ({ left, rate }) => {
    const core = assessed(POOL);
    const policy: SizingPolicy = {
      ...coreSizing(ALL_BY_MARKET),
      liquidationFeeRate: ratio(decimal('0.5')),
      liquidationFeeBasis: { kind: 'RELEASED_MAINTENANCE' },
    };
    const found = core.positions.map((each) => liquidationFeeRateOf(core, each, remainingPart(each, decimal(left)), policy).toFixed());
    expect(found).toEqual([rate]);
  });
});
