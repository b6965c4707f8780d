import fc, { type Arbitrary } from 'fast-check';
import { Decimal } from '#core/units/decimal.ts';
import { leavesOf } from '#rule-sets/conditions.ts';
import { FACTS, type FactName, type Facts, factNames } from '#rule-sets/facts.ts';
import { OPERATOR_NAMES } from '#rule-sets/operators.ts';
import type { Leaf, Rule } from '#rule-sets/rule-set.ts';
import { anyRules, anyValue } from './arbitrary-rules.ts';

/** Numbers as the schema lets them be written, also in ways that nobody would choose. */
const writtenDecimal: Arbitrary<string> = fc.oneof(
  { weight: 6, arbitrary: anyValue },
  { weight: 2, arbitrary: fc.constantFrom('-0', '0.000', '10.0', '007', '99999999999999999999.999999999999', '-99999999999999999999') },
  { weight: 2, arbitrary: fc.tuple(fc.integer({ min: -99, max: 99 }), fc.nat(99)).map(([whole, part]) => `${whole}.${part}`) },
);

const allFacts: readonly FactName[] = [...factNames('margin'), ...factNames('shortfall')];
const decimalFacts = allFacts.filter((name) => FACTS[name].kind === 'decimal');
const textFacts = allFacts.filter((name) => FACTS[name].kind === 'text');

/** Ids that are names of statuses, parts of such names, and names that objects have from birth. */
const IDS = ['ACTIVE', 'HALTED', 'HALT', 'BTC', 'BTC-PERP', '1', '__proto__', 'constructor'];

const decimalLeaf: Arbitrary<Leaf> = fc
  .record({
    // Mostly one of two, so that rules ask about the same fact more than once.
    fact: fc.oneof({ weight: 2, arbitrary: fc.constantFrom(...decimalFacts.slice(0, 2)) }, fc.constantFrom(...decimalFacts)),
    operator: fc.constantFrom(...OPERATOR_NAMES.filter((name) => name !== 'oneOf')),
    value: writtenDecimal,
  })
  .map((leaf) => ({ ...leaf, threshold: new Decimal(leaf.value) }));

const textLeaf: Arbitrary<Leaf> = fc
  .record({ fact: fc.constantFrom(...textFacts), value: fc.subarray(IDS, { minLength: 1 }) })
  .map((leaf) => ({ ...leaf, operator: 'oneOf' as const, threshold: null }));

/** One to four rules over every fact of the catalogue, of both kinds at once. */
export const anyLaw: Arbitrary<readonly Rule<string>[]> = anyRules(
  fc.oneof({ weight: 5, arbitrary: decimalLeaf }, { weight: 1, arbitrary: textLeaf }),
);

/** How one fact is chosen: on or a quantum beside a threshold that a rule compares it with, a number, an id, absent, or what no fact should be. */
type Choice =
  | { readonly kind: 'NEAR'; readonly threshold: number; readonly quanta: number }
  | { readonly kind: 'GIVEN'; readonly value: unknown }
  | { readonly kind: 'MISSING' };

const ABSURD: readonly unknown[] = [
  new Decimal(Number.NaN),
  new Decimal(Number.POSITIVE_INFINITY),
  new Decimal(Number.NEGATIVE_INFINITY),
  new Decimal('-0'),
  new Decimal('1e30'),
  new Decimal('-1e30'),
  new Decimal('1e-30'),
  new Decimal(`${'9'.repeat(50)}.${'9'.repeat(14)}`),
  '',
  '1',
  'NaN',
  '__proto__',
  'active',
  0,
  null,
  {},
];

const anyChoice: Arbitrary<Choice> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({ kind: fc.constant('NEAR' as const), threshold: fc.nat(9), quanta: fc.integer({ min: -1, max: 1 }) }),
  },
  { weight: 3, arbitrary: writtenDecimal.map((text) => ({ kind: 'GIVEN' as const, value: new Decimal(text) })) },
  { weight: 1, arbitrary: fc.constantFrom(...IDS).map((value) => ({ kind: 'GIVEN' as const, value })) },
  { weight: 1, arbitrary: fc.constantFrom(...ABSURD).map((value) => ({ kind: 'GIVEN' as const, value })) },
  { weight: 1, arbitrary: fc.constant({ kind: 'MISSING' as const }) },
);

/** Choices for the facts that a law names, in the order in which it names them; the last one holds for all further facts. */
export const anyChoices: Arbitrary<readonly Choice[]> = fc.array(anyChoice, { minLength: 1, maxLength: 6, size: 'max' });

const QUANTUM = new Decimal('0.000000000001');

const chosen = (leaves: readonly Leaf[], choice: Choice): unknown => {
  if (choice.kind === 'MISSING') return undefined;
  if (choice.kind === 'GIVEN') return choice.value;
  const leaf = leaves[choice.threshold % leaves.length];
  if (leaf === undefined) return undefined;
  return leaf.threshold?.plus(QUANTUM.times(choice.quanta)) ?? leaf.value[choice.threshold % leaf.value.length];
};

/** The facts that choices give under a law. What no rule asks about is left out: it reaches neither evaluator. */
export const factsUnder = (rules: readonly Rule<unknown>[], choices: readonly Choice[]): Facts => {
  const leaves = rules.flatMap((rule) => leavesOf(rule.conditions));
  const facts = new Map<string, Decimal | string>();
  for (const [index, fact] of [...new Set(leaves.map((leaf) => leaf.fact))].entries()) {
    const choice = choices[Math.min(index, choices.length - 1)];
    const sameFact = leaves.filter((leaf) => leaf.fact === fact);
    const value = choice === undefined ? undefined : chosen(sameFact, choice);
    // cast: absurd facts are what the types forbid and a fault elsewhere could still hand over
    if (value !== undefined) facts.set(fact, value as Decimal | string);
  }
  return facts;
};
