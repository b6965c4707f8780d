import { describe, expect, it } from 'vitest';
import type { TierForm } from '#core/market/given-tier.ts';
import { maintenanceMarginIn, type TierTable, tierOf, tierTable } from '#core/market/margin-tiers.ts';
import { decimal } from '#core/units/decimal.ts';
import { money, ratio } from '#core/units/money.ts';
import { COIN_MARGINED, CYBER } from '../reference/venue-goldens.ts';
import type { TierCase } from '../support/pool-case.ts';

const tableOf = (form: TierForm, tiers: readonly TierCase[]): TierTable =>
  tierTable(
    form,
    tiers.map((tier) => ({
      notionalFloor: money(decimal(tier.notionalFloor)),
      notionalCap: tier.notionalCap === null ? null : money(decimal(tier.notionalCap)),
      maintenanceMarginRate: ratio(decimal(tier.maintenanceMarginRate)),
      maintenanceAmount: tier.maintenanceAmount === null ? null : money(decimal(tier.maintenanceAmount)),
      maximumLeverage: null,
    })),
  );

const marginAt = (table: TierTable, notional: string): string => {
  const notionalValue = money(decimal(notional));
  return maintenanceMarginIn(tierOf(table, notionalValue), notionalValue).toFixed();
};

describe('published tiers', () => {
  it('V4 CYBERUSDT: the derived amounts are the printed ones', () => {
    expect(tableOf('DEDUCTION', CYBER.tiers).tiers.map((tier) => tier.maintenanceAmount.toFixed())).toEqual(CYBER.amounts);
  });

  it.each(['DEDUCTION', 'MARGINAL'] as const)('V4 CYBERUSDT: 300,000 of notional need 19,375 as %s', (form) => {
    expect(marginAt(tableOf(form, CYBER.tiers), CYBER.notional)).toBe(CYBER.maintenanceMargin);
  });

  it('V4 CYBERUSDT: printed amounts taken as given need the same', () => {
    const given = CYBER.tiers.map((tier, index) => ({ ...tier, maintenanceAmount: CYBER.amounts[index] ?? null }));
    expect(marginAt(tableOf('DEDUCTION', given), CYBER.notional)).toBe(CYBER.maintenanceMargin);
  });

  it('V4 coin-margined BTCUSD: the amount above a given 0.56 is 1.81', () => {
    expect(tableOf('DEDUCTION', COIN_MARGINED.tiers).tiers[1]?.maintenanceAmount.toFixed()).toBe(COIN_MARGINED.amount);
  });

  it('V4 coin-margined BTCUSD: 300 coins are in the tier of 12.5 %, whose amount is 11.81', () => {
    const table = tableOf('DEDUCTION', COIN_MARGINED.tiers);
    const tier = tierOf(table, money(decimal('300')));
    expect([tier.maintenanceMarginRate.toFixed(), tier.maintenanceAmount.toFixed()]).toEqual(['0.125', '11.81']);
    // 300·12.5 % − 11.81
    expect(marginAt(table, '300')).toBe('25.69');
  });
});
