import type { TierTable } from '#core/market/margin-tiers.ts';
import { byCodeUnits } from '#core/ordering.ts';
import { marketTiers } from '#rule-sets/market-tiers.ts';
import type { RuleSet } from '#rule-sets/rule-set.ts';
import { bandWords, rangeWords } from './band-words.ts';
import { changeOf } from './general-line.ts';
import { counted } from './in-words.ts';
import type { LeafChange } from './leaf-changes.ts';
import type { RuleChange, RuleSets, Said } from './rule-change.ts';
import { type Band, changedBands } from './tier-bands.ts';
import { boundariesSaid, lastCapSaid } from './tier-boundaries.ts';
import { bandOf, hasAnotherMeaning, type TierLeaf, tierLeaves } from './tier-leaves.ts';
import { marketSubject } from './unit-of-leaf.ts';

/** The table that a market is margined by: its own, else the one of `*`; null where there is neither. */
const tableOf = ({ tiers }: RuleSet, marketId: string): TierTable | null => marketTiers(tiers, marketId);

const hasOwn = (ruleSet: RuleSet, marketId: string): boolean => ruleSet.tiers.markets.has(marketId);

const isAlike = (before: TierTable, after: TierTable, ruleSets: RuleSets): boolean =>
  changedBands(before, after).length === 0 && boundariesSaid(before, after, ruleSets) === null;

/** A table that begins or ends to be there; null where both rule sets have one, or neither. */
const ownershipSaid = (marketId: string, ruleSets: RuleSets, before: TierTable | null, after: TierTable | null): Said | null => {
  const [had, has] = [hasOwn(ruleSets.before, marketId), hasOwn(ruleSets.after, marketId)];
  if (had === has) return null;
  const size = counted((has ? after : before)?.tiers.length ?? 0, 'tier');
  const what = has ? `a table of its own is added (${size})` : `its own table is removed (${size})`;
  if (before === null) return { what, effect: 'it had no tiers before, and positions in it could not be margined' };
  if (after === null) return { what, effect: 'it has no tiers any more, and positions in it cannot be margined' };
  const taken = has ? 'before, it took the table of `*`' : 'it takes the table of `*` now';
  return { what, effect: isAlike(before, after, ruleSets) ? `${taken}, which says the same` : taken };
};

const spoken = <Value>(values: readonly (Value | null)[]): readonly Value[] => values.filter((value) => value !== null);

const bandChange = (marketId: string, tables: readonly [TierTable, TierTable], band: Band, leaves: readonly LeafChange[]): RuleChange => {
  const { figures, said } = bandWords(tables, band);
  const subject = `${marketSubject(marketId)} ${figures.tiers}, ${rangeWords(band.notionalFloor, band.notionalCap)}`;
  return { section: 'TIERS', marketId, subject, ...said, band: figures, leaves };
};

const valuesOf = (leaves: readonly TierLeaf[] = []): readonly LeafChange[] => leaves.map(({ leaf }) => leaf);

/** Values that are written differently and mean the same. */
const notationSaid = (count: number): Said | null =>
  count === 0
    ? null
    : { what: `${counted(count, 'value is', 'values are')} written differently`, effect: 'the table says the same by them' };

/**
 * What changed in one market's tiers. Each sentence stands for all values of the table that mean something else now; members that no table knows are
 * told elsewhere.
 */
const marketChanges = (marketId: string, ruleSets: RuleSets, leaves: readonly LeafChange[]): readonly RuleChange[] => {
  const [before, after] = [tableOf(ruleSets.before, marketId), tableOf(ruleSets.after, marketId)];
  const unit = { section: 'TIERS', marketId, subject: marketSubject(marketId) } as const;
  const known = tierLeaves(leaves);
  const ownership = ownershipSaid(marketId, ruleSets, before, after);
  if (before === null || after === null) return ownership === null ? [] : [changeOf(unit, ownership, valuesOf(known))];
  const isMeant = (each: TierLeaf): boolean => ownership !== null || hasAnotherMeaning(each, before, after);
  const { meant = [], notation = [] } = Object.groupBy(known, (each) => (isMeant(each) ? 'meant' : 'notation'));
  const bands = changedBands(before, after);
  const byBand = Map.groupBy(meant, (each) => bandOf(each, bands));
  const said = spoken([ownership, boundariesSaid(before, after, ruleSets), lastCapSaid(before, after)]);
  return [
    ...said.map((each) => changeOf(unit, each, valuesOf(byBand.get(null)))),
    ...bands.map((band) => bandChange(marketId, [before, after], band, valuesOf(byBand.get(band)))),
    ...spoken([notationSaid(notation.length)]).map((each) => changeOf(unit, each, valuesOf(notation))),
  ];
};

const formChange = (ruleSets: RuleSets, leaves: readonly LeafChange[], markets: readonly RuleChange[]): readonly RuleChange[] => {
  const form = leaves.filter(({ file, key }) => file === 'margin-tiers.json' && key.length === 1 && key[0] === 'form');
  if (form.length === 0) return [];
  const what = `form ${ruleSets.before.tiers.form} → ${ruleSets.after.tiers.form}`;
  const effect = markets.some(({ band }) => band !== null) ? 'see the markets' : 'no maintenance margin changes';
  return [changeOf({ section: 'TIERS', marketId: null, subject: 'margin tiers' }, { what, effect }, form)];
};

const marketIn = ({ file, key }: LeafChange): string | null =>
  file === 'margin-tiers.json' && key[0] === 'markets' && typeof key[1] === 'string' && key.length > 2 ? key[1] : null;

/** What changed in the tiers: their form, then market by market. A market that lost or got its own table is compared with the one of `*`. */
export const tierChanges = (ruleSets: RuleSets, leaves: readonly LeafChange[]): readonly RuleChange[] => {
  const byMarket = Map.groupBy(leaves, (leaf) => marketIn(leaf) ?? '');
  // Both change what every table says without a change in the table itself.
  const isReadAnew = leaves.some(
    ({ file, key }) => file === 'margin-tiers.json' && (key[0] === 'form' || key[0] === 'maintenanceFraction'),
  );
  const all = [...ruleSets.before.tiers.markets.keys(), ...ruleSets.after.tiers.markets.keys()];
  const markets = [...new Set(isReadAnew ? all : [...byMarket.keys()].filter((id) => id !== ''))].sort(byCodeUnits);
  const changes = markets.flatMap((marketId) => marketChanges(marketId, ruleSets, byMarket.get(marketId) ?? []));
  return [...formChange(ruleSets, leaves, changes), ...changes];
};
