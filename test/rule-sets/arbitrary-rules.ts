import fc, { type Arbitrary } from 'fast-check';
import { Decimal } from '#core/units/decimal.ts';
import { FACTS, type FactName, type Facts, factNames } from '#rule-sets/facts.ts';
import { OPERATOR_NAMES } from '#rule-sets/operators.ts';
import type { Condition, Leaf, Rule } from '#rule-sets/rule-set.ts';

/** Few and close values, so that comparisons meet on, just below and just above a threshold. */
const VALUES = ['-100', '-1', '-0.000000000001', '0', '0.000000000001', '0.5', '0.8', '1', '1.000000000001', '9', '10', '1000000000'];

export const anyValue: Arbitrary<string> = fc.constantFrom(...VALUES);

const anyDecimalOperator = fc.constantFrom(...OPERATOR_NAMES.filter((name) => name !== 'oneOf'));

export const decimalLeaf = (names: readonly FactName[]): Arbitrary<Leaf> =>
  fc
    .record({ fact: fc.constantFrom(...names), operator: anyDecimalOperator, value: anyValue })
    .map((leaf) => ({ ...leaf, threshold: new Decimal(leaf.value) }));

export const statusLeaf: Arbitrary<Leaf> = fc
  .subarray(['ACTIVE', 'HALTED', 'HALT'], { minLength: 1 })
  .map((value) => ({ fact: 'marketStatus', operator: 'oneOf', value, threshold: null }));

/** Conditions up to four deep over these facts. */
export const anyCondition = (leaf: Arbitrary<Leaf>): Arbitrary<Condition> =>
  fc.letrec<{ node: Condition }>((tie) => ({
    node: fc.oneof(
      { maxDepth: 3, depthSize: 'small' },
      leaf,
      leaf.map((not) => ({ not })),
      fc.array(tie('node'), { minLength: 1, maxLength: 3 }).map((all) => ({ all })),
      fc.array(tie('node'), { minLength: 1, maxLength: 3 }).map((any) => ({ any })),
    ),
  })).node;

/** Up to four rules with unique names and priorities, in no order. */
export const anyRules = (leaf: Arbitrary<Leaf>): Arbitrary<readonly Rule<string>[]> =>
  fc
    .uniqueArray(fc.record({ priority: fc.integer({ min: 1, max: 99 }), conditions: anyCondition(leaf) }), {
      selector: (rule) => rule.priority,
      minLength: 1,
      maxLength: 4,
    })
    .map((rules) => rules.map((rule) => ({ ...rule, name: `rule-${rule.priority}`, event: `EVENT_${rule.priority}` })));

/** Mostly about the facts that guards can express. */
export const marginLeaf: Arbitrary<Leaf> = fc.oneof(
  { weight: 9, arbitrary: decimalLeaf(['marginBalance', 'marginExcess', 'marginRatio']) },
  { weight: 1, arbitrary: decimalLeaf(factNames('margin')) },
);
export const anyLeaf: Arbitrary<Leaf> = fc.oneof(
  { weight: 4, arbitrary: decimalLeaf(['marginExcess', 'tierIndex', 'shortfall', 'fundBalance']) },
  { weight: 1, arbitrary: statusLeaf },
);

/** A usable value of each fact. */
const usableFacts: Arbitrary<Facts> = fc
  .tuple(
    ...Object.entries(FACTS).map(([name, { kind }]) =>
      (kind === 'text' ? fc.constantFrom<string[]>('ACTIVE', 'HALTED', 'SETTLING') : anyValue.map((text) => new Decimal(text))).map(
        (value): [string, Decimal | string] => [name, value],
      ),
    ),
  )
  .map((entries) => new Map(entries));

const broken: Arbitrary<Decimal | string | null> = fc.constantFrom<(Decimal | string | null)[]>(
  null,
  new Decimal(Number.NaN),
  new Decimal(Number.POSITIVE_INFINITY),
  new Decimal(Number.NEGATIVE_INFINITY),
  '1',
);

/** Facts of which some are missing, no numbers, or text where a number belongs. */
export const anyFacts: Arbitrary<Facts> = fc
  .record({
    facts: usableFacts,
    spoiled: fc.dictionary(fc.constantFrom('marginExcess', 'tierIndex', 'shortfall', 'marketStatus'), broken, { maxKeys: 2 }),
  })
  .map(({ facts, spoiled }) => {
    const spoilt = new Map(facts);
    for (const [name, value] of Object.entries(spoiled))
      if (value === null) spoilt.delete(name);
      else spoilt.set(name, value);
    return spoilt;
  });
