import { Decimal } from '#core/units/decimal.ts';
import { withThousands } from '#local/thousands.ts';

/** For people: at most `places` decimals, thousands set apart. */
export const readable = (value: Decimal, places: number): string => withThousands(value.toDecimalPlaces(places).toFixed());

/** Digits of a price that a person needs where six decimals would show none of it, as for coins at a hundred-thousandth. */
const PRICE_DIGITS_MIN = 6;
const PRICE_PLACES = 6;

/** For people: a price to six decimals, or to six digits where that is more. */
export const readablePrice = (value: Decimal): string => readable(value, Math.max(PRICE_PLACES, PRICE_DIGITS_MIN - 1 - value.e));

/** `null` as a dash, as for a liquidation price that no mark reaches. */
export const shown = (text: string | null, show: (value: Decimal) => string): string => (text === null ? '—' : show(new Decimal(text)));

export const toPlaces =
  (places: number) =>
  (value: Decimal): string =>
    readable(value, places);

/** Below this an amount is likely one of a coin, whose cents are money too. */
const LARGE_AMOUNT = 100;

/** For people: an amount to the cent, or to six decimals where it is below a hundred. */
export const readableAmount = (value: Decimal): string => readable(value, value.abs().gte(LARGE_AMOUNT) ? 2 : 6);

const FACT_LENGTH_MAX = 24;

/** For people: a fact as the rules were given it, cut where a division made more digits than anybody reads. */
export const shownFact = (text: string): string => (text.length > FACT_LENGTH_MAX ? `${text.slice(0, FACT_LENGTH_MAX)}…` : text);
