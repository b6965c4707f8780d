import type { LiquidationFeeBasis, RecoveryBuffer } from '#core/liquidation/reduction-policy.ts';
import type { ExecutionPolicy } from '#core/policy.ts';
import { type Attribute, oneOf } from '../dynamodb/attribute.ts';
import { nullable, structure, variants } from '../dynamodb/composite-attribute.ts';
import { durationNumber, ratioNumber } from '../dynamodb/decimal-attribute.ts';

const owner = oneOf('FUND', 'TRADER');

const feeBasis = variants<LiquidationFeeBasis, 'kind'>(
  'kind',
  { FILLED_VALUE: {}, RELEASED_MAINTENANCE: {}, MARGIN_LEFT: { share: ratioNumber } },
  oneOf,
);

const recoveryBuffer = structure<RecoveryBuffer>({ of: oneOf('MAINTENANCE_MARGIN', 'NOTIONAL_VALUE'), ratio: ratioNumber });

/** How liquidation orders are sent, as a rule set's plain JSON has it. */
export const execution: Attribute<ExecutionPolicy> = structure<ExecutionPolicy>({
  limit: oneOf('FUND_BACKED', 'BANKRUPTCY', 'FILLABLE'),
  fillable: nullable(structure({ spreadToMaintenance: ratioNumber, bankruptcyAdjustment: ratioNumber })),
  crossBankruptcyPrice: oneOf('ZERO_PRICE', 'OTHERS_FROZEN'),
  surplus: structure({ REDUCE: owner, LIQUIDATE: owner }),
  liquidationFeeRate: ratioNumber,
  liquidationFeeBasis: feeBasis,
  concessionRate: ratioNumber,
  recovery: oneOf('MAINTENANCE', 'BUFFER', 'INITIAL'),
  recoveryBuffer: nullable(recoveryBuffer),
  legs: structure({ order: oneOf('MARKET', 'LARGEST_NOTIONAL', 'LARGEST_LOSS', 'LARGEST_MAINTENANCE'), atOnce: oneOf('ALL', 'ONE') }),
  cancelOrdersFirst: oneOf('ALL', 'MARKET', 'NONE'),
  orderTimeToLive: durationNumber,
});
