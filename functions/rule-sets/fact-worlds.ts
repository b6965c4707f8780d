import { type Decimal, ONE, ZERO } from '#core/units/decimal.ts';
import type { FactName, RuleKind } from './facts.ts';
import { above, atLeast, atMost, below, exactly, type Interval } from './interval.ts';
import { RATIO_OF_INSOLVENT } from './margin-facts.ts';

/** A sum of facts with factors. */
export type Combination = Partial<Readonly<Record<FactName, Decimal>>>;

/** Σ factor · fact ≤ 0, or < 0 where `strict`. */
export interface Relation {
  readonly sum: Combination;
  readonly strict: boolean;
}

/** A fact that is a quotient: Σ factor · fact / `of`, where `of` is above zero. */
export interface Share {
  readonly fact: FactName;
  readonly sum: Combination;
  readonly of: FactName;
}

/**
 * One kind of pool, or of fund, in which the facts keep the same relations to each other. Together the worlds of a rule kind cover whatever can be asked about.
 */
export interface World {
  readonly ranges: Partial<Readonly<Record<FactName, Interval>>>;
  /** Facts that the relations are between; the last one gets its value first. */
  readonly variables: readonly FactName[];
  readonly relations: readonly Relation[];
  readonly shares: readonly Share[];
}

const MINUS = ONE.negated();

/** Positions have a value; rates of tiers are above 0 and below 1, hence 0 < maintenanceMargin < notionalValue; taker fees are from 0 to below 1. */
const HOLDING: Pick<World, 'variables' | 'relations'> = {
  variables: ['maintenanceMargin', 'notionalValue', 'marginExcess', 'marginBalance'],
  relations: [
    { sum: { maintenanceMargin: ONE, notionalValue: MINUS }, strict: true },
    { sum: { maintenanceMargin: ONE, marginExcess: ONE, marginBalance: MINUS }, strict: false },
    { sum: { marginBalance: ONE, marginExcess: MINUS, maintenanceMargin: MINUS, notionalValue: MINUS }, strict: true },
  ],
};

const held = { positionCount: atLeast(ONE), notionalValue: above(ZERO), maintenanceMargin: above(ZERO) };

const SOLVENT: World = {
  ...HOLDING,
  ranges: { ...held, marginBalance: above(ZERO) },
  shares: [
    { fact: 'marginRatio', sum: { marginBalance: ONE, marginExcess: MINUS }, of: 'marginBalance' },
    { fact: 'effectiveLeverage', sum: { notionalValue: ONE }, of: 'marginBalance' },
  ],
};

const INSOLVENT: World = {
  ...HOLDING,
  ranges: {
    ...held,
    marginBalance: atMost(ZERO),
    marginRatio: exactly(RATIO_OF_INSOLVENT),
    effectiveLeverage: exactly(RATIO_OF_INSOLVENT),
  },
  shares: [],
};

const nothing = exactly(ZERO);

const WITHOUT_POSITION: World = {
  ranges: {
    positionCount: nothing,
    notionalValue: nothing,
    maintenanceMargin: nothing,
    marginRatio: nothing,
    effectiveLeverage: nothing,
    tierIndex: nothing,
    markAge: nothing,
  },
  variables: ['marginExcess', 'marginBalance'],
  relations: [
    { sum: { marginExcess: ONE, marginBalance: MINUS }, strict: false },
    { sum: { marginExcess: MINUS, marginBalance: ONE }, strict: false },
  ],
  shares: [],
};

/** The drawdown is 1 − balance / peak, or 0 for a fund that never had anything; what is available is part of the balance. */
const fund = (fundBalance: Interval, fundDrawdown: Interval, isEmpty = true): World => ({
  ranges: { fundBalance, fundDrawdown, ...(isEmpty ? { fundAvailable: nothing } : {}) },
  variables: ['fundAvailable', 'fundBalance'],
  relations: isEmpty ? [] : [{ sum: { fundAvailable: ONE, fundBalance: MINUS }, strict: false }],
  shares: [],
});

const WORLDS: Readonly<Record<RuleKind, readonly World[]>> = {
  margin: [SOLVENT, INSOLVENT, WITHOUT_POSITION],
  shortfall: [
    fund(above(ZERO), { ...atLeast(ZERO), most: ONE, mostOpen: true }, false),
    fund(nothing, nothing),
    fund(nothing, exactly(ONE)),
    // Overdrawn: never by the engine's own act, but a book may say so.
    fund(below(ZERO), nothing),
    fund(below(ZERO), above(ONE)),
  ],
};

/** The worlds that rules of one kind are asked about. */
export const worldsOf = (ruleKind: RuleKind): readonly World[] => WORLDS[ruleKind];
