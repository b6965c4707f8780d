import type { DeleveragingPolicy } from '#core/policy.ts';
import { afterCounterpartiesSchema } from './after-counterparties-schema.ts';
import { allocationSchema } from './allocation-schema.ts';
import { excludeSchema } from './exclude-schema.ts';
import { field } from './field-text.ts';
import { indicatorSchema } from './indicator-schema.ts';
import { rankingSchema } from './ranking-schema.ts';
import { closed } from './schema-primitives.ts';
import { settlementPriceSchema } from './settlement-price-schema.ts';
import { severitySchema } from './severity-schema.ts';

/** `deleveraging.json`: who takes a residual, how much of it and at which price. */
export const deleveragingSchema = field(
  closed({
    ranking: rankingSchema,
    allocation: allocationSchema,
    severity: severitySchema,
    settlementPrice: settlementPriceSchema,
    afterCounterparties: afterCounterpartiesSchema,
    exclude: excludeSchema,
    indicator: indicatorSchema,
  }).transform(
    ({ ranking, allocation, severity, settlementPrice, afterCounterparties, exclude, indicator }): DeleveragingPolicy => ({
      ranking,
      allocation,
      severity,
      settlementPrice,
      afterCounterparties: afterCounterparties ?? 'CARRY_AND_HALT',
      exclude,
      indicator,
    }),
  ),
  { title: 'Deleveraging', what: 'Who takes a residual, how much of it and at which price.' },
);
