import { deleveragingSchema } from '#rule-sets/deleveraging-schema.ts';
import type { RuleSet } from '#rule-sets/rule-set.ts';
import { VENUE_RANKINGS } from '../reference/venue-rankings.ts';
import { shipped } from './shipped-deleveraging.ts';
import { HOUSE } from './small-law.ts';
import type { SmallVenue } from './small-venue.ts';

const lawWith = (members: object): RuleSet => ({ ...HOUSE, deleveraging: deleveragingSchema.parse({ ...shipped(), ...members }) });

/** Every ground of exclusion but tags and owners, with a ranking that puts hedged positions later. */
const SPARING = {
  ranking: {
    formula: 'FACTORS',
    profit: { factor: 'pnlRatio', weight: 1 },
    factors: [
      { factor: 'effectiveLeverage', weight: 1 },
      { factor: 'netExposureShare', weight: 1 },
    ],
    losers: 'EXCLUDE',
    tieBreak: ['accountId'],
  },
  exclude: { tags: [], bankruptcyPriceCrossed: true, insolventAfter: true, withoutPositiveScore: true, hedged: true },
};

/** In the order of the ids, up or down, losers too; `exclude` as given. */
const byId = (order: 'ASCENDING' | 'DESCENDING', exclude: object) =>
  lawWith({
    ranking: { formula: 'LEXICOGRAPHIC', keys: [{ key: 'accountId', order }], losers: 'INCLUDE' },
    exclude: { tags: [], ...exclude },
  });

/** The hedged account is asked first. */
export const HEDGED_FIRST = byId('ASCENDING', { hedged: true });

/** The account that giving would make insolvent stands behind the first, before enough has been found. */
export const THIN_SECOND = byId('DESCENDING', { insolventAfter: true });

/** The neutral rules with each published ranking, and with one that spares whom it can. */
export const RANKING_LAWS: readonly (readonly [name: string, law: RuleSet])[] = [
  ...Object.entries(VENUE_RANKINGS).map(([name, members]) => [name, lawWith(members)] as const),
  ['all exclusions', lawWith(SPARING)],
  ['ids, hedges spared', HEDGED_FIRST],
  ['ids, the insolvent spared', THIN_SECOND],
];

/** Two bankrupt longs and shorts of every kind: hedged, nearly bankrupt, at a loss, with a position elsewhere. */
export const RANKED_VENUE: SmallVenue = {
  accounts: [
    'worst | 60 | LONG 10 AAA 100',
    'second | 60 | LONG 10 AAA 100',
    'hedged | 900 | SHORT 12 AAA 110 + LONG 8 AAA 95',
    'thin | -116 | SHORT 6 AAA 112',
    'loser | 400 | SHORT 5 AAA 85',
    'wide | 900 | SHORT 9 AAA 111 + LONG 3 BBB 100',
    'plain | 300 | SHORT 7 AAA 105',
  ].join('\n'),
  marks: '0 | 91 | 100',
  depthPerMark: { AAA: '0' },
  lotSize: '1',
};
