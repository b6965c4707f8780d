import { choice, closed, type Form, isMembers, keyed, list, orNull } from './law-forms.ts';
import { belowOne, notNegative, positive } from './law-scalars.ts';

/** The form of `margin-tiers.json`: a part of the grammar in `law-grammar.ts`. */

const BOUNDS = { notionalFloor: notNegative, notionalCap: orNull(positive) };
const AMOUNT = { maintenanceAmount: orNull(notNegative) };

/** A tier with its rate. */
const ratedTier = closed({ ...BOUNDS, maintenanceMarginRate: belowOne }, { ...AMOUNT, maximumLeverage: orNull(positive) });

/** A tier whose rate follows from its leverage. */
const linkedTier = closed({ ...BOUNDS, maximumLeverage: positive }, AMOUNT);

const isLinked = (value: unknown): boolean => isMembers(value) && !Object.hasOwn(value, 'maintenanceMarginRate');

const scale = closed({ lower: notNegative, upper: positive });

const fileWith = (tier: Form, isMarket: (key: string) => boolean): Form =>
  closed(
    {
      form: choice('DEDUCTION', 'MARGINAL', 'FLAT'),
      boundary: choice('LOWER_TIER', 'HIGHER_TIER'),
      markets: keyed((key) => key === '*' || isMarket(key), list(tier, 1, 200)),
    },
    {
      measuredIn: choice('NOTIONAL', 'CONTRACTS'),
      valuedAt: choice('MARK', 'ENTRY'),
      closingFee: choice('BESIDE_MAINTENANCE', 'IN_MAINTENANCE', 'NONE'),
      maintenanceFraction: orNull(belowOne),
      openInterestScales: orNull(keyed((key) => key === '*' || isMarket(key), scale)),
    },
  );

/** The file, whose tiers may leave their rates out where it has a fraction to derive them by. */
export const marginTiersForm =
  (isMarket: (key: string) => boolean): Form =>
  (value, path) => {
    const hasFraction = isMembers(value) && typeof value.maintenanceFraction === 'string';
    const tier: Form = (each, at) => (hasFraction && isLinked(each) ? linkedTier(each, at) : ratedTier(each, at));
    return fileWith(tier, isMarket)(value, path);
  };
