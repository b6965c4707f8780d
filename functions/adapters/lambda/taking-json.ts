import type { AfterCounterparties } from '#core/adl/after-counterparties-policy.ts';
import type { AllocationPolicy } from '#core/adl/allocation/allocation-policy.ts';
import type {
  ChosenSettlementPrice,
  NamedSettlementPrice,
  SettlementPriceByMode,
  SettlementPricePolicy,
} from '#core/adl/settlement-price-policy.ts';
import type { SeverityPolicy } from '#core/adl/severity-policy.ts';
import { ALLOCATIONS } from '#rule-sets/allocations.ts';
import { type Attribute, oneOf } from '../dynamodb/attribute.ts';
import { membersOf, structure, variants } from '../dynamodb/composite-attribute.ts';
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

const namedPrice: Attribute<NamedSettlementPrice> = oneOf(
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

const priceByMode: Attribute<SettlementPriceByMode> = structure<SettlementPriceByMode>({ CROSS: namedPrice, ISOLATED: namedPrice });

const composedPrice: Attribute<MeasuredPrice | SettlementPriceByMode> = {
  encode: (policy) => ('kind' in policy ? measuredPrice.encode(policy) : priceByMode.encode(policy)),
  decode: (attribute, at) => (attribute.M?.CROSS === undefined ? measuredPrice : priceByMode).decode(attribute, at),
  parse: (json, at) => ('CROSS' in membersOf(json, at) ? priceByMode : measuredPrice).parse(json, at),
};

/** A name, a kind with its measure, or a name by margin mode. */
export const settlementPricePolicy: Attribute<ChosenSettlementPrice> = {
  encode: (policy) => (typeof policy === 'string' ? namedPrice.encode(policy) : composedPrice.encode(policy)),
  decode: (attribute, at) => (attribute.S === undefined ? composedPrice.decode(attribute, at) : namedPrice.decode(attribute, at)),
  parse: (json, at) => (typeof json === 'string' ? namedPrice.parse(json, at) : composedPrice.parse(json, at)),
};
