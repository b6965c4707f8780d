import type { Arbitrary } from 'fast-check';
import { expect } from 'vitest';
import type { Decimal } from '#core/units/decimal.ts';
import { type Fraction, fraction } from '../reference/fraction.ts';
import { anyLegs, anyStanding, type Legs, type Mixture, poolOver, type Standing } from './arbitraries.ts';
import { exactly } from './compare.ts';
import type { PoolCase } from './pool-case.ts';

/** Pools of inverse contracts, alone and beside linear ones that settle in the same coin. */
export const MIXTURES = ['INVERSE', 'MIXED'] as const satisfies readonly Mixture[];

export const mixedPool = (
  mixture: Mixture,
  marketsMax = 3,
  legs: Arbitrary<Legs> = anyLegs,
  standing: Arbitrary<Standing> = anyStanding,
): Arbitrary<PoolCase> => poolOver(marketsMax, legs, standing, mixture);

/** What the core's 40 places leave in a sum of quotients: far below an amount at rest. */
const AMOUNT_ERROR_MAX = fraction(`0.${'0'.repeat(38)}1`);

/** The core's amount is the twin's but for the 40th place. */
export const expectAmount = (value: Decimal, twin: Fraction, what: string): void => {
  const error = exactly(value).minus(twin).absolute();
  if (error.isAbove(AMOUNT_ERROR_MAX)) expect(value.toFixed(), what).toBe(twin.toDecimalString(60));
};

/**
 * Error of a price that follows from amounts with 40 places: pools are worth 1e-9 of the coin and more, and hedges that nearly cancel magnify what is
 * left. Relative to the exact value.
 */
const PRICE_ERROR_MAX = fraction(`0.${'0'.repeat(19)}1`);

/** The core's price is the twin's within one part in 10^20, and both are absent together. */
export const expectPrice = (value: Decimal | null, twin: Fraction | null, what: string): void => {
  if (value === null || twin === null) {
    expect(value === null ? null : value.toFixed(), what).toBe(twin === null ? null : twin.toDecimalString(60));
    return;
  }
  const error = exactly(value).minus(twin).absolute();
  if (error.isAbove(twin.absolute().times(PRICE_ERROR_MAX))) expect(value.toFixed(), what).toBe(twin.toDecimalString(60));
};
