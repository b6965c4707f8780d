import type { GivenTier, TierForm } from '#core/market/given-tier.ts';
import { Decimal, ONE } from '#core/units/decimal.ts';
import type { FindingText } from './finding-at.ts';

/** Digits of a figure that only illustrates; what is to be written into a file is always exact. */
const FIGURE_DIGITS = 12;

/** Notional value by which a difference of rates is shown. */
const SAMPLE_NOTIONAL = new Decimal(100_000);

const figure = (value: Decimal): string => `\`${value.toSignificantDigits(FIGURE_DIGITS).toFixed()}\``;
const exact = (value: Decimal): string => `\`${value.toFixed()}\``;

/** A lowest tier above zero. */
export const badStart = ({ notionalFloor, maintenanceMarginRate }: GivenTier): FindingText => ({
  code: 'tier-start',
  message: `expected \`0\`, the floor of the lowest tier, got ${exact(notionalFloor)}`,
  effect: `a position of ${figure(notionalFloor.div(2))} notional has no tier: nobody said which margin it needs, ${figure(notionalFloor.div(2).times(maintenanceMarginRate))} by the first tier's rate or none`,
  mend: 'write "0"',
});

interface Boundary {
  readonly tier: GivenTier;
  readonly below: GivenTier;
  readonly amount: Decimal;
  readonly amountBelow: Decimal;
}

/** A floor that is not the cap below: between the two a position has no tier, or two. Both margins are notional · rate − amount in the middle. */
export const unjoined = ({ tier, below, amount, amountBelow }: Boundary, cap: Decimal): FindingText => {
  const floor = tier.notionalFloor;
  const middle = floor.plus(cap).div(2);
  const lower = figure(middle.times(below.maintenanceMarginRate).minus(amountBelow));
  const upper = figure(middle.times(tier.maintenanceMarginRate).minus(amount));
  const isGap = floor.gt(cap);
  return {
    code: isGap ? 'tier-gap' : 'tier-overlap',
    message: `expected ${exact(cap)}, the cap of the tier below, got ${exact(floor)}`,
    effect: `a position of ${figure(middle)} notional ${isGap ? 'has no tier' : 'is in two tiers'}: its maintenance margin could be ${lower}, by the lower tier, or ${upper}, by the upper one`,
    mend: `write "${cap.toFixed()}" here, or "${floor.toFixed()}" as the cap of the tier below`,
  };
};

/** No cap below the last tier. */
export const uncapped = ({ notionalFloor, maintenanceMarginRate }: GivenTier, next: GivenTier): FindingText => ({
  code: 'tier-uncapped',
  message: 'expected a cap: only the last tier may have none, got null',
  effect: `every position above ${exact(notionalFloor)} notional would stay at the rate ${exact(maintenanceMarginRate)}: the higher rates of the tiers above would never be asked, and the largest losses would reach the fund`,
  mend: `write "${next.notionalFloor.toFixed()}", the floor of the next tier`,
});

/** A cap that is not above the floor. */
export const emptyTier = ({ notionalFloor, maintenanceMarginRate }: GivenTier, cap: Decimal): FindingText => ({
  code: 'tier-empty',
  message: `expected a cap above the floor ${exact(notionalFloor)}, got ${exact(cap)}`,
  effect: `no position is ever in this tier: its rate ${exact(maintenanceMarginRate)} holds for nobody, and positions above ${exact(notionalFloor)} notional get another margin than the table seems to say`,
  mend: `write a cap above "${notionalFloor.toFixed()}", or remove the tier`,
});

/** A rate below that of the tier below. */
export const fallingRate = ({ notionalFloor, maintenanceMarginRate }: GivenTier, below: GivenTier): FindingText => ({
  code: 'tier-rate-falls',
  message: `expected at least ${exact(below.maintenanceMarginRate)}, the rate of the tier below, got ${exact(maintenanceMarginRate)}`,
  effect: `the largest positions, the dearest to close, would bring the least: each ${exact(SAMPLE_NOTIONAL)} above ${exact(notionalFloor)} notional needs ${figure(below.maintenanceMarginRate.minus(maintenanceMarginRate).times(SAMPLE_NOTIONAL))} less margin than below it`,
  mend: `write "${below.maintenanceMarginRate.toFixed()}" or more`,
});

/** A maintenance margin rate at or above 1 / maximum leverage. */
export const liquidatableAtOnce = ({ maintenanceMarginRate }: GivenTier, maximumLeverage: Decimal): FindingText => {
  const initial = ONE.div(maximumLeverage).toSignificantDigits(FIGURE_DIGITS);
  return {
    code: 'maintenance-not-below-initial',
    message: `expected less than the initial margin rate ${exact(initial)} (1 / ${exact(maximumLeverage)}), got ${exact(maintenanceMarginRate)}: a new position would be liquidatable`,
    effect: `a trader who opens ${exact(SAMPLE_NOTIONAL)} notional at ${exact(maximumLeverage)}x pays ${figure(SAMPLE_NOTIONAL.div(maximumLeverage))} of margin and needs ${figure(SAMPLE_NOTIONAL.times(maintenanceMarginRate))}: the position is liquidatable at once and its margin lost`,
    mend: `write a rate below "${initial.toFixed()}", or a maximum leverage below "${ONE.div(maintenanceMarginRate).toSignificantDigits(FIGURE_DIGITS).toFixed()}"`,
  };
};

/** Amounts that a table has and should not have: where the first of them stands, and what belongs there and above. */
export interface WrongAmounts {
  readonly given: Decimal;
  readonly derived: Decimal;
  /** What would continue from the amount below. */
  readonly continued: Decimal;
  /** Amounts above that have to change with this one, by index of their tier; null where other faults of the table must be mended before they are known. */
  readonly above: readonly { readonly index: number; readonly derived: Decimal }[] | null;
}

/** Most amounts that a mend names: more than a crowded table of a venue has. */
const AMOUNTS_MAX = 20;

const amountMend = ({ derived, above }: WrongAmounts): string => {
  const leftOut = 'leave out `maintenanceAmount` from here up: it is derived then';
  if (above === null || above.length > AMOUNTS_MAX) return leftOut;
  if (above.length === 0) return `write "${derived.toFixed()}", or leave it out: it is derived then`;
  const named = above.map((each) => `"${each.derived.toFixed()}" in [${each.index}]`).join(', ');
  return `write "${derived.toFixed()}" here, ${named}, or ${leftOut}`;
};

/** The first amount that is neither the derived one nor continues a faulty one below: margin = notional · rate − amount jumps by the difference. */
export const amountJump = (tier: GivenTier, wrong: WrongAmounts): FindingText => {
  const { given, derived, continued } = wrong;
  const jump = continued.minus(given);
  const direction = jump.isNegative() ? 'falls' : 'jumps up';
  const loser = jump.isNegative()
    ? 'so much less stands between the position and the fund'
    : 'one lot more can liquidate a position that was safe';
  return {
    code: 'tier-amount',
    message: `expected ${exact(derived)}, which keeps the maintenance margin continuous at the floor, got ${exact(given)}`,
    effect: `at ${exact(tier.notionalFloor)} notional the maintenance margin ${direction} by ${exact(jump.abs())}: ${loser}`,
    mend: amountMend(wrong),
  };
};

/** An amount where the table's form has none. */
export const unusedAmount = (form: TierForm, given: Decimal): FindingText => ({
  code: 'tier-amount-unused',
  message: `expected none in form \`${form}\`, got ${exact(given)}`,
  effect: `the amount would be ignored: every position of the tier needs ${exact(given)} more margin than the table seems to say, and is liquidated earlier`,
  mend: 'leave it out, or write "DEDUCTION" as the form of the file',
});
