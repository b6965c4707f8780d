import type { FillablePolicy, LimitPolicy } from '#core/liquidation/limit-policy.ts';
import { choices, field } from './field-text.ts';
import { closed, ratioPositive } from './schema-primitives.ts';

const LIMITS = ['FUND_BACKED', 'BANKRUPTCY', 'FILLABLE'] as const satisfies readonly LimitPolicy['limit'][];

const LIMIT_MEANINGS: Readonly<Record<LimitPolicy['limit'], string>> = {
  FUND_BACKED: 'The limit reaches past the bankruptcy price by what the fund reserved for the order.',
  BANKRUPTCY: 'The limit is the bankruptcy price; the fund reserves nothing, and what finds no buyer there is deleveraged.',
  FILLABLE:
    'The limit is off the mark by a spread that widens as the pool nears bankruptcy; the fund reserves what a fill there costs, and where it has less, backs the order as under FUND_BACKED. A reduction stops at the bankruptcy price and draws nothing.',
};

export const limitSchema = field(
  choices(LIMITS, (name) => LIMIT_MEANINGS[name]),
  {
    title: 'Limit',
    what: 'How far the limit of a liquidation order goes.',
    effect:
      'FUND_BACKED costs the fund and spares counterparties; BANKRUPTCY spares the fund and deleverages more; FILLABLE holds back more of the fund for each order and fills in a thinner market.',
  },
);

export const fillableSchema = field(
  closed({
    spreadToMaintenance: field(ratioPositive, {
      title: 'Spread to maintenance',
      what: 'Widest spread as a multiple of the maintenance margin rate of the position.',
      unit: 'ratio of the maintenance margin rate',
      effect:
        'Raise it and orders of nearly bankrupt pools go further off the mark: they fill sooner and leave less. Lower it and they stay close to it.',
      examples: ['1.5'],
    }),
    bankruptcyAdjustment: field(ratioPositive, {
      title: 'Bankruptcy adjustment',
      what: 'How fast the spread widens: at 1 it is widest when the margin balance is zero.',
      unit: 'ratio, without unit',
      effect: 'Raise it and the spread is widest earlier, while something is left. Lower it and it never becomes the widest above zero.',
      examples: ['1'],
    }),
  })
    .transform(({ spreadToMaintenance, bankruptcyAdjustment }): FillablePolicy => ({ spreadToMaintenance, bankruptcyAdjustment }))
    .nullish(),
  { title: 'Fillable price', what: 'How wide the spread of a FILLABLE limit gets; with that limit only.', default: null },
);

const BASES = ['ZERO_PRICE', 'OTHERS_FROZEN'] as const satisfies readonly LimitPolicy['crossBankruptcyPrice'][];

const BASIS_MEANINGS: Readonly<Record<LimitPolicy['crossBankruptcyPrice'], string>> = {
  ZERO_PRICE: 'Each position may use up its share of the balance, by maintenance margin.',
  OTHERS_FROZEN: 'The position that is closed first may use up the whole balance; the others close at their marks.',
};

export const crossBankruptcySchema = field(choices(BASES, (name) => BASIS_MEANINGS[name]).optional(), {
  title: 'Cross bankruptcy price',
  what: 'How the balance of a pool with several positions is shared when they are closed.',
  effect: 'With OTHERS_FROZEN the first position has a worse bankruptcy price than with ZERO_PRICE, and every other one a better one.',
  default: 'ZERO_PRICE',
});

/** Why limit and parameters do not go together; null where they do. */
export const limitMismatch = (limit: LimitPolicy['limit'], fillable: FillablePolicy | null): string | null => {
  if (limit === 'FILLABLE') return fillable === null ? 'expected the parameters of the limit "FILLABLE"' : null;
  return fillable === null ? null : `goes with the limit "FILLABLE" only, not with "${limit}"`;
};
