import type { TierTable } from '#core/market/margin-tiers.ts';
import { Decimal } from '#core/units/decimal.ts';
import { examplePosition } from './example-position.ts';
import { amount, percent, shortAmount } from './in-words.ts';
import type { BandFigures, ExamplePosition, Said } from './rule-change.ts';
import { type Band, isLeverageChanged, isRateChanged } from './tier-bands.ts';

/** `50k–600k`, or `above 600k`. */
export const rangeWords = (floor: Decimal, cap: Decimal | null): string =>
  cap === null ? `above ${shortAmount(floor)}` : `${shortAmount(floor)}–${shortAmount(cap)}`;

const indexes = ([first, last]: readonly [number, number]): string => (first === last ? String(first) : `${first}–${last}`);

/** Tiers as the fact `tierIndex` counts them, from 0. */
const tierWords = ({ tiersBefore, tiersAfter }: Band): string => {
  const [before, after] = [indexes(tiersBefore), indexes(tiersAfter)];
  const several = before.includes('–') || after.includes('–');
  return `${several ? 'tiers' : 'tier'} ${before === after ? before : `${before} → ${after}`}`;
};

const HUNDRED = new Decimal(100);

/** Decimals of a distance; a smaller one keeps two digits. */
const DISTANCE_PLACES = 2;

const distance = (percents: Decimal): string => {
  const rounded = percents.toDecimalPlaces(DISTANCE_PLACES);
  const shown = rounded.isZero() ? percents.toSignificantDigits(DISTANCE_PLACES) : rounded;
  return `${shown.toFixed()} %`;
};

const fateWords = ({ side, before, after, distancePercent }: ExamplePosition): string => {
  if (after.atOnce) return 'is liquidated at once';
  if (before.atOnce) return 'is no longer liquidated at once';
  const [from, to] = [before.liquidationPrice, after.liquidationPrice];
  if (to === null) return 'is never liquidated any more';
  if (from === null || distancePercent === null) return `can be liquidated now, ${distance(to.minus(HUNDRED).abs())} away from its entry`;
  if (distancePercent.isZero()) return 'is liquidated at the same price';
  const isEarlier = side === 'LONG' ? to.gt(from) : to.lt(from);
  return `is liquidated ${distance(distancePercent)} ${isEarlier ? 'earlier' : 'later'}`;
};

/** `a 100k long at 20× is liquidated 0.26 % earlier`; percents are of the mark at which it was opened. */
export const exampleWords = (example: ExamplePosition): string =>
  `a ${shortAmount(example.notionalValue)} ${example.side.toLowerCase()} at ${example.leverage.toFixed()}× ${fateWords(example)}`;

/** Rates always show one decimal, so that 1.0 % and 1.25 % read as one column. */
export const rateWords = (rate: Decimal): string => percent(rate, 1);

export const leverageWords = (leverage: Decimal | null): string => (leverage === null ? 'none' : `${leverage.toFixed()}×`);

const leverageEffect = ([before, after]: readonly [Decimal | null, Decimal | null]): string => {
  if (after === null) return 'positions may be opened at any leverage';
  if (before === null) return 'opening is bounded';
  return after.lt(before) ? 'positions need more margin to be opened' : 'positions need less margin to be opened';
};

/** By how much more or less margin the band holds: maintenance margin falls by what an amount rises. */
const sizeWords = ([lowest, highest]: readonly [Decimal, Decimal]): string => {
  const [least, most] = [highest.negated(), lowest.negated()];
  if (least.eq(most)) return `${amount(most.abs())} ${most.lt(0) ? 'lower' : 'higher'}`;
  if (most.lt(0)) return `${amount(most.abs())} to ${amount(least.abs())} lower`;
  return least.gt(0) ? `${amount(least)} to ${amount(most)} higher` : `from ${amount(least.abs())} lower to ${amount(most)} higher`;
};

const causeOf = ([before, after]: readonly [TierTable, TierTable]): string => {
  if (before.form !== after.form) return 'by the form of the tables';
  return before.continuous && after.continuous ? 'by what changed in the tiers below' : 'by its amount';
};

/** The figures of a band, and what is said of it. */
export const bandWords = (tables: readonly [TierTable, TierTable], band: Band): { readonly figures: BandFigures; readonly said: Said } => {
  const rates = isRateChanged(band) ? ([band.before.maintenanceMarginRate, band.after.maintenanceMarginRate] as const) : null;
  const leverages = isLeverageChanged(band) ? ([band.before.maximumLeverage, band.after.maximumLeverage] as const) : null;
  const example = rates === null ? null : examplePosition(tables, band.notionalFloor, band.notionalCap);
  const { notionalFloor, notionalCap } = band;
  const figures: BandFigures = { notionalFloor, notionalCap, tiers: tierWords(band), rates, leverages, example };
  if (rates === null && leverages === null) {
    const what = `maintenance margin ${sizeWords(band.amountChange)} at the same rate`;
    return { figures, said: { what, effect: causeOf(tables) } };
  }
  const what = [
    ...(rates === null ? [] : [`maintenance ${rateWords(rates[0])} → ${rateWords(rates[1])}`]),
    ...(leverages === null ? [] : [`maximum leverage ${leverageWords(leverages[0])} → ${leverageWords(leverages[1])}`]),
  ].join(', ');
  const effect = example === null ? (leverages === null ? null : leverageEffect(leverages)) : exampleWords(example);
  return { figures, said: { what, effect } };
};
