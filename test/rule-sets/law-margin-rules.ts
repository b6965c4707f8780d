import { choice, closed, type Form, flag, isMembers, list, oneForm, orNull, whole } from './law-forms.ts';
import { notNegative, positive, upToOne } from './law-scalars.ts';

const owner = choice('FUND', 'TRADER');

/** Events whose members all stand in `params`: those that it needs and those that may be missing. */
const withParams = (needed: Readonly<Record<string, Form>>, allowed: Readonly<Record<string, Form>> = {}) => ({
  params: closed(needed, allowed),
});

const reductions = (duration: Form): Readonly<Record<string, Form>> => {
  const cooldown = closed({ notionalAbove: notNegative, length: duration, meanwhile: choice('CLOSE_ALL', 'WAIT') });
  const needing = oneForm('type', {
    REDUCE_BY_FRACTION: withParams({ fraction: upToOne }, { cooldown: orNull(cooldown) }),
    REDUCE_EQUALLY: withParams({ shares: list(upToOne, 1, 100), marginRatioBelow: positive }),
    REDUCE_BY_PORTION: withParams({ fraction: upToOne, minimumNotional: notNegative, maximumNotional: positive, interval: duration }),
  });
  const tiers = closed({ type: choice('REDUCE_TO_TIER') }, withParams({ tiers: whole(1, 100) }));
  const minimums = { minimumShortage: notNegative, minimumNotional: notNegative };
  const recovery = closed({ type: choice('REDUCE_TO_RECOVERY') }, withParams({}, minimums));
  return {
    REDUCE_TO_TIER: tiers,
    REDUCE_TO_RECOVERY: recovery,
    REDUCE_BY_FRACTION: needing,
    REDUCE_EQUALLY: needing,
    REDUCE_BY_PORTION: needing,
  };
};

/** What a margin rule may want done. */
export const marginEventForm = (duration: Form): Form => {
  const forms = new Map(Object.entries(reductions(duration)));
  const plain = closed({ type: choice('WARN', 'LIQUIDATE', 'TAKE_OVER') });
  return (value, path) => ((isMembers(value) ? forms.get(String(value.type)) : undefined) ?? plain)(value, path);
};

const feeBasis = oneForm('kind', { FILLED_VALUE: {}, RELEASED_MAINTENANCE: {}, MARGIN_LEFT: { share: upToOne } });

const buffer = closed({ of: choice('MAINTENANCE_MARGIN', 'NOTIONAL_VALUE'), ratio: positive });

const legs = closed({ order: choice('MARKET', 'LARGEST_NOTIONAL', 'LARGEST_LOSS', 'LARGEST_MAINTENANCE'), atOnce: choice('ALL', 'ONE') });

const cancelScope: Form = (value, path) => (typeof value === 'boolean' ? flag(value, path) : choice('ALL', 'MARKET', 'NONE')(value, path));

const fillable = closed({ spreadToMaintenance: positive, bankruptcyAdjustment: positive });

/** A member is there where another has one word, and nowhere else. */
const partnerFaults = (value: unknown, path: string, [key, word, partner]: readonly [string, string, string]): readonly string[] => {
  if (!isMembers(value)) return [];
  const isThere = (value[partner] ?? null) !== null;
  return (value[key] === word) === isThere ? [] : [`${path}.${partner} goes with ${word}`];
};

/** How liquidation orders are sent. */
export const executionForm = (duration: Form): Form => {
  const members = closed(
    {
      limit: choice('FUND_BACKED', 'BANKRUPTCY', 'FILLABLE'),
      surplus: closed({ REDUCE: owner, LIQUIDATE: owner }),
      liquidationFeeRate: notNegative,
      recovery: choice('MAINTENANCE', 'BUFFER', 'INITIAL'),
      cancelOrdersFirst: cancelScope,
      orderTimeToLive: duration,
    },
    {
      liquidationFeeBasis: feeBasis,
      concessionRate: notNegative,
      recoveryBuffer: orNull(buffer),
      legs,
      fillable: orNull(fillable),
      crossBankruptcyPrice: choice('ZERO_PRICE', 'OTHERS_FROZEN'),
    },
  );
  return (value, path) => [
    ...members(value, path),
    ...partnerFaults(value, path, ['recovery', 'BUFFER', 'recoveryBuffer']),
    ...partnerFaults(value, path, ['limit', 'FILLABLE', 'fillable']),
  ];
};
