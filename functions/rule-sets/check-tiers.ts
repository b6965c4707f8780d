import type { GivenTier, TierForm } from '#core/market/given-tier.ts';
import { type Decimal, ONE, ZERO } from '#core/units/decimal.ts';
import { type Fault, faultAt, type JsonSource } from './json-source.ts';
import type { TierTables } from './rule-set.ts';

interface TierFault {
  readonly key: keyof GivenTier;
  readonly message: string;
}

const checkBounds = (tier: GivenTier, below: GivenTier | null, isLast: boolean): readonly TierFault[] => {
  const floor = below === null ? ZERO : below.notionalCap;
  const faults: TierFault[] = [];
  if (floor !== null && !tier.notionalFloor.eq(floor)) {
    const meaning = below === null ? 'the floor of the lowest tier' : 'the cap of the tier below';
    faults.push({ key: 'notionalFloor', message: `expected \`${floor.toFixed()}\`, ${meaning}, got \`${tier.notionalFloor.toFixed()}\`` });
  }
  if (tier.notionalCap === null && !isLast)
    faults.push({ key: 'notionalCap', message: 'expected a cap: only the last tier may have none, got null' });
  if (tier.notionalCap?.lte(tier.notionalFloor))
    faults.push({
      key: 'notionalCap',
      message: `expected a cap above the floor \`${tier.notionalFloor.toFixed()}\`, got \`${tier.notionalCap.toFixed()}\``,
    });
  return faults;
};

const checkRates = (tier: GivenTier, below: GivenTier | null): readonly TierFault[] => {
  const rate = tier.maintenanceMarginRate;
  const faults: TierFault[] = [];
  if (below !== null && rate.lt(below.maintenanceMarginRate))
    faults.push({
      key: 'maintenanceMarginRate',
      message: `expected at least \`${below.maintenanceMarginRate.toFixed()}\`, the rate of the tier below, got \`${rate.toFixed()}\``,
    });
  if (tier.maximumLeverage?.times(rate).gte(ONE)) {
    const initial = ONE.div(tier.maximumLeverage).toSignificantDigits(12).toFixed();
    const opening = `the initial margin rate \`${initial}\` (1 / \`${tier.maximumLeverage.toFixed()}\`)`;
    faults.push({
      key: 'maintenanceMarginRate',
      message: `expected less than ${opening}, got \`${rate.toFixed()}\`: a new position would be liquidatable`,
    });
  }
  return faults;
};

const checkAmount = (tier: GivenTier, form: TierForm, accepted: readonly Decimal[]): readonly TierFault[] => {
  const given = tier.maintenanceAmount;
  const [derived = ZERO] = accepted;
  if (given === null || (form === 'DEDUCTION' ? accepted.some((amount) => amount.eq(given)) : given.isZero())) return [];
  const expected =
    form === 'DEDUCTION'
      ? `\`${derived.toFixed()}\`, which keeps the maintenance margin continuous at the floor`
      : `none in form \`${form}\``;
  return [{ key: 'maintenanceAmount', message: `expected ${expected}, got \`${given.toFixed()}\`` }];
};

/**
 * Every fault of one table, tier by tier. The amount of tier n is derived from the rates: floorₙ · (rateₙ − rateₙ₋₁) + amountₙ₋₁, tier 0 has 0. Above a
 * faulty amount, one that continues from it is let pass: the first deviation is always reported, and one slip does not turn into twelve faults.
 */
const checkTable = (tiers: readonly GivenTier[], form: TierForm): readonly (readonly TierFault[])[] => {
  let derived: Decimal = ZERO;
  return tiers.map((tier, index) => {
    const below = tiers[index - 1] ?? null;
    const step = below === null ? ZERO : tier.notionalFloor.times(tier.maintenanceMarginRate.minus(below.maintenanceMarginRate));
    derived = derived.plus(step);
    const continued = below?.maintenanceAmount?.plus(step) ?? derived;
    return [
      ...checkBounds(tier, below, index === tiers.length - 1),
      ...checkRates(tier, below),
      ...checkAmount(tier, form, [derived, continued]),
    ];
  });
};

/**
 * What the schema of a tier file cannot say. Each table begins at 0 and has no gap, its rates do not fall, a given amount is exactly the
 * continuous one, and a position opened at the maximum leverage is not liquidatable at once.
 */
export const checkTiers = (source: JsonSource, tables: TierTables): readonly Fault[] =>
  [...tables.markets].flatMap(([marketId, tiers]) =>
    checkTable(tiers, tables.form).flatMap((faults, index) =>
      faults.map(({ key, message }) => faultAt(source, ['markets', marketId, index, key], message)),
    ),
  );
