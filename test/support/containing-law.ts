import type { ContainmentPolicy } from '#core/market/containment-policy.ts';
import { decimal } from '#core/units/decimal.ts';
import { money, ratio } from '#core/units/money.ts';
import type { RuleSet } from '#rule-sets/rule-set.ts';
import { HOUSE, seconds, withSafeguards } from './small-law.ts';

const share = (text: string) => ratio(decimal(text));
const amount = (text: string) => money(decimal(text));

/** Everything that contains a failure, set to a small venue's size. */
export const CONTAINMENT: ContainmentPolicy = {
  securityToValue: {
    interval: seconds(10),
    measure: 'NOW',
    shock: share('0.1'),
    slippage: share('0.01'),
    amber: { enter: share('0.9'), leave: share('1') },
    red: { enter: share('0.5'), leave: share('0.6') },
    onRed: 'REDUCE_ONLY',
  },
  volatility: { window: seconds(3600), ratio: share('2') },
  opening: {
    openInterestCap: amount('1000'),
    amberCapShare: share('0.5'),
    positionShare: share('0.25'),
    positionShareFrom: amount('100'),
    unrealizedProfitCap: amount('100'),
  },
  withdrawalGate: { closedFor: seconds(20) },
};

/** `house`, the fund warned and stopped by its balance, with everything that contains a failure. */
export const CONTAINING: RuleSet = withSafeguards(
  {
    ...HOUSE,
    funds: HOUSE.funds.map((fund) => ({
      ...fund,
      balanceTrigger: { start: amount('10'), stop: amount('15') },
      warning: { drawdown: null, balance: amount('40') },
    })),
  },
  CONTAINMENT,
);
