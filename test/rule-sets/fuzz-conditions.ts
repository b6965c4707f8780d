import type { RandomSource } from '#local/book-generator/random-source.ts';
import { FACTS, type FactName, factNames, type RuleKind } from '#rule-sets/facts.ts';
import { OPERATOR_NAMES } from '#rule-sets/operators.ts';
import { below, pick } from './fuzz-draws.ts';
import { type Member, type Tree, textOf, treeOf } from './fuzz-tree.ts';

/** Conditions in form, as large as the grammar lets them be: what is drawn here is hard to decide, not hard to read. */
const DECIMAL_OPERATORS = OPERATOR_NAMES.filter((name) => name !== 'oneOf');
const VALUES = ['-100', '-1', '0', '0.000000000001', '0.5', '0.8', '1', '2', '10', '1000', '1000000000'];
const STATUSES = ['ACTIVE', 'REDUCE_ONLY', 'HALTED', 'SETTLING', 'OTHER'];

const drawnLeaf = (random: RandomSource, facts: readonly FactName[]) => {
  const fact = pick(random, facts);
  if (FACTS[fact].kind === 'text') return { fact, operator: 'oneOf', value: random.shuffled(STATUSES).slice(0, 1 + below(random, 3)) };
  const value = random.fraction() < 0.5 ? pick(random, VALUES) : `${below(random, 2000) - 1000}.${below(random, 1000)}`;
  return { fact, operator: pick(random, DECIMAL_OPERATORS), value };
};

/** A condition of at most `nodes` nodes and `depth` conditions inside each other, every second time a wide one. */
const drawnCondition = (random: RandomSource, facts: readonly FactName[], nodes: number, depth: number): unknown => {
  if (nodes < 3 || depth < 2) return random.fraction() < 0.8 ? drawnLeaf(random, facts) : { not: drawnLeaf(random, facts) };
  const count = Math.min(nodes - 1, random.fraction() < 0.5 ? 2 + below(random, 3) : 2 + below(random, nodes));
  const share = Math.floor((nodes - 1) / count);
  const children = Array.from({ length: count }, () => drawnCondition(random, facts, share, depth - 1));
  return random.fraction() < 0.5 ? { all: children } : { any: children };
};

const NODES = [3, 8, 20, 60, 95, 190];
const DEPTH_MAX = 8;

/** The kind of rules that a condition belongs to, by the facts that it names. */
const kindOf = (condition: Tree): RuleKind => {
  const written = textOf(condition);
  return factNames('shortfall').some((name) => written.includes(`"${name}"`)) ? 'shortfall' : 'margin';
};

/** A drawn condition in place of one, or added to it: what makes a rule narrower mostly leaves a law. */
export const grownCondition = (random: RandomSource, condition: Tree): Tree => {
  const known = factNames(kindOf(condition)).filter((name) => name !== 'securityToValue');
  const facts = random.shuffled(known).slice(0, pick(random, [1, 2, 4, known.length]));
  const grown = treeOf(drawnCondition(random, facts, pick(random, NODES), 1 + below(random, DEPTH_MAX - 1)));
  const form = pick(random, ['ALONE', '"all"', '"all"', '"any"']);
  if (form === 'ALONE') return grown;
  const members = [condition, grown].map((tree) => ({ key: null, tree }));
  return { kind: 'OBJECT', members: [{ key: form, tree: { kind: 'LIST', members } }] };
};

/** Whether an entry is the condition of a rule. */
export const holdsCondition = ({ key }: Member): boolean => key === '"conditions"';
