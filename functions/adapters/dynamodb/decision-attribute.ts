import type { Transfer } from '#core/adl/deleveraging-plan.ts';
import type { ReferencePrices } from '#core/adl/deleveraging-price.ts';
import type { Contribution, Payer } from '#core/adl/socialize.ts';
import type { Decision, DeleveragingDecision, MarginDecision, MarkBefore } from '#core/decision.ts';
import type { PlannedOrder } from '#core/insurance/plan-orders.ts';
import type { ShortfallChoice } from '#core/insurance/settle-outcome.ts';
import type { MarkVerdict } from '#core/market/accept-mark.ts';
import { type Attribute, count, flag, oneOf } from './attribute.ts';
import { caseLeg, caseState } from './case-item.ts';
import { marginChoice } from './choice-attribute.ts';
import { list, mapOf, nullable, optional, structure, variants } from './composite-attribute.ts';
import { decimalNumber, epochNumber, moneyNumber, priceNumber, quantityNumber } from './decimal-attribute.ts';
import { factsAttribute } from './facts-attribute.ts';
import { composedKey, id, recordKey, ruleSetReference, side, words } from './key-attributes.ts';
import { markAverage, pendingMark } from './market-item.ts';
import { observationAttribute } from './observation-item.ts';
import { poolAttribute } from './pool-item.ts';
import { safeguardEvent, securityStamp } from './safeguard-attribute.ts';
import { marginVerdicts, shortfallVerdicts } from './verdict-attribute.ts';

const marks = mapOf(id, priceNumber);
const pending = nullable(pendingMark);

const before: Attribute<MarkBefore> = structure<MarkBefore>({
  accepted: nullable(observationAttribute),
  pending,
  sequenceSeen: count,
  average: nullable(markAverage),
});

const markVerdict: Attribute<MarkVerdict> = variants<MarkVerdict, 'kind'>(
  'kind',
  {
    ACCEPTED: { mark: observationAttribute, confirmedJump: flag },
    QUARANTINED: { reason: oneOf('MARK_TOO_OLD', 'INDEX_DIVERGENCE', 'VOLATILE', 'JUMP_UNCONFIRMED'), pending },
    IGNORED: { reason: oneOf('SEQUENCE_NOT_GROWING') },
  },
  oneOf,
);

const marginInputs: Attribute<MarginDecision['inputs']> = structure<MarginDecision['inputs']>({
  pool: poolAttribute,
  marks,
  openInterest: optional(mapOf(id, quantityNumber)),
  markAgeSeconds: decimalNumber,
});

const plannedOrder: Attribute<PlannedOrder> = structure<PlannedOrder>({
  marketId: id,
  positionSide: side,
  quantity: quantityNumber,
  limitPrice: priceNumber,
  reserved: moneyNumber,
});

const shortfallChoice: Attribute<ShortfallChoice> = structure<ShortfallChoice>({
  absorbs: flag,
  deleverages: flag,
  socializes: flag,
  halts: flag,
  error: nullable(words),
});

const deleveragingInputs: Attribute<DeleveragingDecision['inputs']> = structure<DeleveragingDecision['inputs']>({
  quantity: quantityNumber,
  bankruptcyValue: moneyNumber,
  remaining: mapOf(composedKey, quantityNumber),
  tags: list(words),
  given: mapOf(composedKey, moneyNumber),
  references: structure<ReferencePrices>({
    mark: priceNumber,
    frozenMark: priceNumber,
    previousMark: priceNumber,
    indexPrice: priceNumber,
    lastPrice: priceNumber,
  }),
  fundAvailable: moneyNumber,
  asksCounterparties: flag,
  payers: list(
    structure<Payer>({ accountId: id, poolId: composedKey, quantity: quantityNumber, profit: moneyNumber, marginBalance: moneyNumber }),
  ),
});

const contribution: Attribute<Contribution> = structure<Contribution>({ accountId: id, poolId: composedKey, amount: moneyNumber });

const transfer: Attribute<Transfer> = structure<Transfer>({
  accountId: id,
  poolId: composedKey,
  quantity: quantityNumber,
  price: priceNumber,
  realizedPnl: moneyNumber,
  haircut: moneyNumber,
  toFund: moneyNumber,
});

const every = { decisionId: recordKey, at: epochNumber, waveId: composedKey, ruleSet: ruleSetReference };

/** A decision of any kind. Only its JSON form is at rest, where decimals have the 64 digits that they were computed with. */
export const decisionAttribute: Attribute<Decision> = variants<Decision, 'kind'>(
  'kind',
  {
    MARK: { ...every, observation: observationAttribute, before, verdict: markVerdict },
    MARGIN: {
      ...every,
      poolId: composedKey,
      inputs: marginInputs,
      facts: factsAttribute('margin'),
      verdicts: marginVerdicts,
      choice: marginChoice,
    },
    OPENING: {
      ...every,
      poolId: composedKey,
      caseId: composedKey,
      because: recordKey,
      security: securityStamp,
      outcome: oneOf('OPENED', 'REATTEMPTED', 'TAKEN_OVER', 'CANCELLED', 'DEFERRED'),
      deferral: nullable(oneOf('MARKET_HALTED', 'GRACE_AFTER_HALT', 'THROTTLED', 'COOLING_DOWN', 'SWITCHED_OFF', 'NOTHING_TO_CLOSE')),
      legs: list(caseLeg),
      orders: list(plannedOrder),
    },
    SHORTFALL: {
      ...every,
      poolId: composedKey,
      caseId: composedKey,
      marketId: id,
      side,
      facts: factsAttribute('shortfall'),
      verdicts: shortfallVerdicts,
      choice: shortfallChoice,
      triggered: flag,
      security: securityStamp,
      state: caseState,
    },
    SAFEGUARD: { ...every, event: safeguardEvent },
    RANKING: { ...every, marketId: id, side, pools: list(poolAttribute), marks },
    DELEVERAGING: {
      ...every,
      poolId: composedKey,
      accountId: id,
      caseId: composedKey,
      marketId: id,
      side,
      rankingId: recordKey,
      inputs: deleveragingInputs,
      price: nullable(priceNumber),
      markPrice: priceNumber,
      transfers: list(transfer),
      socializedQuantity: quantityNumber,
      contributions: list(contribution),
      residualQuantity: quantityNumber,
      outcome: oneOf('COVERED', 'LIMITED_BY_SEVERITY', 'LIMITED_BY_FUND', 'INFEASIBLE'),
      budget: moneyNumber,
      taken: moneyNumber,
      overshoot: moneyNumber,
    },
  },
  oneOf,
);
