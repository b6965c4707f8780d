import { z } from 'zod';
import { closed } from '#rule-sets/schema-primitives.ts';

/** A decimal as results print it: of any length, never with an exponent. */
export const DECIMAL_TEXT = /^-?\d{1,80}(\.\d{1,80})?$/;

const DECIMAL_EXPECTED = 'expected a decimal string such as "0.5"';

/** Facts and figures of results may have more digits than any value of a file: divisions make them. */
export const resultDecimal = z.string({ error: DECIMAL_EXPECTED }).regex(DECIMAL_TEXT, { error: DECIMAL_EXPECTED });

const rounded = closed({
  rounded: resultDecimal.describe('As published: the value rounded to the decimals stated here, halves away from zero.'),
}).meta({ id: 'rounded' });

const FIGURE_EXPECTED = 'expected a decimal string such as "0.5", or { "rounded": "0.5" }';

/** A figure that a result is compared with, by value: "1.50" is 1.5. */
export const figure = z.union([resultDecimal, rounded], { error: FIGURE_EXPECTED });

export const figureOrNull = z.union([resultDecimal, rounded, z.null()], { error: `${FIGURE_EXPECTED}, or null` });
