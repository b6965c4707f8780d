import { z } from 'zod';
import type { DrawdownMeasure } from '#core/insurance/fund-policy.ts';
import type { DrawdownPolicy, FundPolicy } from '#core/policy.ts';
import { choices, field } from './field-text.ts';
import { FUND_TERMS_FIELDS, fundTerms } from './fund-terms-schema.ts';
import { closed, durationText, idText, marketOrAny, moneyNotNegative, ratioNotNegative, ratioUpToOne } from './schema-primitives.ts';

const DRAWDOWN_OPERATORS = ['AT_LEAST', 'GREATER_THAN'] as const;

const DRAWDOWN_MEANINGS = {
  AT_LEAST: 'A fall of exactly the trigger starts the mode.',
  GREATER_THAN: 'Only a larger fall than the trigger starts the mode.',
} as const satisfies Readonly<Record<(typeof DRAWDOWN_OPERATORS)[number], string>>;

const MEASURES = ['FUND_BALANCE', 'MARKET_RESULT'] as const satisfies readonly DrawdownMeasure[];

const MEASURE_MEANINGS = {
  FUND_BALANCE: 'The fall of the balance below its own peak stops the fund for all its markets.',
  MARKET_RESULT:
    'The fall of one market, what it brought less what it cost, as a share of the peak of the balance stops the fund for that market alone.',
} as const satisfies Readonly<Record<DrawdownMeasure, string>>;

const drawdownSchema = field(
  closed({
    measure: field(choices(MEASURES, (name) => MEASURE_MEANINGS[name]).optional(), {
      title: 'Measure',
      what: 'Whose fall starts the mode.',
      default: 'FUND_BALANCE',
    }),
    window: field(durationText, {
      title: 'Window',
      what: 'How far back the peak balance is looked for.',
      unit: 'ISO 8601 length of time',
      effect: 'Lengthen it and slow losses count too: the mode starts earlier. Shorten it and only a sudden fall starts it.',
      examples: ['PT8H'],
    }),
    trigger: field(ratioUpToOne, {
      title: 'Trigger',
      what: 'Fall below the peak that starts the mode: the fund stops paying and residuals are deleveraged.',
      unit: 'ratio of the peak, above 0 and at most 1',
      effect:
        'Raise it and the fund pays longer before counterparties are asked. Lower it and more of the fund is kept, more profit is taken.',
      examples: ['0.30'],
    }),
    release: field(ratioNotNegative, {
      title: 'Release',
      what: 'Fall below which the mode ends; at most the trigger, so that the mode does not flicker.',
      unit: 'ratio of the peak',
      effect: 'Raise it and the fund pays again sooner. Lower it and deleveraging goes on until the fund has recovered more.',
      examples: ['0.25'],
    }),
    operator: field(
      choices(DRAWDOWN_OPERATORS, (name) => DRAWDOWN_MEANINGS[name]),
      {
        title: 'Operator',
        what: 'Whether a fall of exactly the trigger starts the mode.',
      },
    ),
    minimumBalance: field(moneyNotNegative, {
      title: 'Minimum balance',
      what: 'The mode starts only for a fund whose balance in the window peaked above this.',
      unit: 'asset of the fund',
      effect:
        'Raise it and a small fund is used up without the mode ever starting. Lower it and a single payment of a small fund may start it.',
      examples: ['10000'],
    }),
  }).transform(
    ({ measure = 'FUND_BALANCE', window, trigger, release, operator, minimumBalance }): DrawdownPolicy => ({
      measure,
      window,
      trigger,
      release,
      operator,
      minimumBalance,
    }),
  ),
  {
    title: 'Drawdown',
    what: 'Stops paying and lets residuals deleverage while the fund is drawn down; null for never.',
    snippets: [
      {
        label: 'drawdown',
        description: 'The mode starts at a fall of 30 % in 8 hours and ends at 25 %.',
        body: { window: 'PT8H', trigger: '0.30', release: '0.25', operator: 'AT_LEAST', minimumBalance: '10000' },
      },
    ],
  },
);

const CAP_EFFECT =
  'Raise it and the fund pays more of a crash itself. Lower it and more is left for the next one, more is deleveraged now.';

const domainSchema = field(
  closed({
    fundId: field(idText, {
      title: 'Fund',
      what: 'Id of the fund, unique within the file; balances and journals name it.',
      examples: ['usdt'],
    }),
    asset: field(idText, { title: 'Asset', what: 'The settlement asset that the fund pays in.', examples: ['USDT'] }),
    markets: field(z.array(field(marketOrAny, { title: 'Market', what: 'A market id, or `*` for all.', examples: ['*'] })).min(1), {
      title: 'Markets',
      what: 'Market ids that the fund pays for; `*` for all that settle in the asset.',
      effect: 'A market without a fund has nothing to pay with: its shortfalls are deleveraged at once.',
      examples: [['*']],
    }),
    floor: field(moneyNotNegative, {
      title: 'Floor',
      what: 'The engine never takes the fund below this.',
      unit: 'asset of the fund',
      effect: 'Raise it and counterparties are deleveraged sooner. Lower it and the fund may be used up by one crash.',
      examples: ['0', '100000'],
    }),
    drawCapPerMarket: field(moneyNotNegative.nullish(), {
      title: 'Draw cap per market',
      what: 'Most that one market may draw in one interval; null for no cap.',
      unit: 'asset of the fund',
      effect: CAP_EFFECT,
      default: null,
      examples: ['1000000'],
    }),
    drawCapPerInterval: field(moneyNotNegative.nullish(), {
      title: 'Draw cap per interval',
      what: 'Most that all markets may draw in one interval; null for no cap.',
      unit: 'asset of the fund',
      effect: CAP_EFFECT,
      default: null,
      examples: ['3000000'],
    }),
    interval: field(durationText, {
      title: 'Interval',
      what: 'Length of the intervals that the caps count in, from 1970-01-01T00:00Z.',
      unit: 'ISO 8601 length of time',
      effect: 'Lengthen it and the caps have to last longer: the fund pays less. Shorten it and it pays more.',
      examples: ['PT1H'],
    }),
    drawdown: field(drawdownSchema.nullish(), {
      title: 'Drawdown',
      what: 'Stops paying and lets residuals deleverage while the fund is drawn down; null for never.',
      default: null,
    }),
    ...FUND_TERMS_FIELDS,
  }).transform(
    (domain): FundPolicy => ({
      ...fundTerms(domain),
      fundId: domain.fundId,
      asset: domain.asset,
      markets: domain.markets,
      floor: domain.floor,
      drawCapPerMarket: domain.drawCapPerMarket ?? null,
      drawCapPerInterval: domain.drawCapPerInterval ?? null,
      interval: domain.interval,
      drawdown: domain.drawdown ?? null,
    }),
  ),
  {
    title: 'Fund domain',
    what: 'One fund, the markets it pays for and its limits.',
    snippets: [
      {
        label: 'fund',
        description: 'A fund for all markets of an asset, without caps.',
        body: {
          fundId: '$1',
          asset: '$2',
          markets: ['*'],
          floor: '0',
          drawCapPerMarket: null,
          drawCapPerInterval: null,
          interval: 'PT1H',
          drawdown: null,
        },
      },
    ],
  },
);

/** `insurance-fund.json`: what the fund of each asset may pay, for which markets, down to which balance. */
export const insuranceFundSchema = field(
  closed({
    domains: field(z.array(domainSchema), {
      title: 'Fund domains',
      what: 'One per fund. A settlement asset without a fund has nothing to pay with.',
    }),
  }),
  { title: 'Insurance fund', what: 'What the fund of each asset may pay, for which markets, down to which balance.' },
);
