import type { GivenTier } from '#core/market/given-tier.ts';
import { USUAL_MARGIN_POLICY } from '#core/market/margin-policy.ts';
import type { Ratio } from '#core/units/money.ts';
import { byMarket } from './by-market-schema.ts';
import { field } from './field-text.ts';
import { boundarySchema, closingFeeSchema, measureSchema, openInterestScalesSchema, valuedAtSchema } from './margin-policy-schema.ts';
import type { TierTables } from './rule-set.ts';
import { closed, ratioBelowOne } from './schema-primitives.ts';
import { tierFormSchema, tierTableSchema } from './tier-schema.ts';
import { type MissingForRate, type WrittenTier, withRate } from './written-tier.ts';

type Report = (market: string, index: number, missing: MissingForRate) => void;

/** The tables with every rate settled; a tier that lacks what its rate follows from is reported and left out. */
const tablesOf = (
  markets: ReadonlyMap<string, readonly WrittenTier[]>,
  fraction: Ratio | null,
  report: Report,
): ReadonlyMap<string, readonly GivenTier[]> =>
  new Map(
    [...markets].map(([market, tiers]) => [
      market,
      tiers.flatMap((tier, index) => {
        const settled = withRate(tier, fraction);
        if (typeof settled !== 'string') return [settled];
        report(market, index, settled);
        return [];
      }),
    ]),
  );

/** `margin-tiers.json`: maintenance margin by notional value, per market. */
export const marginTiersSchema = field(
  closed({
    form: field(tierFormSchema, {
      title: 'Form',
      what: 'How a table turns into maintenance margin; one form for all tables of the file.',
      effect: 'With the same rates FLAT asks more margin of every position above the first tier than DEDUCTION and MARGINAL do.',
    }),
    boundary: boundarySchema,
    measuredIn: measureSchema.optional(),
    valuedAt: valuedAtSchema.optional(),
    closingFee: closingFeeSchema.optional(),
    maintenanceFraction: field(ratioBelowOne.nullish(), {
      title: 'Maintenance fraction',
      what: 'Maintenance margin as a part of the initial margin: a tier that writes no rate has this fraction / maximum leverage, up to the 12th place.',
      unit: 'ratio of the initial margin, between 0 and 1',
      effect: 'Raise it and positions are liquidated earlier, with more left. At 0.5 half of what a position was opened with may be lost.',
      default: null,
      examples: ['0.5'],
    }),
    openInterestScales: openInterestScalesSchema,
    markets: field(byMarket(tierTableSchema), {
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
  })
    .superRefine((file, context) => {
      if (file.measuredIn === 'CONTRACTS' && file.form !== 'FLAT')
        context.addIssue({ code: 'custom', path: ['measuredIn'], message: `goes with form "FLAT" only, not with "${file.form}"` });
      for (const [market, scale] of file.openInterestScales ?? [])
        if (scale.upper.lte(scale.lower))
          context.addIssue({
            code: 'custom',
            path: ['openInterestScales', market, 'upper'],
            message: `expected more than the lower cap, \`${scale.lower.toFixed()}\``,
          });
    })
    .transform((file, context): TierTables => {
      const settled = tablesOf(file.markets, file.maintenanceFraction ?? null, (market, index, missing) =>
        context.addIssue({ code: 'invalid_type', expected: 'string', input: undefined, path: ['markets', market, index, missing] }),
      );
      return {
        form: file.form,
        boundary: file.boundary,
        measuredIn: file.measuredIn ?? USUAL_MARGIN_POLICY.measuredIn,
        valuedAt: file.valuedAt ?? USUAL_MARGIN_POLICY.valuedAt,
        closingFee: file.closingFee ?? USUAL_MARGIN_POLICY.closingFee,
        openInterestScales: file.openInterestScales ?? new Map(),
        markets: settled,
      };
    }),
  { title: 'Margin tiers', what: 'Maintenance margin rates by notional value, per market.' },
);
