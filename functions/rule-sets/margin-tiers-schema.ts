import { z } from 'zod';
import { ANNOTATIONS, closed } from './schema-primitives.ts';
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
export const marginTiersSchema = closed({
  form: tierFormSchema.describe('How a table turns into maintenance margin; one form for all tables of the file.'),
  boundary: z
    .literal('LOWER_TIER', { error: 'expected "LOWER_TIER", the only boundary of this version' })
    .describe('A notional value exactly on a boundary belongs to the lower tier.'),
  markets: marketsSchema.describe('Tables by market id; `*` is the default of every market without a table.'),
}).meta({ title: 'Margin tiers', description: 'Maintenance margin rates by notional value, per market.' });
