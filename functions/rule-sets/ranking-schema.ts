import { z } from 'zod';
import type {
  FactorRanking,
  LexicographicRanking,
  ProfitTimesLeverage,
  RankingPolicy,
  SeededRanking,
} from '#core/adl/ranking/ranking-policy.ts';
import { choices, field } from './field-text.ts';
import { factorSchema, keySchema, profitSchema, weightSchema } from './ranking-terms-schema.ts';
import { closed, only } from './schema-primitives.ts';

const FORMULA_ERROR = 'expected a formula of PROFIT_TIMES_LEVERAGE, FACTORS, LEXICOGRAPHIC, SEEDED_START';

const FORMULA_MEANINGS = {
  PROFIT_TIMES_LEVERAGE: 'score = pnlRatio^a · effectiveLeverage^b; the highest is next in line.',
  FACTORS: 'score = profit^a · Π factor^b, factors of your choice; the highest is next in line.',
  LEXICOGRAPHIC: 'One key after another; the first that differs decides. Nobody has a score.',
  SEEDED_START: 'A walk round the pools in the order of their ids, from a start that the wave decides. Nobody has a score.',
} as const satisfies Readonly<Record<RankingPolicy['formula'], string>>;

const formula = <const Name extends RankingPolicy['formula']>(name: Name) =>
  field(z.literal(name), { title: 'Formula', what: FORMULA_MEANINGS[name] }).meta({ errorMessage: FORMULA_ERROR });

const LOSERS_TEXT = {
  title: 'Counterparties without profit',
  what: 'Whether and in which order they are asked.',
  effect: 'EXCLUDE spares them and lets more residuals stay open; the others find a counterparty more often.',
} as const;

const NEVER_ASKED = 'Never asked. A residual that no winner can take stays open.';

const LOSERS = ['DIVIDE', 'FLOOR_AT_ZERO', 'EXCLUDE'] as const;

const LOSERS_MEANINGS = {
  DIVIDE: 'Asked last, by pnlRatio ÷ effectiveLeverage: small losses at high leverage first.',
  FLOOR_AT_ZERO: 'Asked last, all with score 0: the tie break decides among them.',
  EXCLUDE: NEVER_ASKED,
} as const satisfies Readonly<Record<(typeof LOSERS)[number], string>>;

const FACTOR_LOSERS = ['DIVIDE', 'MULTIPLY', 'FLOOR_AT_ZERO', 'EXCLUDE'] as const;

const FACTOR_LOSERS_MEANINGS = {
  DIVIDE: 'Asked after winners, by profit ÷ factors: of equal losses, the riskier position first.',
  MULTIPLY: 'Scored as winners are, by profit · factors: of equal losses, the safer position first. A quotient of prices stays positive.',
  FLOOR_AT_ZERO: 'Their profit counts as zero, or as its floor where it has one.',
  EXCLUDE: NEVER_ASKED,
} as const satisfies Readonly<Record<(typeof FACTOR_LOSERS)[number], string>>;

const ADMISSIONS = ['INCLUDE', 'EXCLUDE'] as const;

const ADMISSION_MEANINGS = {
  INCLUDE: 'Asked as winners are, where the order puts them.',
  EXCLUDE: NEVER_ASKED,
} as const satisfies Readonly<Record<(typeof ADMISSIONS)[number], string>>;

const losers = field(
  choices(LOSERS, (name) => LOSERS_MEANINGS[name]),
  LOSERS_TEXT,
);

const factorLosers = field(
  choices(FACTOR_LOSERS, (name) => FACTOR_LOSERS_MEANINGS[name]),
  LOSERS_TEXT,
);

const admission = field(
  choices(ADMISSIONS, (name) => ADMISSION_MEANINGS[name]),
  LOSERS_TEXT,
);

const tieBreak = field(z.array(only('accountId', 'tie break')).max(1), {
  title: 'Tie break',
  what: 'Decides between equal scores, in order; `poolId` always decides last.',
  examples: [['accountId'], []],
});

const weightsSchema = field(
  closed({
    pnlRatio: field(weightSchema, {
      title: 'Weight of the PnL ratio',
      what: 'Exponent a of pnlRatio, the profit per entry value, in the score.',
      unit: 'whole number, −4 to 4',
      effect: 'Raise it and those with the largest gains give up positions first. At 0 gains do not count; below 0 small gains go first.',
      examples: [1],
    }),
    effectiveLeverage: field(weightSchema, {
      title: 'Weight of the effective leverage',
      what: 'Exponent b of effectiveLeverage, the position’s notional value per margin balance of its pool, in the score.',
      unit: 'whole number, −4 to 4',
      effect:
        'Raise it and those with the thinnest margin give up positions first. At 0 leverage does not count; below 0 the best covered go first.',
      examples: [1],
    }),
  }),
  { title: 'Weights', what: 'How much each factor counts in the score: integer exponents.' },
);

const profitTimesLeverage = closed({ formula: formula('PROFIT_TIMES_LEVERAGE'), weights: weightsSchema, losers, tieBreak }).transform(
  (ranking): ProfitTimesLeverage => ({
    formula: ranking.formula,
    weights: { pnlRatio: ranking.weights.pnlRatio, effectiveLeverage: ranking.weights.effectiveLeverage },
    losers: ranking.losers,
    tieBreak: ranking.tieBreak,
  }),
);

/** Enough for every published form twice over. */
const FACTORS_MAX = 4;

const factors = closed({
  formula: formula('FACTORS'),
  profit: profitSchema,
  factors: field(z.array(factorSchema).max(FACTORS_MAX), {
    title: 'Factors',
    what: 'What the profit is multiplied with; none: profit alone decides.',
    examples: [[{ factor: 'marginRatio', weight: 1 }]],
  }),
  losers: factorLosers,
  tieBreak,
}).transform(
  (ranking): FactorRanking => ({
    formula: ranking.formula,
    profit: ranking.profit,
    factors: ranking.factors,
    losers: ranking.losers,
    tieBreak: ranking.tieBreak,
  }),
);

const KEYS_MAX = 8;

const lexicographic = closed({
  formula: formula('LEXICOGRAPHIC'),
  keys: field(z.array(keySchema).min(1).max(KEYS_MAX), {
    title: 'Keys',
    what: 'Compared in this order; `poolId` always decides last.',
    examples: [[{ key: 'effectiveLeverage', order: 'DESCENDING' }]],
  }),
  losers: admission,
}).transform((ranking): LexicographicRanking => ({ formula: ranking.formula, keys: ranking.keys, losers: ranking.losers }));

const WALK_MAX = 1_000_000;

const seededStart = closed({
  formula: formula('SEEDED_START'),
  walkMaximum: field(z.int().min(1).max(WALK_MAX).nullable(), {
    title: 'Walk maximum',
    what: 'Most pools that the walk looks at, whether they may be asked or not; null for all.',
    unit: 'count, 1 to 1000000',
    effect: 'Raise it and more counterparties can be found for a residual. Lower it and more of it may stay open.',
    examples: [500, null],
  }),
  losers: admission,
}).transform((ranking): SeededRanking => ({ formula: ranking.formula, walkMaximum: ranking.walkMaximum, losers: ranking.losers }));

/** `ranking` of `deleveraging.json`. */
export const rankingSchema: z.ZodType<RankingPolicy> = field(
  z.discriminatedUnion('formula', [profitTimesLeverage, factors, lexicographic, seededStart], { error: FORMULA_ERROR }),
  { title: 'Ranking', what: 'Who is asked first.' },
);
