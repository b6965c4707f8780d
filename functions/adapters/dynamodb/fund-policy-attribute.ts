import type { DrawdownPolicy, FundPolicy } from '#core/policy.ts';
import { type Attribute, oneOf } from './attribute.ts';
import { list, nullable, structure } from './composite-attribute.ts';
import { durationNumber, moneyNumber, ratioNumber } from './decimal-attribute.ts';
import { id, marketOrAny } from './key-attributes.ts';

const drawdownPolicy: Attribute<DrawdownPolicy> = structure<DrawdownPolicy>({
  window: durationNumber,
  trigger: ratioNumber,
  release: ratioNumber,
  operator: oneOf('AT_LEAST', 'GREATER_THAN'),
  minimumBalance: moneyNumber,
});

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
});
