import { leavesOf } from '#rule-sets/conditions.ts';
import type { FactName } from '#rule-sets/facts.ts';
import type { Condition, Leaf, Rule } from '#rule-sets/rule-set.ts';
import { conditionWords, leafChangeWords } from './condition-words.ts';
import { implies } from './implies.ts';
import type { Said } from './rule-change.ts';

type Pair = readonly [before: Leaf, after: Leaf, negated: boolean];

const childrenIn = (condition: Condition): readonly Condition[] | null =>
  'all' in condition ? condition.all : 'any' in condition ? condition.any : null;

/** Comparisons in the same places of two trees of one shape; null where the shapes differ. */
const pairsIn = (before: Condition, after: Condition): readonly Pair[] | null => {
  if ('fact' in before) return 'fact' in after ? [[before, after, false]] : null;
  if ('not' in before) return 'not' in after ? [[before.not, after.not, true]] : null;
  const [from, to] = [childrenIn(before), childrenIn(after)];
  if (from === null || to === null || from.length !== to.length || 'all' in before !== 'all' in after) return null;
  const pairs = from.map((child, index) => pairsIn(child, to[index] ?? child));
  return pairs.every((each) => each !== null) ? pairs.flat() : null;
};

const text = ({ fact, operator, value }: Leaf): string => JSON.stringify([fact, operator, value]);

const isChanged = ([before, after]: Pair): boolean => text(before) !== text(after);

/** Changed comparisons that one sentence names; beyond it both conditions are told whole. */
const CHANGED_MAX = 4;

const whatChanged = (before: Condition, after: Condition, changed: readonly Pair[] | null): string => {
  if (changed === null || changed.length === 0 || changed.length > CHANGED_MAX)
    return `fires when ${conditionWords(before)} → when ${conditionWords(after)}`;
  const clauses = changed.map(([from, to, negated]) => (negated ? `not ${leafChangeWords(from, to)}` : leafChangeWords(from, to)));
  const others = leavesOf(before).length > changed.length ? ', its other conditions as before' : '';
  return `fires when ${clauses.join(', and ')}${others}`;
};

/** Facts that move one way as the mark moves against a pool: the sooner a threshold on them is met, the earlier the rule fires. */
const WORSENING: Partial<Readonly<Record<FactName, 'RISES' | 'FALLS'>>> = {
  marginRatio: 'RISES',
  effectiveLeverage: 'RISES',
  marginExcess: 'FALLS',
  marginBalance: 'FALLS',
};

const meetsWorsening = ({ fact, operator }: Leaf): boolean => {
  if (operator === 'decimalAtLeast' || operator === 'decimalGreaterThan') return WORSENING[fact] === 'RISES';
  return (operator === 'decimalLessThan' || operator === 'decimalAtMost') && WORSENING[fact] === 'FALLS';
};

const isMatterOfTime = (changed: readonly Pair[] | null): boolean =>
  changed?.every(([before, after, negated]) => !negated && meetsWorsening(before) && meetsWorsening(after)) ?? false;

/** What an event does to whom, as the beginning of a sentence that ends with how often. */
const HAPPENS: Readonly<Record<string, string>> = {
  WARN: 'pools are warned',
  REDUCE_TO_TIER: 'pools are reduced',
  REDUCE_BY_FRACTION: 'pools are reduced',
  REDUCE_EQUALLY: 'pools are reduced',
  REDUCE_BY_PORTION: 'pools are reduced',
  REDUCE_TO_RECOVERY: 'pools are reduced',
  LIQUIDATE: 'pools are liquidated',
  TAKE_OVER: 'pools are taken over',
  ABSORB: 'the fund pays',
  DELEVERAGE: 'residuals are deleveraged',
  HALT: 'markets are halted',
};

interface Direction {
  readonly wider: boolean;
  readonly narrower: boolean;
}

const effectOf = (eventType: string, { wider, narrower }: Direction, inTime: boolean): string => {
  const happens = Object.hasOwn(HAPPENS, eventType) ? HAPPENS[eventType] : 'it fires';
  if (wider && narrower) return 'the same cases as before';
  if (wider) return `${happens} ${inTime ? 'earlier' : 'in more cases'}`;
  if (narrower) return `${happens} ${inTime ? 'later' : 'in fewer cases'}`;
  return `${happens} in other cases`;
};

/** What a rule's changed condition is, and whether it fires earlier or later, in more or in fewer cases, as far as that follows from the conditions. */
export const conditionChange = (before: Rule<{ readonly type: string }>, after: Rule<{ readonly type: string }>): Said => {
  const [from, to] = [before.conditions, after.conditions];
  const changed = pairsIn(from, to)?.filter(isChanged) ?? null;
  const direction = { wider: implies(from, to), narrower: implies(to, from) };
  return { what: whatChanged(from, to, changed), effect: effectOf(after.event.type, direction, isMatterOfTime(changed)) };
};
