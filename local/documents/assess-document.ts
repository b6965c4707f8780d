import type { PositionAssessment } from '#core/margin/assess-margin.ts';
import { bankruptcyPrice } from '#core/margin/bankruptcy-price.ts';
import { liquidationPrice } from '#core/margin/liquidation-price.ts';
import { positionInitialMargin } from '#core/margin/position-margin.ts';
import type { RuleSetReference } from '#core/policy.ts';
import type { AssessedPool } from '../assess-book.ts';
import { derived, derivedOrNull, exact } from './exact-figures.ts';

const positionDocument = ({ assessment, crossBankruptcyPrice }: AssessedPool, each: PositionAssessment) => ({
  marketId: each.position.marketId,
  side: each.position.side,
  quantity: exact(each.position.quantity),
  notionalValue: exact(each.notionalValue),
  unrealizedPnl: exact(each.unrealizedPnl),
  maintenanceMargin: exact(each.maintenanceMargin),
  maintenanceMarginRate: exact(each.tier.maintenanceMarginRate),
  maintenanceAmount: exact(each.tier.maintenanceAmount),
  maximumLeverage: each.tier.maximumLeverage === null ? null : exact(each.tier.maximumLeverage),
  initialMargin: derivedOrNull(positionInitialMargin(each)),
  liquidationPrice: derivedOrNull(liquidationPrice(assessment, each)),
  bankruptcyPrice: derivedOrNull(bankruptcyPrice(assessment, each, crossBankruptcyPrice)),
});

const orderDocuments = ({ orders }: AssessedPool) =>
  orders.flatMap((order) =>
    order.kind === 'LIQUIDATION'
      ? [{ marketId: order.marketId, side: order.side, quantity: exact(order.quantity), limitPrice: exact(order.limitPrice) }]
      : [],
  );

const poolDocument = (each: AssessedPool) => ({
  poolId: each.pool.poolId,
  accountId: each.pool.accountId,
  marginMode: each.pool.marginMode,
  settlementAsset: each.pool.settlementAsset,
  marginBalance: exact(each.assessment.marginBalance),
  maintenanceMargin: exact(each.assessment.maintenanceMargin),
  marginExcess: exact(each.assessment.marginExcess),
  marginRatio: each.assessment.marginRatio === null ? null : derived(each.assessment.marginRatio),
  state: each.state,
  positions: each.assessment.positions.map((position) => positionDocument(each, position)),
  verdicts: each.judgement.verdicts.map(({ rule, event, outcome }) => ({ rule, event: event.type, outcome })),
  decision: { kind: each.judgement.choice.kind, orders: orderDocuments(each) },
});

/** The result of `adl assess --json` for one book. */
export const assessDocument = (ruleSet: RuleSetReference, pools: readonly AssessedPool[]) => ({ ruleSet, pools: pools.map(poolDocument) });

export type AssessDocument = ReturnType<typeof assessDocument>;
