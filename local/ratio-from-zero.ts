import { z } from 'zod';
import { decimal } from '#core/units/decimal.ts';
import { ratio } from '#core/units/money.ts';

const EXPECTED = 'expected a decimal string from "0" up to but not including "1", such as "0.0005"';

/** A ratio r with 0 ≤ r < 1. */
export const ratioFromZero = z
  .string({ error: EXPECTED })
  .regex(/^0(\.\d{1,12})?$/, { error: EXPECTED })
  .transform((text) => ratio(decimal(text)));
