import type { BandLine, OpeningPolicy, SecurityPolicy, VolatilityPolicy, WithdrawalGatePolicy } from '#core/market/containment-policy.ts';
import { ONE, ZERO } from '#core/units/decimal.ts';
import { money, ratio } from '#core/units/money.ts';
import { choices, field } from './field-text.ts';
import {
  closed,
  durationText,
  moneyNotNegative,
  moneyPositive,
  ratioAboveOne,
  ratioFromZeroBelowOne,
  ratioFromZeroToOne,
  ratioPositive,
  ratioUpToOne,
} from './schema-primitives.ts';

const MEASURES = ['NOW', 'STRESSED'] as const satisfies readonly SecurityPolicy['measure'][];

const MEASURE_MEANINGS = {
  NOW: 'What stands behind the open value at the present mark.',
  STRESSED: 'What would stand behind it after the shock, the worse of both directions, less the slippage.',
} as const satisfies Readonly<Record<SecurityPolicy['measure'], string>>;

const ON_RED = ['REDUCE_ONLY', 'TELL'] as const satisfies readonly SecurityPolicy['onRed'][];

const ON_RED_MEANINGS = {
  REDUCE_ONLY: 'An active market opens nothing new until it is red no more.',
  TELL: 'People are told and nothing else happens.',
} as const satisfies Readonly<Record<SecurityPolicy['onRed'], string>>;

const bandSchema = (name: string, enter: string, leave: string) =>
  field(
    closed({
      enter: field(ratioPositive, {
        title: 'Enter',
        what: `The market turns ${name} below it.`,
        unit: 'ratio of security to open value',
        effect: `Raise it and markets turn ${name} earlier and trade less. Lower it and less security stands behind them before anybody acts.`,
        examples: [enter],
      }),
      leave: field(ratioPositive, {
        title: 'Leave',
        what: `The market is ${name} no more at or above it; at least the entry.`,
        unit: 'ratio of security to open value',
        effect: `Raise it and a market stays ${name} until more security is back. Lower it and it may flicker.`,
        examples: [leave],
      }),
    }).transform((line): BandLine => ({ enter: line.enter, leave: line.leave })),
    { title: `${name} band`, what: `Where a market is ${name}.` },
  );

const securitySchema = closed({
  interval: field(durationText, {
    title: 'Interval',
    what: 'How often a market is looked at, at its marks. A look reads everyone who holds the market.',
    unit: 'ISO 8601 length of time',
    effect: 'Lengthen it and a thin market is found later. Shorten it and marks of large markets cost more to take.',
    examples: ['PT60S'],
  }),
  measure: field(
    choices(MEASURES, (name) => MEASURE_MEANINGS[name]),
    { title: 'Measure', what: 'What the bands are compared with.' },
  ),
  shock: field(ratioFromZeroBelowOne, {
    title: 'Shock',
    what: 'How far the stress moves the mark, up and down. The bands read it under the measure STRESSED only; the buffer of the report always does.',
    unit: 'ratio of the mark, from 0 and below 1',
    effect: 'Under STRESSED: raise it and markets turn amber and red earlier, lower it and only thin ones do. Under NOW no band moves.',
    examples: ['0.2'],
  }),
  slippage: field(ratioFromZeroBelowOne, {
    title: 'Slippage',
    what: 'What closing the whole open value would cost under stress. The bands read it under the measure STRESSED only, as the shock.',
    unit: 'ratio of the open value, from 0 and below 1',
    effect:
      'Under STRESSED: raise it and markets turn amber and red earlier, lower it and they are trusted to be closed cheaply. Under NOW no band moves.',
    examples: ['0.01'],
  }),
  amber: bandSchema('amber', '0.10', '0.12'),
  red: bandSchema('red', '0.05', '0.06'),
  onRed: field(
    choices(ON_RED, (name) => ON_RED_MEANINGS[name]),
    { title: 'On red', what: 'What a red market brings.' },
  ),
}).transform((given): SecurityPolicy => {
  const { interval, measure, shock, slippage, amber, red, onRed } = given;
  return { interval, measure, shock, slippage, amber, red, onRed };
});

const volatilitySchema = closed({
  window: field(durationText, {
    title: 'Window',
    what: 'Time over which the average follows the marks.',
    unit: 'ISO 8601 length of time',
    effect: 'Lengthen it and a slow pump is noticed too, a true move believed later. Shorten it and only sudden moves are held back.',
    examples: ['PT1H'],
  }),
  ratio: field(ratioAboveOne, {
    title: 'Ratio',
    what: 'A mark above this times the average, or below the average divided by it, is quarantined.',
    unit: 'ratio of the average, above 1',
    effect: 'Raise it and wilder marks liquidate. Lower it and true crashes are held back, which the fund pays for.',
    examples: ['5'],
  }),
}).transform(({ window, ratio: most }): VolatilityPolicy => ({ window, ratio: most }));

const openingSchema = closed({
  openInterestCap: field(moneyPositive.nullish(), {
    title: 'Open interest cap',
    what: 'Most open interest of one market; null for no cap.',
    unit: 'settlement asset',
    effect: 'Raise it and one market may cost the fund more. Lower it and the venue trades less.',
    default: null,
    examples: ['100000000'],
  }),
  amberCapShare: field(ratioFromZeroToOne.optional(), {
    title: 'Share of the cap in an amber market',
    what: 'What part of the cap holds while the market is amber.',
    unit: 'ratio from 0 to 1',
    effect: 'Raise it and amber markets go on growing. Lower it and they shrink sooner.',
    default: '1',
    examples: ['0.5'],
  }),
  positionShare: field(ratioUpToOne.nullish(), {
    title: 'Share of one account',
    what: 'Most of a market’s open interest that one account may hold on one side; null for any.',
    unit: 'ratio of the open interest, above 0 and at most 1',
    effect: 'Raise it and one account’s fall may take the market with it. Lower it and large traders go elsewhere.',
    default: null,
    examples: ['0.2'],
  }),
  positionShareFrom: field(moneyNotNegative.optional(), {
    title: 'Share asked from',
    what: 'Open interest up to which nobody’s share is asked: somebody has to be the first.',
    unit: 'settlement asset',
    effect: 'Raise it and young markets may belong to few. Lower it and nobody can open them.',
    default: '0',
    examples: ['1000000'],
  }),
  unrealizedProfitCap: field(moneyNotNegative.nullish(), {
    title: 'Cap of unrealized profit',
    what: 'Most unrealized profit of a pool that counts for opening and withdrawing; null for all. Liquidation always counts all of it.',
    unit: 'settlement asset',
    effect: 'Raise it and profit of a pumped market carries new positions. Lower it and traders have to add margin although they win.',
    default: null,
    examples: ['100'],
  }),
}).transform(
  (given): OpeningPolicy => ({
    openInterestCap: given.openInterestCap ?? null,
    amberCapShare: given.amberCapShare ?? ratio(ONE),
    positionShare: given.positionShare ?? null,
    positionShareFrom: given.positionShareFrom ?? money(ZERO),
    unrealizedProfitCap: given.unrealizedProfitCap ?? null,
  }),
);

const withdrawalGateSchema = closed({
  closedFor: field(durationText, {
    title: 'Closed for',
    what: 'How long nobody withdraws an asset after a pool with it was found below zero.',
    unit: 'ISO 8601 length of time',
    effect: 'Lengthen it and winners of a false market cannot leave with its money. Shorten it and honest ones wait less.',
    examples: ['PT5M'],
  }),
}).transform(({ closedFor }): WithdrawalGatePolicy => ({ closedFor }));

/** What contains a failure to where it arose. Each is off where it is null or missing. */
export const CONTAINMENT_FIELDS = {
  securityToValue: field(securitySchema.nullable(), {
    title: 'Security to value',
    what: 'Tells from how much stands behind a market’s open value whether it is green, amber or red; null for never.',
  }),
  volatility: field(volatilitySchema.nullish(), {
    title: 'Volatility',
    what: 'Quarantines marks far from where they have been on average; null for never.',
    default: null,
  }),
  opening: field(openingSchema.nullish(), {
    title: 'Opening',
    what: 'What the venue asks before positions open or grow, or accounts withdraw. The engine decides nothing by it; null for nothing.',
    default: null,
  }),
  withdrawalGate: field(withdrawalGateSchema.nullish(), {
    title: 'Withdrawal gate',
    what: 'Closes withdrawals of an asset after a pool with it was found below zero; null for never.',
    default: null,
  }),
} as const;
