import type { ClosingFeePlace, OpenInterestScale, TierBoundary, TierMeasure, ValuationBasis } from '#core/market/margin-policy.ts';
import { byMarket } from './by-market-schema.ts';
import { choices, field } from './field-text.ts';
import { closed, moneyNotNegative, moneyPositive } from './schema-primitives.ts';

const BOUNDARIES = ['LOWER_TIER', 'HIGHER_TIER'] as const satisfies readonly TierBoundary[];

const BOUNDARY_MEANINGS: Readonly<Record<TierBoundary, string>> = {
  LOWER_TIER: 'A position exactly on a boundary belongs to the lower tier, which has the lower rate.',
  HIGHER_TIER: 'A position exactly on a boundary belongs to the higher tier already.',
};

export const boundarySchema = field(
  choices(BOUNDARIES, (name) => BOUNDARY_MEANINGS[name]),
  {
    title: 'Boundary',
    what: 'The tier of a position exactly on a boundary.',
    effect:
      'Margin is the same either way where it does not jump. With FLAT tiers HIGHER_TIER asks more of a position exactly on a boundary.',
  },
);

const MEASURES = ['NOTIONAL', 'CONTRACTS'] as const satisfies readonly TierMeasure[];

const MEASURE_MEANINGS: Readonly<Record<TierMeasure, string>> = {
  NOTIONAL: 'Floors and caps are notional values: a position may change its tier when the price moves.',
  CONTRACTS: 'Floors and caps are contracts: a position keeps its tier until it trades. FLAT tables only.',
};

export const measureSchema = field(
  choices(MEASURES, (name) => MEASURE_MEANINGS[name]),
  {
    title: 'Measured in',
    what: 'What the floors and caps of the tables are counted in.',
    effect: 'With CONTRACTS a rising price takes no position into a higher tier, and a falling one into no lower.',
    default: 'NOTIONAL',
  },
);

const BASES = ['MARK', 'ENTRY'] as const satisfies readonly ValuationBasis[];

const BASIS_MEANINGS: Readonly<Record<ValuationBasis, string>> = {
  MARK: 'Tier and maintenance margin follow the value at the mark.',
  ENTRY: 'Tier and maintenance margin are taken from the value at entry, and stand still while the mark moves.',
};

export const valuedAtSchema = field(
  choices(BASES, (name) => BASIS_MEANINGS[name]),
  {
    title: 'Valued at',
    what: 'The price at which tier and maintenance margin are taken.',
    effect: 'With ENTRY a linear short that loses needs no more margin than it was opened with: it is liquidated later than with MARK.',
    default: 'MARK',
  },
);

const FEE_PLACES = ['BESIDE_MAINTENANCE', 'IN_MAINTENANCE', 'NONE'] as const satisfies readonly ClosingFeePlace[];

const FEE_MEANINGS: Readonly<Record<ClosingFeePlace, string>> = {
  BESIDE_MAINTENANCE: 'The fee of closing at the mark is required beside the maintenance margin, which is shown without it.',
  IN_MAINTENANCE:
    'The fee of closing at the mark is part of the maintenance margin, also where that is shown and where balances are shared by it.',
  NONE: 'The fee is not required in advance: it is paid out of what is left when the position is closed.',
};

export const closingFeeSchema = field(
  choices(FEE_PLACES, (name) => FEE_MEANINGS[name]),
  {
    title: 'Closing fee',
    what: 'Where the taker fee of a forced close is required before it is paid. Bankruptcy prices always leave room for it.',
    effect: 'With NONE positions are liquidated later, and the fund pays the fee where the maintenance margin does not.',
    default: 'BESIDE_MAINTENANCE',
  },
);

const scaleSchema = field(
  closed({
    lower: field(moneyNotNegative, {
      title: 'Lower cap',
      what: 'Open interest up to which initial margin is what the leverage says.',
      unit: 'settlement asset',
      effect: 'Raise it and the market may grow larger before opening gets dearer. Lower it and opening gets dearer sooner.',
      examples: ['20000000'],
    }),
    upper: field(moneyPositive, {
      title: 'Upper cap',
      what: 'Open interest from which initial margin is the whole notional value. Above the lower cap.',
      unit: 'settlement asset',
      effect: 'Raise it and opening gets dearer more slowly. Lower it towards the lower cap and it gets dearer at once.',
      examples: ['50000000'],
    }),
  }).transform(({ lower, upper }): OpenInterestScale => ({ lower, upper })),
  { title: 'Scale', what: 'How the initial margin of a market grows with its open interest.' },
);

/** Scales by market id; the same keys as the tables have. */
export const openInterestScalesSchema = field(byMarket(scaleSchema).nullish(), {
  title: 'Open interest scales',
  what: 'By market id, or `*` for all: initial margin grows with the open interest of the market, from what the leverage says to the whole value.',
  effect: 'Without them opening costs the same however crowded the market is. Maintenance margin does not depend on them.',
  default: null,
});
