import { z } from 'zod';
import type { LiquidationFeeBasis } from '#core/liquidation/reduction-policy.ts';
import { field } from './field-text.ts';
import { closed, ratioUpToOne } from './schema-primitives.ts';

const BASIS_ERROR = 'expected a fee basis of FILLED_VALUE, RELEASED_MAINTENANCE, MARGIN_LEFT';

const kindOf = <const Kind extends string>(kind: Kind, meaning: string) =>
  field(z.literal(kind), { title: `Basis ${kind}`, what: meaning }).meta({ errorMessage: BASIS_ERROR });

const plainBasis = <const Kind extends string>(kind: Kind, meaning: string) =>
  field(
    closed({ kind: kindOf(kind, meaning) }).transform(() => ({ kind })),
    { title: `Basis ${kind}`, what: meaning },
  );

const MARGIN_LEFT = 'The rate is a cap: the fee takes at most a share of what the margin has left, so that it cannot cause a bankruptcy.';

/** What the liquidation fee is counted from. */
export const feeBasisSchema: z.ZodType<LiquidationFeeBasis | undefined> = field(
  z
    .discriminatedUnion(
      'kind',
      [
        plainBasis('FILLED_VALUE', 'The rate is one of the filled value.'),
        plainBasis('RELEASED_MAINTENANCE', 'The rate is one of the maintenance margin that the close releases.'),
        field(
          closed({
            kind: kindOf('MARGIN_LEFT', MARGIN_LEFT),
            share: field(ratioUpToOne, {
              title: 'Share',
              what: 'Share of the margin left, shortage and concession taken off, that the fee may take.',
              unit: 'ratio, above 0 and at most 1',
              effect: 'Raise it and the fund gets more of pools that are nearly used up. Lower it and they keep more.',
              examples: ['0.95'],
            }),
          }).transform(({ kind, share }) => ({ kind, share })),
          { title: 'Basis MARGIN_LEFT', what: MARGIN_LEFT },
        ),
      ],
      { error: BASIS_ERROR },
    )
    .optional(),
  {
    title: 'Basis of the liquidation fee',
    what: 'What the liquidation fee is counted from. Missing: the filled value.',
    default: { kind: 'FILLED_VALUE' },
  },
);
