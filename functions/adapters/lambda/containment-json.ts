import type {
  BandLine,
  ContainmentPolicy,
  OpeningPolicy,
  SecurityPolicy,
  VolatilityPolicy,
  WithdrawalGatePolicy,
} from '#core/market/containment-policy.ts';
import { oneOf } from '../dynamodb/attribute.ts';
import { type Members, nullable, structure } from '../dynamodb/composite-attribute.ts';
import { durationNumber, moneyNumber, ratioNumber } from '../dynamodb/decimal-attribute.ts';

const band = structure<BandLine>({ enter: ratioNumber, leave: ratioNumber });

const security = structure<SecurityPolicy>({
  interval: durationNumber,
  measure: oneOf('NOW', 'STRESSED'),
  shock: ratioNumber,
  slippage: ratioNumber,
  amber: band,
  red: band,
  onRed: oneOf('REDUCE_ONLY', 'TELL'),
});

const opening = structure<OpeningPolicy>({
  openInterestCap: nullable(moneyNumber),
  amberCapShare: ratioNumber,
  positionShare: nullable(ratioNumber),
  positionShareFrom: moneyNumber,
  unrealizedProfitCap: nullable(moneyNumber),
});

/** What contains a failure, as the safeguards of a rule set have it. */
export const containmentMembers: Members<ContainmentPolicy> = {
  securityToValue: nullable(security),
  volatility: nullable(structure<VolatilityPolicy>({ window: durationNumber, ratio: ratioNumber })),
  opening: nullable(opening),
  withdrawalGate: nullable(structure<WithdrawalGatePolicy>({ closedFor: durationNumber })),
};
