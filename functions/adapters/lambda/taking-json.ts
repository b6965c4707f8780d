import type { AfterCounterparties } from '#core/adl/after-counterparties-policy.ts';
import type { AllocationPolicy } from '#core/adl/allocation/allocation-policy.ts';
import type { SettlementPricePolicy } from '#core/adl/settlement-price-policy.ts';
import type { SeverityPolicy } from '#core/adl/severity-policy.ts';
import { ALLOCATIONS } from '#rule-sets/allocations.ts';
import { type Attribute, oneOf } from '../dynamodb/attribute.ts';
import { variants } from '../dynamodb/composite-attribute.ts';
import { moneyNumber, ratioNumber } from '../dynamodb/decimal-attribute.ts';

/** Reads what a rule set says of how a residual is taken: by whom, how much of it, at which price. */

export const allocationPolicy: Attribute<AllocationPolicy> = oneOf(...ALLOCATIONS);

export const afterCounterparties: Attribute<AfterCounterparties> = oneOf(
  'CARRY_AND_HALT',
  'SOCIALIZE_OVER_OPEN_INTEREST',
  'SOCIALIZE_OVER_WINNERS',
);

const budget = { maximumOvershoot: ratioNumber };

export const severityPolicy: Attribute<SeverityPolicy> = variants<SeverityPolicy, 'kind'>(
  'kind',
  {
    FULL: {},
    BUDGET_OF_DEFICIT: { share: ratioNumber, ...budget },
    BUDGET_OF_WAVE: { amount: moneyNumber, ...budget },
    CAP_OF_POSITION: { share: ratioNumber },
    CAP_OF_PROFIT: { share: ratioNumber },
  },
  oneOf,
);

type MeasuredPrice = Exclude<SettlementPricePolicy, string>;

const namedPrice: Attribute<Extract<SettlementPricePolicy, string>> = oneOf(
  'BANKRUPTCY',
  'MARK',
  'FROZEN_MARK',
  'PREVIOUS_MARK',
  'INDEX_CAPPED_AT_BANKRUPTCY',
);

const measuredPrice: Attribute<MeasuredPrice> = variants<MeasuredPrice, 'kind'>(
  'kind',
  { MARK_SPREAD: { spread: ratioNumber }, LAST_DISTANCE: { marginFraction: ratioNumber } },
  oneOf,
);

/** A name, or a kind with its measure. */
export const settlementPricePolicy: Attribute<SettlementPricePolicy> = {
  encode: (policy) => (typeof policy === 'string' ? namedPrice.encode(policy) : measuredPrice.encode(policy)),
  decode: (attribute, at) => (attribute.S === undefined ? measuredPrice.decode(attribute, at) : namedPrice.decode(attribute, at)),
  parse: (json, at) => (typeof json === 'string' ? namedPrice.parse(json, at) : measuredPrice.parse(json, at)),
};
