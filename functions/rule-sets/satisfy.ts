import { type Goal, goalOf } from './condition-goals.ts';
import { leavesOf } from './conditions.ts';
import { boxOf, type FactBox, isMet, narrowed } from './fact-box.ts';
import { type World, worldsOf } from './fact-worlds.ts';
import { type FactName, type Facts, factDefinition } from './facts.ts';
import type { Condition } from './rule-set.ts';
import { isContradicted, settleBox } from './settle-box.ts';

/** Found: facts under which the condition holds. Impossible: there are none. Undecided: the search was given up at its bound. */
export type Satisfaction =
  | { readonly kind: 'FOUND'; readonly facts: Facts }
  | { readonly kind: 'IMPOSSIBLE' }
  | { readonly kind: 'UNDECIDED' };

/** The negation of a condition, pushed down to its comparisons. */
export const negated = (condition: Condition): Condition => {
  if ('all' in condition) return { any: condition.all.map(negated) };
  if ('any' in condition) return { all: condition.any.map(negated) };
  return 'not' in condition ? condition.not : { not: condition };
};

/** Boxes that one search may look at. Rules that people write need a few dozen; the bound keeps rules that nobody would write below a tenth of a second. */
const STEPS_MAX = 500;

interface Search {
  readonly world: World;
  readonly facts: readonly FactName[];
  stepsLeft: number;
}

interface Choice {
  readonly kind: 'ANY';
  readonly goals: readonly Goal[];
}

interface Narrowing {
  readonly box: FactBox;
  /** Goals of which one of several has to be met and none is yet, each without the ones that cannot be. */
  readonly choices: readonly Choice[];
}

/** Meets every goal that leaves no choice; null when one cannot be met. */
const meetForced = (start: FactBox, goals: readonly Goal[]): Narrowing | null => {
  let box = start;
  let choices: readonly Choice[] = [];
  let pending: readonly Goal[] = goals;
  // Each round but the last meets at least one goal, so that there are at most as many rounds as goals.
  while (pending.length > 0) {
    const open: Choice[] = [];
    const forced: Goal[] = [];
    for (const goal of pending) {
      if (isMet(box, goal)) continue;
      if (goal.kind === 'ALL') forced.push(...goal.goals);
      else if (goal.kind === 'ANY') {
        const left: readonly Goal[] = goal.goals.filter((each) => narrowed(box, each) !== null);
        const [only] = left;
        if (only === undefined) return null;
        if (left.length === 1) forced.push(only);
        else open.push({ kind: 'ANY', goals: left });
      } else {
        const next = narrowed(box, goal);
        if (next === null) return null;
        box = next;
        forced.push(...open.splice(0));
      }
    }
    pending = forced.length === 0 ? [] : [...forced, ...open];
    choices = open;
  }
  return { box, choices };
};

const fewest = (choices: readonly Choice[]): Choice | undefined =>
  choices.reduce<Choice | undefined>(
    (best, each) => (best === undefined || each.goals.length < best.goals.length ? each : best),
    undefined,
  );

const worse = (a: Satisfaction, b: Satisfaction): Satisfaction => (a.kind === 'UNDECIDED' ? a : b);

const explore = (search: Search, start: FactBox, goals: readonly Goal[]): Satisfaction => {
  if (search.stepsLeft <= 0) return { kind: 'UNDECIDED' };
  search.stepsLeft -= 1;
  const met = meetForced(start, goals);
  if (met === null) return { kind: 'IMPOSSIBLE' };
  const choice = fewest(met.choices);
  if (choice === undefined) {
    const settled = settleBox(search.world, met.box, search.facts);
    if (settled === 'CONTRADICTION') return { kind: 'IMPOSSIBLE' };
    return settled === 'NO_VALUE' ? { kind: 'UNDECIDED' } : { kind: 'FOUND', facts: settled };
  }
  if (isContradicted(search.world, met.box)) return { kind: 'IMPOSSIBLE' };
  const others = met.choices.filter((each) => each !== choice);
  let result: Satisfaction = { kind: 'IMPOSSIBLE' };
  for (const goal of choice.goals) {
    const found = explore(search, met.box, [goal, ...others]);
    if (found.kind === 'FOUND') return found;
    result = worse(result, found);
    if (search.stepsLeft <= 0) break;
  }
  return result;
};

/**
 * Looks for facts that make `condition` hold, within what facts of that kind can be and the relations they keep. The search is exact: IMPOSSIBLE is
 * a proof, and FOUND facts have a value for every one of `factNames`. It gives up (`UNDECIDED`) after 500 boxes.
 */
export const satisfy = (condition: Condition, factNames: readonly FactName[]): Satisfaction => {
  const facts = [...new Set([...factNames, ...leavesOf(condition).map(({ fact }) => fact)])];
  const [first] = facts;
  if (first === undefined) return { kind: 'FOUND', facts: new Map() };
  const { ruleKind } = factDefinition(first);
  const goal = goalOf(condition);
  let result: Satisfaction = { kind: 'IMPOSSIBLE' };
  let stepsLeft = STEPS_MAX;
  for (const world of worldsOf(ruleKind)) {
    const search: Search = { world, facts, stepsLeft };
    const found = explore(search, boxOf(world, ruleKind), [goal]);
    stepsLeft = search.stepsLeft;
    if (found.kind === 'FOUND') return found;
    result = worse(result, found);
  }
  return result;
};
