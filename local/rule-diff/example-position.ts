import { isolatedPoolId, type Pool } from '#core/account/pool.ts';
import { present } from '#core/invariant.ts';
import { assessMargin } from '#core/margin/assess-margin.ts';
import { liquidationPrice } from '#core/margin/liquidation-price.ts';
import type { TierTable } from '#core/market/margin-tiers.ts';
import { tierOf } from '#core/market/margin-tiers.ts';
import type { Side } from '#core/market/side.ts';
import { Decimal, ONE, smaller, ZERO } from '#core/units/decimal.ts';
import { money, price, quantity, ratio } from '#core/units/money.ts';
import { initialPool } from '../import-book.ts';
import type { ExampleFate, ExamplePosition } from './rule-change.ts';

const ENTRY_PRICE = price(new Decimal(100));
const HUNDRED = new Decimal(100);
const TWO = new Decimal(2);

/** Leverages to show a change at, the first that fits. */
const LEVERAGES = [20, 10, 5, 3, 2, 1].map((leverage) => new Decimal(leverage));

/** What a band without floor and cap is shown at. Settlement asset. */
const NOTIONAL_OF_ENDLESS_BAND = new Decimal(100_000);

/** Inside of the band, and where it can be far enough above its floor to stay inside while the mark falls: twice the floor, else the middle. */
const notionalIn = (floor: Decimal, cap: Decimal | null): Decimal => {
  if (cap === null) return floor.isZero() ? NOTIONAL_OF_ENDLESS_BAND : floor.times(TWO);
  const doubled = floor.times(TWO);
  return !floor.isZero() && doubled.lte(cap) ? doubled : floor.plus(cap).div(TWO);
};

const poolOf = (side: Side, notionalValue: Decimal, leverage: Decimal): Pool => ({
  poolId: isolatedPoolId('example', 'EXAMPLE', side),
  accountId: 'example',
  marginMode: 'ISOLATED',
  settlementAsset: 'EXAMPLE',
  tags: [],
  balance: money(notionalValue.div(leverage)),
  positions: [{ marketId: 'EXAMPLE', side, quantity: quantity(notionalValue.div(ENTRY_PRICE)), entryValue: money(notionalValue) }],
  ...initialPool,
});

/** How an isolated position opened at the mark 100, without fees, ends under a table. */
const fateUnder = (table: TierTable, pool: Pool): ExampleFate => {
  const terms = {
    marketId: 'EXAMPLE',
    contract: 'LINEAR',
    multiplier: ONE,
    settlementAsset: 'EXAMPLE',
    tickSize: ENTRY_PRICE,
    lotSize: quantity(ONE),
    takerFeeRate: ratio(ZERO),
    tierTable: table,
  } as const;
  const assessment = assessMargin(pool, new Map([['EXAMPLE', { terms, markPrice: ENTRY_PRICE }]]));
  if (!assessment.ok || assessment.value.marginExcess.lt(0)) return { atOnce: true, liquidationPrice: null };
  const assessed = present(assessment.value.positions[0], 'the example holds a position');
  return { atOnce: false, liquidationPrice: liquidationPrice(assessment.value, assessed) };
};

/** Highest leverage that both tables allow at a notional value; null where neither states one. */
const leverageAllowed = (tables: readonly TierTable[], notionalValue: Decimal): Decimal | null => {
  const stated = tables.flatMap((table) => tierOf(table, money(notionalValue)).maximumLeverage ?? []);
  return stated.reduce<Decimal | null>((lowest, each) => (lowest === null ? each : smaller(lowest, each)), null);
};

const candidates = (allowed: Decimal | null): readonly Decimal[] => {
  if (allowed === null) return LEVERAGES;
  const below = LEVERAGES.filter((leverage) => leverage.lt(allowed));
  return [smaller(allowed, present(LEVERAGES[0], 'there is a leverage')), ...below];
};

const exampleOf = (tables: readonly [TierTable, TierTable], side: Side, notionalValue: Decimal, leverage: Decimal): ExamplePosition => {
  const pool = poolOf(side, notionalValue, leverage);
  const [before, after] = [fateUnder(tables[0], pool), fateUnder(tables[1], pool)];
  const [from, to] = [before.liquidationPrice, after.liquidationPrice];
  const distancePercent = from === null || to === null ? null : to.minus(from).abs().div(ENTRY_PRICE).times(HUNDRED);
  return { side, notionalValue, leverage, before, after, distancePercent };
};

const isEver = ({ atOnce, liquidationPrice: at }: ExampleFate): boolean => atOnce || at !== null;

/** Says nothing where the position would be liquidated at once under both, or never under either. */
const isTelling = ({ before, after }: ExamplePosition): boolean => !(before.atOnce && after.atOnce) && (isEver(before) || isEver(after));

/**
 * A position that shows what another table does in a band: opened isolated at the mark 100, at 20× or the highest leverage below it that both tables allow.
 * A long; a short where no fall liquidates the long, as at 1×. null where no such position shows anything.
 */
export const examplePosition = (
  tables: readonly [before: TierTable, after: TierTable],
  notionalFloor: Decimal,
  notionalCap: Decimal | null,
): ExamplePosition | null => {
  const notionalValue = notionalIn(notionalFloor, notionalCap);
  for (const leverage of candidates(leverageAllowed(tables, notionalValue)))
    for (const side of ['LONG', 'SHORT'] as const) {
      const example = exampleOf(tables, side, notionalValue, leverage);
      if (isTelling(example)) return example;
    }
  return null;
};
