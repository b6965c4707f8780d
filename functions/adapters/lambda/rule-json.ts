import type { MarginEvent } from '#core/policy.ts';
import { Decimal } from '#core/units/decimal.ts';
import { type FactName, factDefinition, factNames, type RuleKind } from '#rule-sets/facts.ts';
import { OPERATOR_NAMES, type OperatorName } from '#rule-sets/operators.ts';
import type { Condition, Leaf, Rule, ShortfallEvent } from '#rule-sets/rule-set.ts';
import { oneOf, text, whole } from '../dynamodb/attribute.ts';
import { DecodeError, type Place, within } from '../dynamodb/decode-error.ts';
import { id } from '../dynamodb/key-attributes.ts';
import { marginEventAttribute } from '../dynamodb/verdict-attribute.ts';
import { eachOf, type Json, membersRead, type Parser } from './strict-json.ts';

/** Priorities of rules, as rule files have them. */
const PRIORITY_MAX = 1_000_000;

/** Conditions inside each other, far more than a rule file may have: a bound for the reader's stack. */
const DEPTH_MAX = 32;

const decimalValue = text('a decimal of at most 20 digits before the point and 12 after it', /^-?\d{1,20}(\.\d{1,12})?$/);
const operator = oneOf(...OPERATOR_NAMES);

const leafValue = (op: OperatorName, json: unknown, at: Place): Leaf['value'] =>
  op === 'oneOf' ? eachOf(id.parse)(json, at) : decimalValue.parse(json, at);

/** The threshold is what the value says; the copy beside it has to agree. */
const thresholdOf = (value: Leaf['value'], json: unknown, at: Place): Decimal | null => {
  const threshold = typeof value === 'string' ? new Decimal(value) : null;
  if (json !== (threshold?.toFixed() ?? null)) throw new DecodeError(within(at, 'threshold'), 'the threshold to be the value as a number');
  return threshold;
};

const leafParser =
  (facts: readonly FactName[]): Parser<Leaf> =>
  (json, at) => {
    const members = membersRead(json, at, ['fact', 'operator', 'value', 'threshold']);
    const fact = oneOf(...facts).parse(members.fact, within(at, 'fact'));
    const op = operator.parse(members.operator, within(at, 'operator'));
    const isText = factDefinition(fact).kind === 'text';
    if (isText !== (op === 'oneOf')) throw new DecodeError(within(at, 'operator'), `an operator that goes with \`${fact}\``);
    const value = leafValue(op, members.value, within(at, 'value'));
    return { fact, operator: op, value, threshold: thresholdOf(value, members.threshold, at) };
  };

const hasOnly = (json: Json, name: string): boolean => typeof json === 'object' && json !== null && Object.hasOwn(json, name);

/** Reads a condition. An empty `all` or `any` is refused: it would fire for everybody. */
const conditionParser = (facts: readonly FactName[], depth = 1): Parser<Condition> => {
  const leaf = leafParser(facts);
  const children: Parser<readonly Condition[]> = (json, at) => {
    if (depth > DEPTH_MAX) throw new DecodeError(at, `at most ${DEPTH_MAX} conditions inside each other`);
    const read = eachOf(conditionParser(facts, depth + 1))(json, at);
    if (read.length === 0) throw new DecodeError(at, 'at least one condition');
    return read;
  };
  return (json, at) => {
    if (hasOnly(json, 'all')) return { all: children(membersRead(json, at, ['all']).all, within(at, 'all')) };
    if (hasOnly(json, 'any')) return { any: children(membersRead(json, at, ['any']).any, within(at, 'any')) };
    if (hasOnly(json, 'not')) return { not: leaf(membersRead(json, at, ['not']).not, within(at, 'not')) };
    return leaf(json, at);
  };
};

const priority = whole((value) => value, 1, PRIORITY_MAX);

const unique = (rules: readonly Rule<unknown>[], at: Place): void => {
  const isUnique = (values: readonly unknown[]): boolean => new Set(values).size === values.length;
  if (!isUnique(rules.map(({ name }) => name)) || !isUnique(rules.map((rule) => rule.priority)))
    throw new DecodeError(at, 'rules with names and priorities of their own');
};

/** Rules of one kind, as `rulesSchema` makes them of a file: the same facts, operators and bounds. */
export const rulesParser =
  <Event>(kind: RuleKind, event: Parser<Event>): Parser<readonly Rule<Event>[]> =>
  (json, at) => {
    const conditions = conditionParser(factNames(kind));
    const rules = eachOf<Rule<Event>>((each, place) => {
      const members = membersRead(each, place, ['name', 'priority', 'conditions', 'event']);
      return {
        name: id.parse(members.name, within(place, 'name')),
        priority: priority.parse(members.priority, within(place, 'priority')),
        conditions: conditions(members.conditions, within(place, 'conditions')),
        event: event(members.event, within(place, 'event')),
      };
    })(json, at);
    unique(rules, at);
    return rules;
  };

/** Shares of quantities that an event closes. */
const sharesOf = (event: MarginEvent): readonly Decimal[] => {
  switch (event.type) {
    case 'REDUCE_BY_FRACTION':
    case 'REDUCE_BY_PORTION':
      return [event.fraction];
    case 'REDUCE_EQUALLY':
      return event.shares;
    case 'WARN':
    case 'REDUCE_TO_TIER':
    case 'REDUCE_TO_RECOVERY':
    case 'LIQUIDATE':
    case 'TAKE_OVER':
      return [];
  }
};

export const marginEvent: Parser<MarginEvent> = (json, at) => {
  const event = marginEventAttribute.parse(json, at);
  if (sharesOf(event).some((share) => share.lte(0) || share.gt(1)))
    throw new DecodeError(within(at, 'fraction'), 'a fraction above 0 and at most 1');
  if (event.type === 'REDUCE_TO_TIER' && event.tiers < 1) throw new DecodeError(within(at, 'tiers'), 'at least one tier');
  if (event.type === 'REDUCE_EQUALLY' && event.shares.length === 0) throw new DecodeError(within(at, 'shares'), 'at least one share');
  return event;
};

export const shortfallEvent: Parser<ShortfallEvent> = (json, at) => ({
  type: oneOf('ABSORB', 'DELEVERAGE', 'SOCIALIZE', 'HALT').parse(membersRead(json, at, ['type']).type, within(at, 'type')),
});
