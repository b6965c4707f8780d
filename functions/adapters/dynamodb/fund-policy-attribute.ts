import type { BalanceTrigger, FundIncomePolicy, FundWarning } from '#core/insurance/fund-policy.ts';
import type { DrawdownPolicy, FundPolicy } from '#core/policy.ts';
import { type Attribute, flag, oneOf } from './attribute.ts';
import { list, nullable, structure } from './composite-attribute.ts';
import { durationNumber, moneyNumber, ratioNumber } from './decimal-attribute.ts';
import { id, marketOrAny } from './key-attributes.ts';

const drawdownPolicy: Attribute<DrawdownPolicy> = structure<DrawdownPolicy>({
  measure: oneOf('FUND_BALANCE', 'MARKET_RESULT'),
  window: durationNumber,
  trigger: ratioNumber,
  release: ratioNumber,
  operator: oneOf('AT_LEAST', 'GREATER_THAN'),
  minimumBalance: moneyNumber,
});

const balanceTrigger = structure<BalanceTrigger>({ start: moneyNumber, stop: moneyNumber });

const warning = structure<FundWarning>({ drawdown: nullable(ratioNumber), balance: nullable(moneyNumber) });

const income = structure<FundIncomePolicy>({ liquidationFeeShare: ratioNumber, surplusShare: ratioNumber });

/** The policy that a fund is kept by, as the rule set chose it. */
export const fundPolicyAttribute: Attribute<FundPolicy> = structure<FundPolicy>({
  fundId: id,
  asset: id,
  markets: list(marketOrAny),
  floor: moneyNumber,
  drawCapPerMarket: nullable(moneyNumber),
  drawCapPerInterval: nullable(moneyNumber),
  interval: durationNumber,
  drawdown: nullable(drawdownPolicy),
  balanceTrigger: nullable(balanceTrigger),
  warning: nullable(warning),
  drawCapPerMarketForever: nullable(moneyNumber),
  keepsLastUnit: flag,
  income,
});
