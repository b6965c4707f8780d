import { Decimal as DecimalJs } from 'decimal.js';

/**
 * The one decimal clone of the engine: 64 significant digits, half-even for divisions, never printed with an exponent.
 * Sums and products of values at rest (38 digits) are exact; only divisions round, and each caller names for whom.
 */
export const Decimal = DecimalJs.clone({
  precision: 64,
  rounding: DecimalJs.ROUND_HALF_EVEN,
  toExpNeg: -9e15,
  toExpPos: 9e15,
});
export type Decimal = DecimalJs;

// decimal.js compares `a < b` as text, so that 9 < 10 is false. Clones share one prototype, hence the patch sits here,
// in the only file that imports the library: every operator on a Decimal throws instead of lying.
Object.defineProperty(Decimal.prototype, Symbol.toPrimitive, {
  value(this: Decimal, hint: string): string {
    if (hint === 'string') return this.toFixed();
    throw new TypeError('decimals are compared and added by method, never by operator');
  },
});

export const ZERO = new Decimal(0);
export const ONE = new Decimal(1);

/** Parses a canonical decimal string (`-12.5`); the caller has checked its form. */
export const decimal = (text: string): Decimal => new Decimal(text);

/** Σ values; zero for none. */
export const sum = (values: readonly Decimal[]): Decimal => values.reduce((total, value) => total.plus(value), ZERO);

export const smaller = (a: Decimal, b: Decimal): Decimal => (a.lte(b) ? a : b);

export const larger = (a: Decimal, b: Decimal): Decimal => (a.gte(b) ? a : b);
