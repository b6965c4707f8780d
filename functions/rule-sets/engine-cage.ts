import { Engine, Operator, type RuleProperties } from 'json-rules-engine';
import type { Decimal } from '#core/units/decimal.ts';
import { leavesOf } from './conditions.ts';
import { compareDecimals, isOneOf, OPERATOR_NAMES } from './operators.ts';
import type { Condition, Rule } from './rule-set.ts';

/**
 * What the rule engine may do here, and nothing else: our operators, no decorators, no paths into facts, no facts as values, no references
 * between conditions, no undefined facts. Its other abilities coerce, compare as text, run code from a path, or overflow the stack.
 */
const OPERATORS_NATIVE = [
  'equal',
  'notEqual',
  'in',
  'notIn',
  'contains',
  'doesNotContain',
  'lessThan',
  'lessThanInclusive',
  'greaterThan',
  'greaterThanInclusive',
];

const DECORATORS_NATIVE = ['someFact', 'someValue', 'everyFact', 'everyValue', 'swap', 'not'];

export class CagedAbility extends Error {
  override readonly name = 'CagedAbility';
}

const refusePath = (): never => {
  throw new CagedAbility('a condition reads a fact as it is, never a path into it');
};

/** A rule list in the engine's form. Names are positions in the list and priorities ranks, both unique whatever the list says. */
export interface CagedRules {
  readonly rules: readonly RuleProperties[];
  readonly operators: readonly Operator[];
  readonly factNames: ReadonlySet<string>;
}

interface EngineLeaf {
  fact: string;
  operator: string;
  value: string | string[];
}

type EngineNode = { all: EngineCondition[] } | { any: EngineCondition[] } | { not: EngineCondition };
type EngineCondition = EngineLeaf | EngineNode;

const engineCondition = (condition: Condition): EngineCondition => {
  if ('all' in condition) return { all: condition.all.map(engineCondition) };
  if ('any' in condition) return { any: condition.any.map(engineCondition) };
  if ('not' in condition) return { not: engineCondition(condition.not) };
  return {
    fact: condition.fact,
    operator: condition.operator,
    value: typeof condition.value === 'string' ? condition.value : [...condition.value],
  };
};

/** The engine wants a tree at the root; a lone comparison becomes `all` of one. */
const engineRoot = (condition: Condition): EngineNode => {
  const converted = engineCondition(condition);
  return 'fact' in converted ? { all: [converted] } : converted;
};

/** Constants stay text in the engine, which copies every condition at every run; their parsed values wait in a map beside it. */
const operatorsFor = (rules: readonly Rule<unknown>[]): readonly Operator[] => {
  const constants = new Map<unknown, Decimal | null>(
    rules.flatMap((rule) => leavesOf(rule.conditions)).map((leaf): [unknown, Decimal | null] => [leaf.value, leaf.threshold]),
  );
  return OPERATOR_NAMES.map((name) =>
    name === 'oneOf'
      ? new Operator<unknown, unknown>(name, isOneOf)
      : new Operator<unknown, unknown>(name, (fact, constant) => compareDecimals(name, fact, constants.get(constant))),
  );
};

/** Turns a rule list into the engine's form, once per list. Events stay outside: the engine says which rules fired, never what that means. */
export const cageRules = (rules: readonly Rule<unknown>[]): CagedRules => ({
  rules: rules.map((rule, index) => ({
    name: `rule-${index}`,
    priority: rules.length - index,
    conditions: engineRoot(rule.conditions),
    event: { type: 'FIRED' },
  })),
  operators: operatorsFor(rules),
  factNames: new Set(rules.flatMap((rule) => leavesOf(rule.conditions)).map((leaf) => leaf.fact)),
});

/** A new engine with these rules and our operators only. For one run: two runs in one engine silently lose rules of lower priority. */
export const cagedEngine = (rules: readonly RuleProperties[], operators: readonly Operator[]): Engine => {
  const engine = new Engine([...rules], { pathResolver: refusePath });
  for (const name of OPERATORS_NATIVE) engine.removeOperator(name);
  for (const name of DECORATORS_NATIVE) engine.removeOperatorDecorator(name);
  for (const operator of operators) engine.addOperator(operator);
  return engine;
};
