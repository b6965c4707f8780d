import type { GivenTier } from '#core/market/given-tier.ts';
import type { MarginTier, TierTable } from '#core/market/margin-tiers.ts';
import type { Decimal } from '#core/units/decimal.ts';
import { decimalText } from '#rule-sets/schema-primitives.ts';
import type { LeafChange } from './leaf-changes.ts';
import { type Band, sameOrBothNone } from './tier-bands.ts';

const tierAt = (table: TierTable, floor: Decimal): MarginTier | undefined =>
  table.tiers.find(({ notionalFloor }) => notionalFloor.eq(floor));

/** The members of a tier that a table compares; a Record, so that a new member breaks the build here. */
const DIFFERS: Readonly<Record<keyof GivenTier, (before: MarginTier, after: MarginTier) => boolean>> = {
  notionalFloor: (before, after) => !before.notionalFloor.eq(after.notionalFloor),
  notionalCap: (before, after) => !sameOrBothNone(before.notionalCap, after.notionalCap),
  maintenanceMarginRate: (before, after) => !before.maintenanceMarginRate.eq(after.maintenanceMarginRate),
  maintenanceAmount: (before, after) => !before.maintenanceAmount.eq(after.maintenanceAmount),
  maximumLeverage: (before, after) => !sameOrBothNone(before.maximumLeverage, after.maximumLeverage),
};

const isMember = (name: unknown): name is keyof GivenTier => typeof name === 'string' && Object.hasOwn(DIFFERS, name);

/** A changed value of a tier, as far as tables know its members. */
export interface TierLeaf {
  readonly leaf: LeafChange;
  readonly floor: Decimal;
  readonly member: keyof GivenTier;
}

/** The changed values of a market that are members of its tiers; others are told elsewhere. */
export const tierLeaves = (leaves: readonly LeafChange[]): readonly TierLeaf[] =>
  leaves.flatMap((leaf) => {
    const [, , floorText, member, ...deeper] = leaf.key;
    const floor = decimalText.safeParse(floorText);
    return floor.success && isMember(member) && deeper.length === 0 ? [{ leaf, floor: floor.data, member }] : [];
  });

/**
 * Whether a changed value of a market that has a table in both rule sets means something else: the member of a tier that only one has, or one that the tables
 * differ in. Otherwise it is only written differently: `0.30` for `0.3`, or an amount that the tiers below give anyway.
 */
export const hasAnotherMeaning = ({ floor, member }: TierLeaf, before: TierTable, after: TierTable): boolean => {
  const [from, to] = [tierAt(before, floor), tierAt(after, floor)];
  return from === undefined || to === undefined || DIFFERS[member](from, to);
};

const MEMBERS_OF_BANDS: ReadonlySet<keyof GivenTier> = new Set(['maintenanceMarginRate', 'maximumLeverage', 'maintenanceAmount']);

/** The band whose tiers ask for a changed value; null for floors and caps, which belong to the boundaries, and outside of all bands. */
export const bandOf = ({ floor, member }: TierLeaf, bands: readonly Band[]): Band | null => {
  if (!MEMBERS_OF_BANDS.has(member)) return null;
  return (
    bands.find(({ notionalFloor, notionalCap }) => floor.gte(notionalFloor) && (notionalCap === null || floor.lt(notionalCap))) ?? null
  );
};
