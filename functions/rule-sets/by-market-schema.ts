import { z } from 'zod';
import { ANNOTATIONS } from './schema-primitives.ts';

const MARKET_KEY = /^(?:\*|[A-Za-z0-9_.-]{1,40})$/;

/** Values by market id or `*`. The keys `$schema` and `notes` are for people here too, so that no market can have these names. */
export const byMarket = <Value>(value: z.ZodType<Value>) =>
  z
    .object(ANNOTATIONS)
    .catchall(value)
    .superRefine((markets, context) => {
      for (const key of Object.keys(markets))
        if (key !== '$schema' && !MARKET_KEY.test(key))
          context.addIssue({ code: 'custom', path: [key], message: 'is not a market id and not "*"' });
    })
    .transform(({ $schema: _schema, notes: _notes, ...values }): ReadonlyMap<string, Value> => new Map(Object.entries(values)));
