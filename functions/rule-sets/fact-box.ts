import type { Decimal } from '#core/units/decimal.ts';
import type { Goal } from './condition-goals.ts';
import { domainOf } from './fact-domains.ts';
import type { World } from './fact-worlds.ts';
import { type FactName, factNames, type RuleKind } from './facts.ts';
import { type Interval, intersection, isWithin } from './interval.ts';

/** What is left for each fact that was narrowed; the others are as their domain says. */
export interface FactBox {
  readonly ranges: ReadonlyMap<FactName, Interval>;
  readonly ids: ReadonlyMap<FactName, ReadonlySet<string>>;
}

const EMPTY_BOX: FactBox = { ranges: new Map(), ids: new Map() };

/** The interval without what lies between its ends and the multiples of `step` inside. */
const snapped = (range: Interval, step: Decimal): Interval | null => {
  const { leastOpen, mostOpen } = range;
  const first = range.least?.div(step).ceil().times(step) ?? null;
  const last = range.most?.div(step).floor().times(step) ?? null;
  const least = first !== null && leastOpen && first.eq(range.least ?? first) ? first.plus(step) : first;
  const most = last !== null && mostOpen && last.eq(range.most ?? last) ? last.minus(step) : last;
  return least !== null && most !== null && least.gt(most) ? null : { least, leastOpen: false, most, mostOpen: false };
};

export const rangeOf = (box: FactBox, fact: FactName): Interval | null => {
  const domain = domainOf(fact);
  return box.ranges.get(fact) ?? (domain.kind === 'decimal' ? domain.range : null);
};

export const idsOf = (box: FactBox, fact: FactName): ReadonlySet<string> => {
  const domain = domainOf(fact);
  return box.ids.get(fact) ?? new Set(domain.kind === 'text' ? domain.ids : []);
};

const narrowRange = (box: FactBox, fact: FactName, range: Interval): FactBox | null => {
  const domain = domainOf(fact);
  const present = rangeOf(box, fact);
  if (domain.kind !== 'decimal' || present === null) return null;
  const common = intersection(present, range);
  const left = common === null || domain.step === null ? common : snapped(common, domain.step);
  return left === null ? null : { ...box, ranges: new Map(box.ranges).set(fact, left) };
};

const narrowIds = (box: FactBox, fact: FactName, ids: ReadonlySet<string>): FactBox | null => {
  const left = new Set([...idsOf(box, fact)].filter((id) => ids.has(id)));
  return left.size === 0 ? null : { ...box, ids: new Map(box.ids).set(fact, left) };
};

const narrowAll = (box: FactBox, goals: readonly Goal[]): FactBox | null => {
  let left: FactBox | null = box;
  for (const goal of goals) if (left !== null) left = narrowed(left, goal);
  return left;
};

/** The box in which a goal may still be met, narrowed by what it asks of single facts; null when it cannot be met. Choices narrow nothing. */
export const narrowed = (box: FactBox, goal: Goal): FactBox | null => {
  switch (goal.kind) {
    case 'WITHIN':
      return narrowRange(box, goal.fact, goal.range);
    case 'AMONG':
      return narrowIds(box, goal.fact, goal.ids);
    case 'ALL':
      return narrowAll(box, goal.goals);
    case 'ANY':
      return goal.goals.some((each) => narrowed(box, each) !== null) ? box : null;
  }
};

/** Whether a goal is met wherever in the box the facts are; false also where that is not seen from single facts. */
export const isMet = (box: FactBox, goal: Goal): boolean => {
  switch (goal.kind) {
    case 'WITHIN': {
      const range = rangeOf(box, goal.fact);
      return range !== null && isWithin(range, goal.range);
    }
    case 'AMONG':
      return [...idsOf(box, goal.fact)].every((id) => goal.ids.has(id));
    case 'ALL':
      return goal.goals.every((each) => isMet(box, each));
    case 'ANY':
      return goal.goals.some((each) => isMet(box, each));
  }
};

/** All that facts can be in a world, before anything is asked. */
export const boxOf = (world: World, ruleKind: RuleKind): FactBox =>
  factNames(ruleKind).reduce<FactBox>((box, fact) => {
    const range = world.ranges[fact];
    return (range === undefined ? null : narrowRange(box, fact, range)) ?? box;
  }, EMPTY_BOX);
