import type { GivenTier, TierForm } from '#core/market/given-tier.ts';
import { type Decimal, ONE, ZERO } from '#core/units/decimal.ts';
import { type FindingText, findingAt } from './finding-at.ts';
import type { JsonSource } from './json-source.ts';
import type { RuleFinding } from './rule-finding.ts';
import type { TierTables } from './rule-set.ts';
import { amountJump, badStart, emptyTier, fallingRate, liquidatableAtOnce, uncapped, unjoined, unusedAmount } from './tier-texts.ts';

/** One fault of one tier: the key it stands at, and what to say. */
interface TierFault {
  readonly key: keyof GivenTier;
  readonly text: FindingText;
}

/** A tier with the one below it and the amounts that hold in both where the table derives them. */
interface JoinedTier {
  readonly tier: GivenTier;
  readonly below: GivenTier | null;
  readonly amount: Decimal;
  readonly amountBelow: Decimal;
}

const isEmpty = ({ notionalFloor, notionalCap }: GivenTier): boolean => notionalCap?.lte(notionalFloor) ?? false;

/** A floor and the cap below it are one finding, and a tier below that is empty has its own. */
const checkFloor = (joined: JoinedTier): readonly TierFault[] => {
  const { tier, below } = joined;
  if (below === null) return tier.notionalFloor.isZero() ? [] : [{ key: 'notionalFloor', text: badStart(tier) }];
  if (below.notionalCap === null || isEmpty(below) || tier.notionalFloor.eq(below.notionalCap)) return [];
  return [{ key: 'notionalFloor', text: unjoined({ ...joined, below }, below.notionalCap) }];
};

const checkCap = (tier: GivenTier, next: GivenTier | undefined): readonly TierFault[] => {
  if (tier.notionalCap === null) return next === undefined ? [] : [{ key: 'notionalCap', text: uncapped(tier, next) }];
  return isEmpty(tier) ? [{ key: 'notionalCap', text: emptyTier(tier, tier.notionalCap) }] : [];
};

const checkRates = (tier: GivenTier, below: GivenTier | null): readonly TierFault[] => {
  const rate = tier.maintenanceMarginRate;
  const faults: TierFault[] = [];
  if (below !== null && rate.lt(below.maintenanceMarginRate)) faults.push({ key: 'maintenanceMarginRate', text: fallingRate(tier, below) });
  if (tier.maximumLeverage?.times(rate).gte(ONE))
    faults.push({ key: 'maintenanceMarginRate', text: liquidatableAtOnce(tier, tier.maximumLeverage) });
  return faults;
};

/** What a rate changes at a boundary: boundary · (rate − rate below). */
const stepAt = (boundary: Decimal, tier: GivenTier, below: GivenTier | null): Decimal =>
  below === null ? ZERO : boundary.times(tier.maintenanceMarginRate.minus(below.maintenanceMarginRate));

/** The amount of tier n as all rates say: floorₙ · (rateₙ − rateₙ₋₁) + amountₙ₋₁; tier 0 has 0. */
const derivedAmounts = (tiers: readonly GivenTier[]): readonly Decimal[] => {
  let derived: Decimal = ZERO;
  return tiers.map((tier, index) => {
    derived = derived.plus(stepAt(tier.notionalFloor, tier, tiers[index - 1] ?? null));
    return derived;
  });
};

/** A tier where the table derives its amount: as all rates say, as the amount below says, and the latter with the cap below as the boundary. */
interface DerivedTier extends JoinedTier {
  readonly derived: Decimal;
  readonly continued: Decimal;
  readonly continuedAtCap: Decimal;
}

const derivedTiers = (tiers: readonly GivenTier[], form: TierForm): readonly DerivedTier[] => {
  const derived = derivedAmounts(tiers);
  const amounts = tiers.map(({ maintenanceAmount }, index) => {
    if (form === 'FLAT') return ZERO;
    return (form === 'DEDUCTION' ? maintenanceAmount : null) ?? derived[index] ?? ZERO;
  });
  return tiers.map((tier, index) => {
    const below = tiers[index - 1] ?? null;
    const amountBelow = amounts[index - 1] ?? ZERO;
    return {
      tier,
      below,
      amount: amounts[index] ?? ZERO,
      amountBelow,
      derived: derived[index] ?? ZERO,
      continued: amountBelow.plus(stepAt(tier.notionalFloor, tier, below)),
      continuedAtCap: amountBelow.plus(stepAt(below?.notionalCap ?? tier.notionalFloor, tier, below)),
    };
  });
};

const isJump = ({ tier: { maintenanceAmount: given }, derived, continued, continuedAtCap }: DerivedTier): boolean =>
  given !== null && ![derived, continued, continuedAtCap].some((amount) => amount.eq(given));

/**
 * The first amount of a table at which the margin jumps, with all that has to change above it. An amount that continues from the one below is let pass:
 * a faulty floor has its own finding. So are amounts next to a faulty rate.
 */
const checkAmounts = (tiers: readonly DerivedTier[], others: readonly (readonly TierFault[])[]): ReadonlyMap<number, TierFault> => {
  const hasRateFault = (index: number): boolean => others[index]?.some(({ key }) => key === 'maintenanceMarginRate') ?? false;
  const at = tiers.findIndex((each, index) => isJump(each) && !hasRateFault(index) && !hasRateFault(index - 1));
  const first = tiers[at];
  if (first === undefined || first.tier.maintenanceAmount === null) return new Map();
  const above = tiers.flatMap(({ tier: { maintenanceAmount: given }, derived }, index) =>
    index <= at || given === null || given.eq(derived) ? [] : [{ index, derived }],
  );
  const { derived, continued } = first;
  const isKnown = others.every((faults) => faults.length === 0);
  const wrong = { given: first.tier.maintenanceAmount, derived, continued, above: isKnown ? above : null };
  return new Map([[at, { key: 'maintenanceAmount', text: amountJump(first.tier, wrong) }]]);
};

const checkUnusedAmounts = (tiers: readonly GivenTier[], form: TierForm): ReadonlyMap<number, TierFault> =>
  new Map(
    tiers.flatMap(({ maintenanceAmount: given }, index) =>
      given === null || given.isZero() ? [] : [[index, { key: 'maintenanceAmount', text: unusedAmount(form, given) }] as const],
    ),
  );

/** Every fault of one table, tier by tier; of amounts that are wrong together the first, so that one slip does not turn into twelve faults. */
const checkTable = (tiers: readonly GivenTier[], form: TierForm): readonly (readonly TierFault[])[] => {
  const derived = derivedTiers(tiers, form);
  const others = derived.map((each, index) => [
    ...checkFloor(each),
    ...checkCap(each.tier, tiers[index + 1]),
    ...checkRates(each.tier, each.below),
  ]);
  const amounts = form === 'DEDUCTION' ? checkAmounts(derived, others) : checkUnusedAmounts(tiers, form);
  return others.map((faults, index) => {
    const amount = amounts.get(index);
    return amount === undefined ? faults : [...faults, amount];
  });
};

/**
 * What the schema of a tier file cannot say. Each table begins at 0 and has no gap, its rates do not fall, a given amount is exactly the
 * continuous one, and a position opened at the maximum leverage is not liquidatable at once.
 */
export const checkTiers = (source: JsonSource, tables: TierTables): readonly RuleFinding[] =>
  [...tables.markets].flatMap(([marketId, tiers]) =>
    checkTable(tiers, tables.form).flatMap((faults, index) =>
      faults.map(({ key, text }) => findingAt(source, ['markets', marketId, index, key], text)),
    ),
  );
