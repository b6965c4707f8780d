import { Decimal } from '#core/units/decimal.ts';
import { decimalText, durationText } from '#rule-sets/schema-primitives.ts';
import { amount, duration, percent, written } from './in-words.ts';
import type { Said } from './rule-change.ts';

/** How a change of one value is told; null where the value is of a kind that the wording does not know, and the general line has to do. */
export type Wording = (before: unknown, after: unknown) => Said | null;

/** Wordings by the value's place within its unit, steps joined by dots. */
export type Wordings = Readonly<Record<string, Wording>>;

/** How a quantity is read from JSON and shown. */
export interface Measure {
  readonly read: (value: unknown) => Decimal | null;
  readonly show: (value: Decimal) => string;
}

const readDecimal = (value: unknown): Decimal | null => {
  const parsed = decimalText.safeParse(value);
  return parsed.success ? parsed.data : null;
};

const readDuration = (value: unknown): Decimal | null => {
  const parsed = durationText.safeParse(value);
  return parsed.success ? new Decimal(parsed.data) : null;
};

export const AMOUNT: Measure = { read: readDecimal, show: amount };
export const SHARE: Measure = { read: readDecimal, show: (value) => percent(value) };
export const DURATION: Measure = { read: readDuration, show: duration };
export const COUNT: Measure = { read: (value) => (typeof value === 'number' ? new Decimal(value) : null), show: amount };

/** Whether two different texts say the same number or the same length of time. */
export const isSameNumber = (before: unknown, after: unknown): boolean =>
  [readDecimal, readDuration].some((read) => {
    const [from, to] = [read(before), read(after)];
    return from !== null && to !== null && from.eq(to);
  });

/** What a change in each direction means; `by` is how far it went. */
export interface Direction {
  readonly more: string | ((by: string) => string);
  readonly less: string | ((by: string) => string);
  /** How the absence of a value is called, and what beginning and ending it mean; left out where it always has one. */
  readonly absence?: { readonly called: 'off' | 'none'; readonly begins: string; readonly ends: string };
}

const effectOf = (direction: Direction, by: Decimal, measure: Measure): string => {
  const effect = by.gt(0) ? direction.more : direction.less;
  return typeof effect === 'string' ? effect : effect(measure.show(by.abs()));
};

const isAbsent = (value: unknown): boolean => value === null || value === undefined;

/** A quantity that went up or down, appeared or disappeared. */
export const moved =
  (label: string, measure: Measure, direction: Direction): Wording =>
  (before, after) => {
    const [from, to] = [measure.read(before), measure.read(after)];
    const { absence } = direction;
    if (from !== null && to !== null) {
      if (from.eq(to)) return null;
      return { what: `${label} ${measure.show(from)} → ${measure.show(to)}`, effect: effectOf(direction, to.minus(from), measure) };
    }
    if (absence === undefined) return null;
    if (from === null && to !== null && isAbsent(before))
      return { what: `${label} ${absence.called} → ${measure.show(to)}`, effect: absence.begins };
    if (from !== null && to === null && isAbsent(after))
      return { what: `${label} ${measure.show(from)} → ${absence.called}`, effect: absence.ends };
    return null;
  };

/** One of several choices; what the new one means, where it is known. */
export const chosen =
  (label: string, effects: Readonly<Record<string, string>>): Wording =>
  (before, after) => {
    const name = String(after);
    return {
      what: `${label} ${written(before)} → ${written(after)}`,
      effect: Object.hasOwn(effects, name) ? (effects[name] ?? null) : null,
    };
  };

const textsIn = (value: unknown): readonly string[] | null =>
  Array.isArray(value) && value.every((each) => typeof each === 'string') ? value : null;

/** A list of ids: what joined it, what left it, and what that means. */
export const gainedOrLost =
  (label: string, gained: (ids: readonly string[]) => string, lost: (ids: readonly string[]) => string): Wording =>
  (before, after) => {
    const [from, to] = [textsIn(before), textsIn(after)];
    if (from === null || to === null) return null;
    const [joined, left] = [to.filter((id) => !from.includes(id)), from.filter((id) => !to.includes(id))];
    const effects = [...(joined.length > 0 ? [gained(joined)] : []), ...(left.length > 0 ? [lost(left)] : [])];
    return { what: `${label} ${written(from)} → ${written(to)}`, effect: effects.length > 0 ? effects.join(', ') : 'the same ones' };
  };
