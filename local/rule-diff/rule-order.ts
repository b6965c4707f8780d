import { canonicalJson } from '#rule-sets/content-hash.ts';
import type { Rule } from '#rule-sets/rule-set.ts';
import { changeOf } from './general-line.ts';
import { listed, quoted } from './in-words.ts';
import type { LeafChange } from './leaf-changes.ts';
import type { RuleChange } from './rule-change.ts';

/** A file that holds rules. */
export type RuleFile = 'margin.rules.json' | 'shortfall.rules.json';

/** A rule as far as every kind of rule is alike. */
export type AnyRule = Rule<{ readonly type: string }>;

const asked = (rules: readonly AnyRule[]): readonly AnyRule[] => [...rules].sort((a, b) => b.priority - a.priority);

/** A warning never stands in the way of an order, and of two rules with one event it does not matter which decides. */
const matters = (a: AnyRule, b: AnyRule): boolean =>
  a.event.type !== 'WARN' && b.event.type !== 'WARN' && canonicalJson(a.event) !== canonicalJson(b.event);

/** Pairs that swapped: the first decides now where the second did. */
const overtakings = (before: readonly string[], after: readonly AnyRule[]): readonly (readonly [AnyRule, AnyRule])[] =>
  after.flatMap((first, index) =>
    after
      .slice(index + 1)
      .filter((second) => before.indexOf(second.name) < before.indexOf(first.name) && matters(first, second))
      .map((second) => [first, second] as const),
  );

const effectOf = (file: RuleFile, swapped: readonly (readonly [AnyRule, AnyRule])[]): string => {
  if (file === 'shortfall.rules.json') return 'every rule that fires counts, so that no outcome changes';
  if (swapped.length === 0) return 'no decision changes';
  return `where both fire, ${listed(swapped.map(([first, second]) => `${quoted(first.name)} decides instead of ${quoted(second.name)}`))}`;
};

const isPriority = (file: RuleFile, names: ReadonlySet<string>, { key, file: of }: LeafChange): boolean =>
  of === file && key.length === 3 && key[0] === 'rules' && key[2] === 'priority' && names.has(String(key[1]));

const orderOf = (names: readonly string[]): string => listed(names.map(quoted));

/** The rules that both have, in the order in which they are asked, where that order changed. Renamed rules count as themselves. */
export const orderChange = (
  file: RuleFile,
  before: readonly AnyRule[],
  after: readonly AnyRule[],
  renamed: ReadonlyMap<string, string>,
  leaves: readonly LeafChange[],
): readonly RuleChange[] => {
  const names = new Set(after.map(({ name }) => name));
  const from = asked(before)
    .map(({ name }) => renamed.get(name) ?? name)
    .filter((name) => names.has(name));
  const kept = new Set(from);
  const to = asked(after).filter(({ name }) => kept.has(name));
  const order = to.map(({ name }) => name);
  if (canonicalJson(from) === canonicalJson(order)) return [];
  const isMargin = file === 'margin.rules.json';
  const unit = {
    section: isMargin ? 'MARGIN_RULES' : 'SHORTFALL_RULES',
    marketId: null,
    subject: isMargin ? 'margin rules' : 'shortfall rules',
  } as const;
  const what = `asked in the order ${orderOf(from)} → ${orderOf(order)}`;
  return [
    changeOf(
      unit,
      { what, effect: effectOf(file, overtakings(from, to)) },
      leaves.filter((leaf) => isPriority(file, kept, leaf)),
    ),
  ];
};
