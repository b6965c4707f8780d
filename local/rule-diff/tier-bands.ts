import { present } from '#core/invariant.ts';
import { type MarginTier, type TierTable, tierOf } from '#core/market/margin-tiers.ts';
import { type Decimal, ZERO } from '#core/units/decimal.ts';
import { money } from '#core/units/money.ts';

/** A stretch of notional value in which each of two tables says one thing; the floor excluded, the cap included. */
export interface Band {
  readonly notionalFloor: Decimal;
  /** null: no end. */
  readonly notionalCap: Decimal | null;
  /** The tiers of each table in the stretch, by index. */
  readonly tiersBefore: readonly [first: number, last: number];
  readonly tiersAfter: readonly [first: number, last: number];
  readonly before: MarginTier;
  readonly after: MarginTier;
  /** Maintenance amount after minus before, the lowest and the highest in the stretch. Settlement asset. */
  readonly amountChange: readonly [lowest: Decimal, highest: Decimal];
}

const floorsOf = (table: TierTable): readonly Decimal[] => table.tiers.map(({ notionalFloor }) => notionalFloor);

/** Floors of both tables, lowest first, each once. */
const breakpoints = (before: TierTable, after: TierTable): readonly Decimal[] =>
  [...floorsOf(before), ...floorsOf(after)]
    .sort((a, b) => a.comparedTo(b))
    .filter((floor, index, floors) => index === 0 || !floor.eq(floors[index - 1] ?? ZERO));

/** The tier above a floor: the one of the stretch's cap, the last where it has none. */
const tierUpTo = (table: TierTable, cap: Decimal | null): MarginTier =>
  cap === null ? present(table.tiers.at(-1), 'a table has a tier') : tierOf(table, money(cap));

/** Whether two values are equal, or both are not given. */
export const sameOrBothNone = (a: Decimal | null, b: Decimal | null): boolean => (a === null || b === null ? a === b : a.eq(b));

export const isRateChanged = ({ before, after }: Band): boolean => !before.maintenanceMarginRate.eq(after.maintenanceMarginRate);

export const isLeverageChanged = ({ before, after }: Band): boolean => !sameOrBothNone(before.maximumLeverage, after.maximumLeverage);

const isAmountChanged = ({ amountChange: [lowest, highest] }: Band): boolean => !lowest.isZero() || !highest.isZero();

/** Whether two neighbours have the same to say. Where only amounts changed, by how much does not part them. */
const belongTogether = (a: Band, b: Band): boolean => {
  const alike = (one: MarginTier, other: MarginTier): boolean =>
    one.maintenanceMarginRate.eq(other.maintenanceMarginRate) && sameOrBothNone(one.maximumLeverage, other.maximumLeverage);
  const isOfAmounts = (band: Band): boolean => !isRateChanged(band) && !isLeverageChanged(band);
  if (isOfAmounts(a) && isOfAmounts(b)) return isAmountChanged(a) === isAmountChanged(b);
  return alike(a.before, b.before) && alike(a.after, b.after);
};

const joined = (a: Band, b: Band): Band => ({
  ...a,
  notionalCap: b.notionalCap,
  tiersBefore: [a.tiersBefore[0], b.tiersBefore[1]],
  tiersAfter: [a.tiersAfter[0], b.tiersAfter[1]],
  amountChange: [
    a.amountChange[0].lt(b.amountChange[0]) ? a.amountChange[0] : b.amountChange[0],
    a.amountChange[1].gt(b.amountChange[1]) ? a.amountChange[1] : b.amountChange[1],
  ],
});

/**
 * The stretches of notional value in which two tables differ in rate, maximum leverage or amount, lowest first, neighbours with the same change joined.
 * Both tables are cut at the floors of either; beyond a last cap the last tier goes on.
 */
export const changedBands = (before: TierTable, after: TierTable): readonly Band[] => {
  const floors = breakpoints(before, after);
  const bands: Band[] = [];
  for (const [index, notionalFloor] of floors.entries()) {
    const notionalCap = floors[index + 1] ?? null;
    const [from, to] = [tierUpTo(before, notionalCap), tierUpTo(after, notionalCap)];
    const change = to.maintenanceAmount.minus(from.maintenanceAmount);
    const band: Band = {
      notionalFloor,
      notionalCap,
      tiersBefore: [from.index, from.index],
      tiersAfter: [to.index, to.index],
      before: from,
      after: to,
      amountChange: [change, change],
    };
    const below = bands.at(-1);
    if (below !== undefined && belongTogether(below, band)) bands[bands.length - 1] = joined(below, band);
    else bands.push(band);
  }
  return bands.filter((band) => isRateChanged(band) || isLeverageChanged(band) || isAmountChanged(band));
};
