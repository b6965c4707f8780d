import { z } from 'zod';
import { Decimal } from '#core/units/decimal.ts';
import { FACTS, type FactName, factNames, type RuleKind } from './facts.ts';
import { OPERATOR_NAMES, type OperatorName } from './operators.ts';
import type { Condition, Leaf, Rule } from './rule-set.ts';
import { closed, idText } from './schema-primitives.ts';

const ONE_OF_FOUR = 'a condition is exactly one of `all`, `any`, `not` or a comparison of `fact`, `operator` and `value`';
const LEAF_KEYS = 'a comparison holds `fact`, `operator` and `value`, nothing else';
const NOT_LEAF = '`not` stands before a comparison only, which holds `fact`, `operator` and `value`';
const VALUE_ERROR = 'expected a decimal string such as "0.5", or a list of ids for `oneOf`';

const decimalValue = z.string({ error: VALUE_ERROR }).regex(/^-?\d{1,20}(\.\d{1,12})?$/, { error: VALUE_ERROR });
const idsValue = z.array(idText).min(1).max(100);

interface LeafText {
  readonly fact: FactName;
  readonly operator: OperatorName;
  readonly value: string | readonly string[];
}

/** Which operator goes with which fact and which value; null when they fit. */
const leafMismatch = (leaf: LeafText): { readonly path: 'operator' | 'value'; readonly message: string } | null => {
  const kind = FACTS[leaf.fact].kind;
  const isDecimalOperator = leaf.operator !== 'oneOf';
  if (isDecimalOperator && kind === 'text') return { path: 'operator', message: `expected "oneOf" for \`${leaf.fact}\`, which is an id` };
  if (!isDecimalOperator && kind === 'decimal')
    return { path: 'operator', message: `expected a decimal operator for \`${leaf.fact}\`, which is a number` };
  if (isDecimalOperator && typeof leaf.value !== 'string')
    return { path: 'value', message: `expected a decimal string such as "0.5" for \`${leaf.operator}\`` };
  return !isDecimalOperator && typeof leaf.value === 'string' ? { path: 'value', message: 'expected a list of ids for `oneOf`' } : null;
};

const toLeaf = ({ fact, operator, value }: LeafText): Leaf => ({
  fact,
  operator,
  value,
  threshold: typeof value === 'string' ? new Decimal(value) : null,
});

const leafSchema = (ruleKind: RuleKind, hint: string) =>
  closed(
    {
      fact: z.enum(factNames(ruleKind)).describe('What is compared. Names, units and meanings are in rules/README.md.'),
      operator: z.enum(OPERATOR_NAMES).describe('How: `decimal…` for numbers, `oneOf` for ids.'),
      value: z
        .union([decimalValue, idsValue], { error: VALUE_ERROR })
        .describe('A constant with which the fact is compared, never another fact.'),
    },
    hint,
  )
    .superRefine((leaf, context) => {
      const mismatch = leafMismatch(leaf);
      if (mismatch !== null) context.addIssue({ code: 'custom', path: [mismatch.path], message: mismatch.message });
    })
    .transform(toLeaf);

/** Conditions over the facts of one kind of rule. `id` names the definition in the JSON Schema. */
const conditionSchema = (ruleKind: RuleKind): z.ZodType<Condition> => {
  const leaf = leafSchema(ruleKind, LEAF_KEYS);
  const condition: z.ZodType<Condition> = z.lazy(() => node).meta({ id: `${ruleKind}-condition` });
  const children = z.array(condition).min(1);
  const node = z.union(
    [
      closed({ all: children.describe('Holds when every one of them holds.') }, ONE_OF_FOUR).transform(({ all }) => ({ all })),
      closed({ any: children.describe('Holds when at least one of them holds.') }, ONE_OF_FOUR).transform(({ any }) => ({ any })),
      closed({ not: leafSchema(ruleKind, NOT_LEAF).describe('Holds when the comparison does not.') }, ONE_OF_FOUR).transform(({ not }) => ({
        not,
      })),
      leaf,
    ],
    { error: `expected a condition: ${ONE_OF_FOUR.replace('a condition is ', '')}` },
  );
  return condition;
};

/** Highest priority: room for a step of a thousand between a thousand rules. */
const PRIORITY_MAX = 1_000_000;

/** Rules of one kind over the events of that kind. */
export const rulesSchema = <Event>(ruleKind: RuleKind, event: z.ZodType<Event>): z.ZodType<readonly Rule<Event>[]> =>
  z.array(
    closed({
      name: idText.describe('Unique within the file; verdicts, records and explanations name the rule by it.'),
      priority: z.int().min(1).max(PRIORITY_MAX).describe('Unique within the file; the highest is asked first and wins.'),
      conditions: conditionSchema(ruleKind),
      event,
    }).transform(({ name, priority, conditions, event: chosen }): Rule<Event> => ({ name, priority, conditions, event: chosen })),
  );
