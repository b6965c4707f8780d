import { exclude, indicator, ranking } from './law-deleveraging.ts';
import { choice, closed, type Form, isMembers, oneForm } from './law-forms.ts';
import { belowOne, notNegative, positive, upToOne } from './law-scalars.ts';

/** What `deleveraging.json` may say of how a residual is taken. */

const allocation = choice(
  'QUEUE',
  'PRO_RATA_BY_PROFIT',
  'PRO_RATA_BY_EQUITY',
  'PRO_RATA_BY_CONTRACTS',
  'CAPPED_PRO_RATA',
  'RISK_AWARE_PRO_RATA',
  'LEVERAGE_DRAIN',
);

const afterCounterparties = choice('CARRY_AND_HALT', 'SOCIALIZE_OVER_OPEN_INTEREST', 'SOCIALIZE_OVER_WINNERS');

const severity = oneForm('kind', {
  FULL: {},
  BUDGET_OF_DEFICIT: { share: upToOne, maximumOvershoot: notNegative },
  BUDGET_OF_WAVE: { amount: positive, maximumOvershoot: notNegative },
  CAP_OF_POSITION: { share: upToOne },
  CAP_OF_PROFIT: { share: upToOne },
});

const measuredPrice = oneForm('kind', { MARK_SPREAD: { spread: belowOne }, LAST_DISTANCE: { marginFraction: belowOne } });
const namedPrice = choice('BANKRUPTCY', 'MARK', 'FROZEN_MARK', 'PREVIOUS_MARK', 'INDEX_CAPPED_AT_BANKRUPTCY');

const priceByMode = closed({ CROSS: namedPrice, ISOLATED: namedPrice });

const settlementPrice: Form = (value, path) => {
  if (typeof value === 'string') return namedPrice(value, path);
  return (isMembers(value) && Object.hasOwn(value, 'CROSS') ? priceByMode : measuredPrice)(value, path);
};

/** The form of `deleveraging.json`. */
export const deleveraging = closed(
  {
    ranking,
    allocation,
    severity,
    settlementPrice,
    exclude,
    indicator,
  },
  { afterCounterparties },
);
