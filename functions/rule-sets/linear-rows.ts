import { type Decimal, ONE, ZERO } from '#core/units/decimal.ts';
import { EVERYWHERE, type Interval, intersection } from './interval.ts';
import { simplestIn } from './simplest-decimal.ts';

/** Σ coefficientᵢ · xᵢ + constant ≤ 0, or < 0 where `strict`. */
export interface Row {
  readonly coefficients: readonly Decimal[];
  readonly constant: Decimal;
  readonly strict: boolean;
}

const product = (value: Decimal, factor: Decimal): Decimal => (value.isZero() || factor.eq(ONE) ? value : value.times(factor));

/** value · factor + other · otherFactor. Most coefficients are zero and most factors one: what need not be computed is not. */
const mixed = (value: Decimal, factor: Decimal, other: Decimal, otherFactor: Decimal): Decimal => {
  if (other.isZero()) return product(value, factor);
  return value.isZero() ? product(other, otherFactor) : product(value, factor).plus(product(other, otherFactor));
};

/** Sum of two rows with positive factors: what follows from both. */
const combined = (a: Row, factorOfA: Decimal, b: Row, factorOfB: Decimal): Row => ({
  coefficients: a.coefficients.map((each, index) => mixed(each, factorOfA, b.coefficients[index] ?? ZERO, factorOfB)),
  constant: mixed(a.constant, factorOfA, b.constant, factorOfB),
  strict: a.strict || b.strict,
});

/** What the rows say without the variable at `index`: each of its lower bounds lies below each of its upper bounds. */
const eliminated = (rows: readonly Row[], index: number): readonly Row[] => {
  const coefficient = (row: Row): Decimal => row.coefficients[index] ?? ZERO;
  const lower = rows.filter((row) => coefficient(row).isNegative() && !coefficient(row).isZero());
  const upper = rows.filter((row) => coefficient(row).gt(0));
  const without = rows.filter((row) => coefficient(row).isZero());
  return [...without, ...lower.flatMap((low) => upper.map((high) => combined(low, coefficient(high), high, coefficient(low).negated())))];
};

/** The one variable that a row bounds, with its side; null for a row between variables or about none. */
const boundedBy = ({ coefficients }: Row): string | null => {
  const [only, ...others] = coefficients.flatMap((each, index) => (each.isZero() ? [] : [`${index}${each.gt(0) ? '≤' : '≥'}`]));
  return only !== undefined && others.length === 0 ? only : null;
};

const isTighter = (a: Row, b: Row): boolean => {
  const size = ({ coefficients }: Row): Decimal => coefficients.find((each) => !each.isZero())?.abs() ?? ONE;
  const difference = mixed(a.constant, size(b), b.constant.negated(), size(a));
  return difference.isZero() ? a.strict : difference.gt(0);
};

const isAboutNothing = ({ coefficients }: Row): boolean => coefficients.every((each) => each.isZero());

const isContradiction = (row: Row): boolean => isAboutNothing(row) && (row.strict ? row.constant.gte(0) : row.constant.gt(0));

/** The same without rows that say nothing: those about no variable, and all bounds of one variable on one side but the tightest. */
const withoutNeedless = (rows: readonly Row[]): readonly Row[] => {
  const tightest = new Map<string, Row>();
  const between: Row[] = [];
  for (const row of rows) {
    const bounded = boundedBy(row);
    const known = bounded === null ? undefined : tightest.get(bounded);
    if (bounded !== null && (known === undefined || isTighter(row, known))) tightest.set(bounded, row);
    else if (bounded === null && !isAboutNothing(row)) between.push(row);
  }
  return [...tightest.values(), ...between];
};

/** The bound that a row is for its variable at `index` once the other variables have values. */
const boundOf = ({ coefficients, constant, strict }: Row, index: number, values: readonly (Decimal | null)[]): Interval => {
  const coefficient = coefficients[index] ?? ZERO;
  if (coefficient.isZero()) return EVERYWHERE;
  const rest = coefficients.reduce((total, each, at) => (at === index ? total : mixed(total, ONE, values[at] ?? ZERO, each)), constant);
  const end = rest.negated().div(coefficient);
  return coefficient.gt(0) ? { ...EVERYWHERE, most: end, mostOpen: strict } : { ...EVERYWHERE, least: end, leastOpen: strict };
};

const valueFor = (rows: readonly Row[], index: number, values: readonly (Decimal | null)[]): Decimal | null => {
  let range: Interval | null = EVERYWHERE;
  for (const row of rows) range = range === null ? null : intersection(range, boundOf(row, index, values));
  return range === null ? null : simplestIn(range);
};

export type LinearSolution =
  | { readonly kind: 'SOLVED'; readonly values: readonly Decimal[] }
  | { readonly kind: 'CONTRADICTION' }
  /** The rows agree, and a value that they leave room for needs more than the 64 digits of a decimal. */
  | { readonly kind: 'NO_VALUE' };

/** Rows before each variable is eliminated, the first one first; null when the rows contradict each other. */
const stagesOf = (rows: readonly Row[], variableCount: number): readonly (readonly Row[])[] | null => {
  const stages: (readonly Row[])[] = [];
  let left = rows;
  for (let index = 0; index < variableCount; index += 1) {
    const stage = withoutNeedless(left);
    stages.push(stage);
    left = eliminated(stage, index);
    if (left.some(isContradiction)) return null;
  }
  return stages;
};

/**
 * Whether linear inequalities contradict each other (Fourier and Motzkin: one variable after the other is eliminated). Exact while products of coefficients
 * have at most 64 digits.
 */
export const contradictEachOther = (rows: readonly Row[], variableCount: number): boolean => stagesOf(rows, variableCount) === null;

/** Finds simple values for which the inequalities hold; the last variable gets its value first. */
export const solveRows = (rows: readonly Row[], variableCount: number): LinearSolution => {
  const stages = stagesOf(rows, variableCount);
  if (stages === null) return { kind: 'CONTRADICTION' };
  const values: (Decimal | null)[] = Array.from({ length: variableCount }, () => null);
  for (let index = variableCount - 1; index >= 0; index -= 1) {
    const value = valueFor(stages[index] ?? [], index, values);
    if (value === null) return { kind: 'NO_VALUE' };
    values[index] = value;
  }
  return { kind: 'SOLVED', values: values.map((value) => value ?? ZERO) };
};

/** The rows that keep a variable within an interval. */
export const rowsWithin = (
  { least, leastOpen, most, mostOpen }: Interval,
  coefficientsOf: (factor: Decimal) => readonly Decimal[],
): readonly Row[] => [
  ...(least === null ? [] : [{ coefficients: coefficientsOf(ONE.negated()), constant: least, strict: leastOpen }]),
  ...(most === null ? [] : [{ coefficients: coefficientsOf(ONE), constant: most.negated(), strict: mostOpen }]),
];
