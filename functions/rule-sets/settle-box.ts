import { type Decimal, ZERO } from '#core/units/decimal.ts';
import { type FactBox, idsOf, rangeOf } from './fact-box.ts';
import { domainOf } from './fact-domains.ts';
import type { Combination, World } from './fact-worlds.ts';
import type { FactName, Facts } from './facts.ts';
import { contains, EVERYWHERE } from './interval.ts';
import { contradictEachOther, type Row, rowsWithin, solveRows } from './linear-rows.ts';
import { simplestIn } from './simplest-decimal.ts';

const coefficientsIn = (world: World, sum: Combination): readonly Decimal[] => world.variables.map((fact) => sum[fact] ?? ZERO);

/** The relations of a world and what is left for its facts, as inequalities between its variables. */
const rowsOf = (world: World, box: FactBox): readonly Row[] => [
  ...world.relations.map(({ sum, strict }) => ({ coefficients: coefficientsIn(world, sum), constant: ZERO, strict })),
  ...world.variables.flatMap((fact) => rowsWithin(rangeOf(box, fact) ?? EVERYWHERE, (factor) => coefficientsIn(world, { [fact]: factor }))),
  ...world.shares.flatMap(({ fact, sum, of }) => {
    const numerator = coefficientsIn(world, sum);
    const whole = world.variables.indexOf(of);
    // share ≤ most is numerator − most · whole ≤ 0, as the whole is above zero.
    return rowsWithin(rangeOf(box, fact) ?? EVERYWHERE, (factor) => numerator.map((each) => each.times(factor))).map(
      ({ coefficients, constant, strict }) => ({
        coefficients: coefficients.map((each, index) => (index === whole ? each.plus(constant) : each)),
        constant: ZERO,
        strict,
      }),
    );
  }),
];

const related = (world: World, box: FactBox): 'CONTRADICTION' | 'NO_VALUE' | ReadonlyMap<FactName, Decimal> => {
  const solution = solveRows(rowsOf(world, box), world.variables.length);
  if (solution.kind !== 'SOLVED') return solution.kind;
  const values = new Map(world.variables.map((fact, index): [FactName, Decimal] => [fact, solution.values[index] ?? ZERO]));
  for (const { fact, sum, of } of world.shares) {
    const numerator = world.variables.reduce((total, each) => total.plus((sum[each] ?? ZERO).times(values.get(each) ?? ZERO)), ZERO);
    values.set(fact, numerator.div(values.get(of) ?? ZERO));
  }
  return values;
};

/** Whether the relations of a world contradict what is left for its facts. */
export const isContradicted = (world: World, box: FactBox): boolean => contradictEachOther(rowsOf(world, box), world.variables.length);

const valueWithin = (box: FactBox, fact: FactName, known: Decimal | undefined): Decimal | string | null => {
  const domain = domainOf(fact);
  if (domain.kind === 'text') return [...idsOf(box, fact)][0] ?? null;
  const range = rangeOf(box, fact) ?? EVERYWHERE;
  if (known === undefined) return simplestIn(range, domain.step);
  // A quotient is rounded to 64 digits as the real fact is, and may round onto an end that does not belong to the range.
  return contains(range, known) ? known : null;
};

export type Settlement = Facts | 'CONTRADICTION' | 'NO_VALUE';

/** One value for each of `facts` from a box, in keeping with the relations of the world; `NO_VALUE` where there is room, but none for 64 digits. */
export const settleBox = (world: World, box: FactBox, facts: readonly FactName[]): Settlement => {
  const values = related(world, box);
  if (typeof values === 'string') return values;
  const settled = new Map<string, Decimal | string>();
  for (const fact of [...new Set([...facts, ...values.keys()])]) {
    const value = valueWithin(box, fact, values.get(fact));
    if (value === null) return 'NO_VALUE';
    if (facts.includes(fact)) settled.set(fact, value);
  }
  return settled;
};
