import { z } from 'zod';
import { field } from './field-text.ts';
import { ANNOTATIONS, closed, only } from './schema-primitives.ts';
import { tierFormSchema, tierTableSchema } from './tier-schema.ts';

const MARKET_KEY = /^(?:\*|[A-Za-z0-9_.-]{1,40})$/;

/** Tables by market id. The keys `$schema` and `notes` are for people here too, so that no market can have these names. */
const marketsSchema = z
  .object(ANNOTATIONS)
  .catchall(tierTableSchema)
  .superRefine((markets, context) => {
    for (const key of Object.keys(markets))
      if (key !== '$schema' && !MARKET_KEY.test(key))
        context.addIssue({ code: 'custom', path: [key], message: 'is not a market id and not "*"' });
  })
  .transform(({ $schema: _schema, notes: _notes, ...tables }) => new Map(Object.entries(tables)));

/** `margin-tiers.json`: maintenance margin by notional value, per market. */
export const marginTiersSchema = field(
  closed({
    form: field(tierFormSchema, {
      title: 'Form',
      what: 'How a table turns into maintenance margin; one form for all tables of the file.',
      effect: 'With the same rates FLAT asks more margin of every position above the first tier than DEDUCTION and MARGINAL do.',
    }),
    boundary: field(only('LOWER_TIER', 'boundary'), {
      title: 'Boundary',
      what: 'A notional value exactly on a boundary belongs to the lower tier, which has the lower rate. The only choice of this version.',
    }),
    markets: field(marketsSchema, {
      title: 'Markets',
      what: 'Tier tables by market id; `*` is the table of every market that has none.',
      effect: 'A market without a table, where there is no `*`, cannot be margined: books with it are refused.',
      snippets: [
        {
          label: 'table for every market',
          description: 'A default table with two tiers, to be replaced by your own numbers.',
          body: {
            '*': [
              { notionalFloor: '0', notionalCap: '50000', maintenanceMarginRate: '0.05', maximumLeverage: '10' },
              { notionalFloor: '50000', notionalCap: null, maintenanceMarginRate: '0.1', maximumLeverage: '5' },
            ],
          },
        },
      ],
    }),
  }),
  { title: 'Margin tiers', what: 'Maintenance margin rates by notional value, per market.' },
);
