import { present } from '#core/invariant.ts';
import { canonicalJson } from '#rule-sets/content-hash.ts';
import type { RuleSet } from '#rule-sets/rule-set.ts';
import { conditionChange } from './condition-change.ts';
import { conditionWords } from './condition-words.ts';
import { changeOf } from './general-line.ts';
import { listed, quoted, stepsInWords, written } from './in-words.ts';
import type { Step } from './json-leaves.ts';
import type { LeafChange } from './leaf-changes.ts';
import type { RuleChange, RuleSets, Said } from './rule-change.ts';
import { type AnyRule, orderChange, type RuleFile } from './rule-order.ts';
import { type Unit, unitOf } from './unit-of-leaf.ts';

const rulesIn = (ruleSet: RuleSet, file: RuleFile): readonly AnyRule[] =>
  file === 'margin.rules.json' ? ruleSet.margin.rules : ruleSet.shortfall.rules;

interface RuleLeaf {
  readonly leaf: LeafChange;
  readonly unit: Unit;
}

type LeavesByRule = ReadonlyMap<string, readonly RuleLeaf[]>;

const ruleNameIn = ([first, second, third]: readonly Step[]): string | null =>
  first === 'rules' && typeof second === 'string' && third !== undefined ? second : null;

const leavesByRule = (file: RuleFile, leaves: readonly LeafChange[]): LeavesByRule => {
  const placed = leaves.filter((leaf) => leaf.file === file).map((leaf) => ({ leaf, unit: unitOf(leaf) }));
  return Map.groupBy(placed, ({ leaf }) => ruleNameIn(leaf.key) ?? '');
};

/** Everything of a rule but how it is called and when it is asked: rules that agree in it are one rule under two names. */
const lawOf = (those: readonly RuleLeaf[]): string =>
  canonicalJson(
    those
      .filter(({ unit }) => unit.rest[0] !== 'name' && unit.rest[0] !== 'priority')
      .map(({ leaf, unit }) => [unit.rest, leaf.after ?? leaf.before]),
  );

/** New names by old ones, of rules that only the name and the priority changed of. */
const renamedIn = (gone: readonly string[], added: readonly string[], byRule: LeavesByRule): ReadonlyMap<string, string> => {
  const renamed = new Map<string, string>();
  for (const name of gone) {
    const law = lawOf(byRule.get(name) ?? []);
    const heir = added.find((each) => ![...renamed.values()].includes(each) && lawOf(byRule.get(each) ?? []) === law);
    if (heir !== undefined) renamed.set(name, heir);
  }
  return renamed;
};

const eventWords = (those: readonly RuleLeaf[], rule: AnyRule, side: 'before' | 'after'): string => {
  const members = those.filter(({ unit, leaf }) => unit.rest[0] === 'event' && unit.rest[1] !== 'type' && leaf[side] !== undefined);
  const details = members.map(({ leaf, unit }) => `${stepsInWords(unit.rest.slice(-1))} ${written(leaf[side])}`);
  return details.length === 0 ? rule.event.type : `${rule.event.type} (${listed(details)})`;
};

const TOLD: ReadonlySet<unknown> = new Set(['name', 'priority', 'conditions', 'event']);

const told = (those: readonly RuleLeaf[]): readonly LeafChange[] =>
  those.filter(({ unit }) => TOLD.has(unit.rest[0])).map(({ leaf }) => leaf);

const change = (those: readonly RuleLeaf[], said: Said, leaves: readonly LeafChange[]): RuleChange =>
  changeOf(present(those[0], 'a changed rule has a changed value').unit, said, leaves);

const addedSaid = (those: readonly RuleLeaf[], rule: AnyRule): Said => ({
  what: `is added, priority ${rule.priority}: ${eventWords(those, rule, 'after')} when ${conditionWords(rule.conditions)}`,
  effect: null,
});

const removedSaid = (those: readonly RuleLeaf[], rule: AnyRule): Said => ({
  what: `is removed, priority ${rule.priority}: ${eventWords(those, rule, 'before')} when ${conditionWords(rule.conditions)}`,
  effect: null,
});

const eventSaid = (those: readonly RuleLeaf[], before: AnyRule, after: AnyRule): Said => ({
  what: `${eventWords(those, before, 'before')} → ${eventWords(those, after, 'after')}`,
  effect: null,
});

const renamedSaid = (from: AnyRule, to: AnyRule): Said => ({
  what: `is renamed ${quoted(to.name)}${from.priority === to.priority ? '' : `, priority ${from.priority} → ${to.priority}`}`,
  effect: 'its conditions and its event are the same',
});

const partOf = (those: readonly RuleLeaf[], member: string): readonly LeafChange[] =>
  those.filter(({ unit }) => unit.rest[0] === member).map(({ leaf }) => leaf);

/** What changed of a rule that both have under one name; members without a sentence here are left to the wordings. */
const keptChanges = (those: readonly RuleLeaf[], before: AnyRule, after: AnyRule): readonly RuleChange[] => {
  const conditions = partOf(those, 'conditions');
  const event = partOf(those, 'event');
  return [
    ...(before.event.type === after.event.type ? [] : [change(those, eventSaid(those, before, after), event)]),
    ...(conditions.length === 0 ? [] : [change(those, conditionChange(before, after), conditions)]),
  ];
};

const byName = (rules: readonly AnyRule[]): ReadonlyMap<string, AnyRule> => new Map(rules.map((rule) => [rule.name, rule]));

/** Rules that were added, removed, renamed or changed, and the order in which they are asked. */
export const ruleChanges = (file: RuleFile, ruleSets: RuleSets, leaves: readonly LeafChange[]): readonly RuleChange[] => {
  const byRule = leavesByRule(file, leaves);
  const [before, after] = [byName(rulesIn(ruleSets.before, file)), byName(rulesIn(ruleSets.after, file))];
  const gone = [...before.keys()].filter((name) => !after.has(name));
  const added = [...after.keys()].filter((name) => !before.has(name));
  const renamed = renamedIn(gone, added, byRule);
  const heirs = new Set(renamed.values());
  const of = (name: string): readonly RuleLeaf[] => byRule.get(name) ?? [];
  return [
    ...[...before].flatMap(([name, rule]) => {
      const heir = after.get(renamed.get(name) ?? name);
      if (heir === undefined) return [change(of(name), removedSaid(of(name), rule), told(of(name)))];
      if (heir.name === name) return keptChanges(of(name), rule, heir);
      return [
        change(
          of(name),
          renamedSaid(rule, heir),
          [...of(name), ...of(heir.name)].map(({ leaf }) => leaf),
        ),
      ];
    }),
    ...added
      .filter((name) => !heirs.has(name))
      .map((name) => change(of(name), addedSaid(of(name), present(after.get(name), 'an added rule is there')), told(of(name)))),
    ...orderChange(file, [...before.values()], [...after.values()], renamed, leaves),
  ];
};
