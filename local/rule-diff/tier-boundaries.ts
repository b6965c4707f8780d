import type { TierTable } from '#core/market/margin-tiers.ts';
import type { Decimal } from '#core/units/decimal.ts';
import { leavesOf } from '#rule-sets/conditions.ts';
import type { RuleSet } from '#rule-sets/rule-set.ts';
import { counted, listed, shortAmount } from './in-words.ts';
import type { RuleSets, Said } from './rule-change.ts';

/** The notional values at which one tier ends and the next begins. */
const boundariesOf = (table: TierTable): readonly Decimal[] => table.tiers.slice(1).map(({ notionalFloor }) => notionalFloor);

const without = (values: readonly Decimal[], others: readonly Decimal[]): readonly Decimal[] => {
  const known = new Set(others.map((each) => each.toFixed()));
  return values.filter((value) => !known.has(value.toFixed()));
};

const goesByTiers = ({ margin }: RuleSet): boolean =>
  margin.rules.some(
    ({ event, conditions }) => event.type === 'REDUCE_TO_TIER' || leavesOf(conditions).some(({ fact }) => fact === 'tierIndex'),
  );

const whatMoved = (before: TierTable, after: TierTable): string | null => {
  const [gone, added] = [without(boundariesOf(before), boundariesOf(after)), without(boundariesOf(after), boundariesOf(before))];
  const count = before.tiers.length === after.tiers.length ? '' : `${before.tiers.length} → ${counted(after.tiers.length, 'tier')}, `;
  if (gone.length === 0 && added.length === 0) return null;
  if (gone.length === added.length)
    return `${count}${gone.length === 1 ? 'boundary' : 'boundaries'} moved: ${listed(gone.map((each, index) => `${shortAmount(each)} → ${shortAmount(added[index] ?? each)}`))}`;
  const parts = [
    ...(added.length === 0 ? [] : [`boundaries added at ${listed(added.map(shortAmount))}`]),
    ...(gone.length === 0 ? [] : [`boundaries removed at ${listed(gone.map(shortAmount))}`]),
  ];
  return `${count}${parts.join('; ')}`;
};

/** Boundaries that moved, came or went between two tables, whether or not a rate changed with them; null where none did. */
export const boundariesSaid = (before: TierTable, after: TierTable, ruleSets: RuleSets): Said | null => {
  const what = whatMoved(before, after);
  if (what === null) return null;
  const effect = goesByTiers(ruleSets.before) || goesByTiers(ruleSets.after) ? 'reductions by one tier stop there' : null;
  return { what, effect };
};

const capWords = (cap: Decimal | null): string => (cap === null ? 'none' : shortAmount(cap));

/** A last cap that changed; null where it did not. No position is bounded by it. */
export const lastCapSaid = (before: TierTable, after: TierTable): Said | null => {
  const [from, to] = [before.tiers.at(-1)?.notionalCap ?? null, after.tiers.at(-1)?.notionalCap ?? null];
  const isSame = from === null || to === null ? from === to : from.eq(to);
  const effect = 'the last tier goes on beyond its cap, so that no maintenance margin changes by it';
  return isSame ? null : { what: `last cap ${capWords(from)} → ${capWords(to)}`, effect };
};
