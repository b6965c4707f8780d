import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { linkedMaintenanceRate } from '#core/market/initial-margin.ts';
import { maintenanceMarginIn, type TierTable, tierOf, tierTable } from '#core/market/margin-tiers.ts';
import { decimal } from '#core/units/decimal.ts';
import { money, ratio } from '#core/units/money.ts';
import { marketTiers } from '#rule-sets/market-tiers.ts';
import type { RuleSet } from '#rule-sets/rule-set.ts';
import { fraction } from '../reference/fraction.ts';
import { maintenanceMarginOf } from '../reference/tiers.ts';
import { load, shippedFiles } from '../rule-sets/shipped-files.ts';
import { exactly } from '../support/compare.ts';

const rowSchema = z.tuple([z.string(), z.string().nullable(), z.string(), z.string(), z.string()]);
const fileSchema = z.object({
  venue: z.string(),
  asOf: z.string(),
  tables: z.array(z.object({ symbols: z.array(z.string()), tiers: z.array(rowSchema) })),
});

type Row = z.infer<typeof rowSchema>;

const published = (venue: string): ReadonlyMap<string, readonly Row[]> => {
  const text = readFileSync(new URL(`data/leverage-tables-${venue}.json`, import.meta.url), 'utf8');
  const { tables } = fileSchema.parse(JSON.parse(text));
  return new Map(tables.flatMap(({ symbols, tiers }) => symbols.map((symbol) => [marketIdOf(symbol), tiers] as const)));
};

/** `BTC/USDT:USDT` → `BTC-USDT-USDT`: ids of markets have no other signs. */
const marketIdOf = (symbol: string): string => symbol.replace(/[^\w.-]+/g, '-').replace(/-$/, '');

type Written = 'AMOUNTS' | 'NO_AMOUNTS' | 'NO_RATES';

const tierText = ([notionalFloor, notionalCap, maintenanceMarginRate, maximumLeverage, maintenanceAmount]: Row, written: Written) => ({
  notionalFloor,
  notionalCap,
  maximumLeverage,
  ...(written === 'NO_RATES' ? {} : { maintenanceMarginRate }),
  ...(written === 'AMOUNTS' ? { maintenanceAmount } : {}),
});

/** House with these tables instead of its own; throws with every finding of the loader, gaps and jumps among them. */
const lawWith = (tables: ReadonlyMap<string, readonly Row[]>, written: Written): RuleSet => {
  const markets = Object.fromEntries([...tables].map(([id, rows]) => [id, rows.map((row) => tierText(row, written))]));
  const linked = written === 'NO_RATES' ? { maintenanceFraction: '0.5' } : {};
  const any = tierText(['0', null, '0.01', '50', '0'], written);
  const text = JSON.stringify({ form: 'DEDUCTION', boundary: 'LOWER_TIER', ...linked, markets: { ...markets, '*': [any] } });
  const result = load({ ...shippedFiles('house'), 'margin-tiers.json': text });
  if (!result.ok) throw new Error(result.refusal.map(({ path, message }) => `${path} ${message}`).join('\n'));
  return result.value;
};

const tableIn = (law: RuleSet, marketId: string): TierTable => {
  const table = marketTiers(law.tiers, marketId);
  if (table === null) throw new RangeError(`no table for \`${marketId}\``);
  return table;
};

const marginAt = (table: TierTable, notional: string): string => {
  const value = money(decimal(notional));
  return maintenanceMarginIn(tierOf(table, value), value).toFixed();
};

describe.each([
  ['binance', 182, 1499],
  ['bybit', 1, 30],
] as const)('the published tables of %s', (venue, markets, tiers) => {
  const tables = published(venue);

  it(`are ${markets} markets with ${tiers} tiers, and load as the rule set's own with every amount as printed`, () => {
    expect(tables.size).toBe(markets);
    expect([...tables.values()].reduce((count, rows) => count + rows.length, 0)).toBe(tiers);
    const law = lawWith(tables, 'AMOUNTS');
    for (const marketId of tables.keys()) expect(tableIn(law, marketId).continuous, marketId).toBe(true);
  });

  it('derive every printed amount exactly from floors and rates', () => {
    const law = lawWith(tables, 'NO_AMOUNTS');
    for (const [marketId, rows] of tables)
      expect(
        tableIn(law, marketId).tiers.map(({ maintenanceAmount }) => maintenanceAmount.toFixed()),
        marketId,
      ).toEqual(rows.map((row) => decimal(row[4]).toFixed()));
  });

  it('ask the same on both sides of every boundary, and everywhere what the twin adds up slice by slice', () => {
    const law = lawWith(tables, 'NO_AMOUNTS');
    for (const [marketId, rows] of tables) {
      const table = tableIn(law, marketId);
      const slices = {
        form: 'MARGINAL' as const,
        tiers: table.tiers.map((tier) => ({
          notionalFloor: exactly(tier.notionalFloor),
          notionalCap: tier.notionalCap === null ? null : exactly(tier.notionalCap),
          maintenanceMarginRate: exactly(tier.maintenanceMarginRate),
          maintenanceAmount: null,
        })),
      };
      for (const [index, [floor, cap]] of rows.entries()) {
        const [below, above] = [table.tiers[index - 1], table.tiers[index]];
        const value = money(decimal(floor));
        if (below !== undefined && above !== undefined)
          expect(maintenanceMarginIn(above, value).toFixed(), marketId).toBe(maintenanceMarginIn(below, value).toFixed());
        for (const notional of [floor, cap ?? '999999999', decimal(floor).plus(decimal('0.01')).toFixed()])
          expect(
            fraction(marginAt(table, notional)).equals(maintenanceMarginOf(slices, fraction(notional))),
            `${marketId} ${notional}`,
          ).toBe(true);
      }
    }
  });
});

describe('the published tables of hyperliquid', () => {
  const tables = published('hyperliquid');
  const NEAR = fraction('0.000000000001');

  it('are 39 coins whose rates are half of the initial margin, derived from the leverages alone', () => {
    expect(tables.size).toBe(39);
    const law = lawWith(tables, 'NO_RATES');
    for (const [marketId, rows] of tables)
      for (const [index, row] of rows.entries()) {
        const rate = tableIn(law, marketId).tiers[index]?.maintenanceMarginRate ?? decimal('0');
        // The table has thirds, which the file writes to 13 places.
        expect(exactly(rate).minus(fraction(row[2])).absolute().isAbove(NEAR), `${marketId} ${index}`).toBe(false);
      }
  });

  it('derive the amounts that the file has, but for thirds, which it writes to three places', () => {
    const law = lawWith(tables, 'NO_RATES');
    for (const [marketId, rows] of tables)
      for (const [index, row] of rows.entries()) {
        const amount = tableIn(law, marketId).tiers[index]?.maintenanceAmount ?? decimal('-1');
        const room = fraction(row[0]).times(NEAR).plus(fraction('0.0005'));
        expect(exactly(amount).minus(fraction(row[4])).absolute().isAbove(room), `${marketId} ${amount} ${row[4]}`).toBe(false);
      }
  });

  it.each([
    ['50', '0.01'],
    ['3', '0.166666666667'],
    ['40', '0.0125'],
  ])('half of the initial margin at %s times is %s', (leverage, rate) => {
    expect(linkedMaintenanceRate(ratio(decimal('0.5')), ratio(decimal(leverage))).toFixed()).toBe(rate);
  });
});

describe('V4 coin-margined BTCUSD', () => {
  it('has the published amounts of 1.81 from 50 coins and 11.81 at 12.5 % for 300, with levels at 100 and 200 coins filled in', () => {
    // Not printed are the level of 10 % from 100 coins, its amount of 6.81, and that the next begins at 200: they lead from 1.81 to 11.81.
    // What lies below 50 coins stands as one level, with the published amount of 0.56; 25.69 is ours: 300 × 12.5 % − 11.81.
    const rows = [
      ['0', '50', '0.025', '0.56'],
      ['50', '100', '0.05', null],
      ['100', '200', '0.1', null],
      ['200', null, '0.125', null],
    ] as const;
    const table = tierTable(
      'DEDUCTION',
      rows.map(([floor, cap, rate, amount]) => ({
        notionalFloor: money(decimal(floor)),
        notionalCap: cap === null ? null : money(decimal(cap)),
        maintenanceMarginRate: ratio(decimal(rate)),
        maintenanceAmount: amount === null ? null : money(decimal(amount)),
        maximumLeverage: null,
      })),
    );
    expect(table.tiers.map(({ maintenanceAmount }) => maintenanceAmount.toFixed())).toEqual(['0.56', '1.81', '6.81', '11.81']);
    expect(marginAt(table, '300')).toBe('25.69');
  });
});
