import { z } from 'zod';
import { Decimal } from '#core/units/decimal.ts';
import { FACTS, type FactName, factDefinition, factNames, type RuleKind } from './facts.ts';
import { choices, field, type Snippet } from './field-text.ts';
import { OPERATOR_MEANINGS, OPERATOR_NAMES, type OperatorName } from './operators.ts';
import type { Condition, Leaf, Rule } from './rule-set.ts';
import { closed, idText } from './schema-primitives.ts';

const ONE_OF_FOUR = 'a condition is exactly one of `all`, `any`, `not` or a comparison of `fact`, `operator` and `value`';
const LEAF_KEYS = 'a comparison holds `fact`, `operator` and `value`, nothing else';
const NOT_LEAF = '`not` stands before a comparison only, which holds `fact`, `operator` and `value`';
const VALUE_ERROR = 'expected a decimal string such as "0.5", or a list of ids for `oneOf`';

const decimalValue = z
  .string({ error: VALUE_ERROR })
  .regex(/^-?\d{1,20}(\.\d{1,12})?$/, { error: VALUE_ERROR })
  .meta({ errorMessage: VALUE_ERROR });
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

const factMeaning = (name: FactName): string => {
  const { meaning, unit } = factDefinition(name);
  return `${meaning}. Unit: ${unit}.`;
};

const leafSchema = (ruleKind: RuleKind, hint: string) =>
  closed(
    {
      fact: field(choices(factNames(ruleKind), factMeaning), { title: 'Fact', what: 'What is compared.' }),
      operator: field(
        choices(OPERATOR_NAMES, (name) => `Holds when the fact is ${OPERATOR_MEANINGS[name]}.`),
        { title: 'Operator', what: 'How: `decimal…` for numbers, `oneOf` for ids.' },
      ),
      value: field(z.union([decimalValue, idsValue], { error: VALUE_ERROR }), {
        title: 'Value',
        what: 'The threshold: a constant with which the fact is compared, never another fact. A list of ids for `oneOf`.',
        unit: 'that of the fact',
        effect:
          'Raise the threshold of `decimalLessThan` or `decimalAtMost` and the rule fires for more pools; of `decimalAtLeast` or `decimalGreaterThan`, for fewer.',
        examples: ['0'],
      }),
    },
    hint,
  )
    .superRefine((leaf, context) => {
      const mismatch = leafMismatch(leaf);
      if (mismatch !== null) context.addIssue({ code: 'custom', path: [mismatch.path], message: mismatch.message });
    })
    .transform(toLeaf);

/** An operator and a threshold that go with a kind of rule, for a person to begin with. */
const COMPARISONS = {
  margin: { fact: 'marginExcess', operator: 'decimalLessThan', value: '0' },
  shortfall: { fact: 'residualQuantity', operator: 'decimalGreaterThan', value: '0' },
} as const satisfies Readonly<Record<RuleKind, LeafText>>;

const CONDITION_TEXT = {
  title: 'Condition',
  what: 'Exactly one of: a comparison of `fact`, `operator` and `value`; `all`; `any`; `not` before one comparison.',
};

/** Conditions over the facts of one kind of rule. `id` names the definition in the JSON Schema. */
const conditionSchema = (ruleKind: RuleKind): z.ZodType<Condition> => {
  const condition: z.ZodType<Condition> = z.lazy(() => node).meta({ id: `${ruleKind}-condition` });
  const snippets = [{ label: 'comparison', description: 'Compares a fact with a constant.', body: COMPARISONS[ruleKind] }];
  const children = z.array(condition).min(1);
  const all = field(children, { title: 'All', what: 'Holds when every one of them holds. At least one.' });
  const any = field(children, { title: 'Any', what: 'Holds when at least one of them holds. At least one.' });
  const not = field(leafSchema(ruleKind, NOT_LEAF), {
    title: 'Not',
    what: 'Holds when the comparison does not. No condition of several may stand here.',
  });
  const node = field(
    z.union(
      [
        closed({ all }, ONE_OF_FOUR).transform(({ all: conditions }) => ({ all: conditions })),
        closed({ any }, ONE_OF_FOUR).transform(({ any: conditions }) => ({ any: conditions })),
        closed({ not }, ONE_OF_FOUR).transform(({ not: leaf }) => ({ not: leaf })),
        leafSchema(ruleKind, LEAF_KEYS),
      ],
      { error: `expected a condition: ${ONE_OF_FOUR.replace('a condition is ', '')}` },
    ),
    { ...CONDITION_TEXT, snippets },
  );
  return condition;
};

/** Highest priority: room for a step of a thousand between a thousand rules. */
const PRIORITY_MAX = 1_000_000;

const EVENT_TYPES = { margin: 'LIQUIDATE', shortfall: 'DELEVERAGE' } as const satisfies Readonly<Record<RuleKind, string>>;

/** A rule to begin with, in which the name and the priority are still to be written. */
const ruleSnippet = (ruleKind: RuleKind): Snippet => ({
  label: 'rule',
  description: 'A rule with one comparison.',
  body: { name: '$1', priority: 10, conditions: { all: [COMPARISONS[ruleKind]] }, event: { type: EVENT_TYPES[ruleKind] } },
});

const ruleSchema = <Event>(ruleKind: RuleKind, event: z.ZodType<Event>): z.ZodType<Rule<Event>> =>
  closed({
    name: field(idText, {
      title: 'Name',
      what: 'Unique within the file; verdicts, records and explanations name the rule by it.',
      examples: [EVENT_TYPES[ruleKind].toLowerCase()],
    }),
    priority: field(z.int().min(1).max(PRIORITY_MAX), {
      title: 'Priority',
      what: 'Unique within the file; of the rules that fire, the one with the highest decides.',
      unit: `whole number, 1 to ${PRIORITY_MAX}`,
      effect: 'Raise it above another rule’s and this rule decides where both fire; lower it and the other one does.',
      examples: [10],
    }),
    conditions: conditionSchema(ruleKind),
    event,
  }).transform(({ name, priority, conditions, event: chosen }): Rule<Event> => ({ name, priority, conditions, event: chosen }));

/** Rules of one kind over the events of that kind. */
export const rulesSchema = <Event>(ruleKind: RuleKind, event: z.ZodType<Event>): z.ZodType<readonly Rule<Event>[]> =>
  field(
    z.array(
      field(ruleSchema(ruleKind, event), {
        title: 'Rule',
        what: 'When its conditions hold, it asks for its event.',
        snippets: [ruleSnippet(ruleKind)],
      }),
    ),
    { title: 'Rules', what: 'Asked from the highest priority down; the first one that fires decides.' },
  );
