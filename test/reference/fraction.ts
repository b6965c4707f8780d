const greatestCommonDivisor = (a: bigint, b: bigint): bigint => (b === 0n ? a : greatestCommonDivisor(b, a % b));

const magnitude = (value: bigint): bigint => (value < 0n ? -value : value);

/**
 * An exact rational number: the arithmetic of the twins, slow and without rounding anywhere.
 * Numerator and denominator are integers of any size in lowest terms; the denominator is positive.
 */
export class Fraction {
  readonly numerator: bigint;
  readonly denominator: bigint;

  constructor(numerator: bigint, denominator: bigint = 1n) {
    if (denominator === 0n) throw new RangeError('a fraction has no zero below the line');
    const divisor = greatestCommonDivisor(magnitude(numerator), magnitude(denominator));
    const sign = denominator < 0n ? -1n : 1n;
    this.numerator = (sign * numerator) / divisor;
    this.denominator = (sign * denominator) / divisor;
  }

  plus(other: Fraction): Fraction {
    return new Fraction(this.numerator * other.denominator + other.numerator * this.denominator, this.denominator * other.denominator);
  }

  minus(other: Fraction): Fraction {
    return this.plus(other.negated());
  }

  times(other: Fraction): Fraction {
    return new Fraction(this.numerator * other.numerator, this.denominator * other.denominator);
  }

  /** Refuses (`RangeError`) a zero divisor. */
  over(other: Fraction): Fraction {
    return new Fraction(this.numerator * other.denominator, this.denominator * other.numerator);
  }

  negated(): Fraction {
    return new Fraction(-this.numerator, this.denominator);
  }

  absolute(): Fraction {
    return new Fraction(magnitude(this.numerator), this.denominator);
  }

  /** Integer powers by literal repetition; a negative exponent divides. */
  toThePower(exponent: number): Fraction {
    if (exponent < 0) return ONE.over(this.toThePower(-exponent));
    return exponent === 0 ? ONE : this.times(this.toThePower(exponent - 1));
  }

  /** −1, 0 or 1. */
  comparedTo(other: Fraction): number {
    const difference = this.numerator * other.denominator - other.numerator * this.denominator;
    return difference < 0n ? -1 : difference > 0n ? 1 : 0;
  }

  equals(other: Fraction): boolean {
    return this.comparedTo(other) === 0;
  }

  isBelow(other: Fraction): boolean {
    return this.comparedTo(other) < 0;
  }

  isAbove(other: Fraction): boolean {
    return this.comparedTo(other) > 0;
  }

  /** −1, 0 or 1. */
  sign(): number {
    return this.comparedTo(ZERO);
  }

  /** The greatest integer that is not above. */
  floor(): Fraction {
    const towardsZero = this.numerator / this.denominator;
    return new Fraction(this.numerator < 0n && this.numerator % this.denominator !== 0n ? towardsZero - 1n : towardsZero);
  }

  /** The least integer that is not below. */
  ceil(): Fraction {
    return this.negated().floor().negated();
  }

  /** The greatest multiple of `step` that is not above. */
  floorTo(step: Fraction): Fraction {
    return this.over(step).floor().times(step);
  }

  /** The least multiple of `step` that is not below. */
  ceilTo(step: Fraction): Fraction {
    return this.over(step).ceil().times(step);
  }

  /** Plain decimal text with `digits` places after the point, the rest cut off: for reading, and exact when the number has no more places. */
  toDecimalString(digits: number): string {
    const scaled = (magnitude(this.numerator) * 10n ** BigInt(digits)) / this.denominator;
    const text = scaled.toString().padStart(digits + 1, '0');
    const integer = text.slice(0, text.length - digits);
    const places = text.slice(text.length - digits).replace(/0+$/, '');
    return `${this.numerator < 0n ? '-' : ''}${integer}${places === '' ? '' : `.${places}`}`;
  }
}

export const ZERO: Fraction = new Fraction(0n);
export const ONE: Fraction = new Fraction(1n);

/** Parses a plain decimal text (`-12.50`). Refuses (`RangeError`) exponents, blanks and everything else. */
export const fraction = (text: string): Fraction => {
  const parts = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text);
  if (parts === null) throw new RangeError(`\`${text}\` is not a plain decimal`);
  const [, sign, integer, places = ''] = parts;
  return new Fraction(BigInt(`${sign}${integer}${places}`), 10n ** BigInt(places.length));
};

/** Σ values; zero for none. */
export const total = (values: readonly Fraction[]): Fraction => values.reduce((soFar, value) => soFar.plus(value), ZERO);

export const least = (first: Fraction, ...others: readonly Fraction[]): Fraction =>
  others.reduce((soFar, value) => (value.isBelow(soFar) ? value : soFar), first);

export const greatest = (first: Fraction, ...others: readonly Fraction[]): Fraction =>
  others.reduce((soFar, value) => (value.isAbove(soFar) ? value : soFar), first);
