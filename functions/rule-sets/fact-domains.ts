import type { MarketStatus } from '#core/market/market-state.ts';
import { Decimal, ONE, ZERO } from '#core/units/decimal.ts';
import type { FactName } from './facts.ts';
import { atLeast, EVERYWHERE, type Interval } from './interval.ts';

/** What the values of one fact can be, whatever the other facts are. */
export type FactDomain =
  | {
      readonly kind: 'decimal';
      readonly range: Interval;
      /** Every value is a multiple of it; null where there is no such step. */
      readonly step: Decimal | null;
    }
  | { readonly kind: 'text'; readonly ids: readonly string[] };

/** What a market can be. */
export const MARKET_STATUSES = ['ACTIVE', 'REDUCE_ONLY', 'HALTED', 'SETTLING'] as const satisfies readonly MarketStatus[];

/** Marks carry milliseconds, ages are in seconds. */
const MILLISECOND = new Decimal('0.001');

const decimal = (range: Interval, step: Decimal | null = null): FactDomain => ({ kind: 'decimal', range, step });

const anyDecimal = decimal(EVERYWHERE);
const notNegative = decimal(atLeast(ZERO));
const wholeNotNegative = decimal(atLeast(ZERO), ONE);

/**
 * What each fact can be, beside the catalogue of facts. Never narrower than what real pools and funds do: a rule is called impossible by it. Amounts have no
 * step: products of values at rest are finer than the quantum of any asset. The maintenance margin is taken to be that of tiers which the check of tiers lets pass.
 */
const DOMAINS = {
  marginBalance: anyDecimal,
  maintenanceMargin: notNegative,
  marginExcess: anyDecimal,
  marginRatio: notNegative,
  notionalValue: notNegative,
  tierIndex: wholeNotNegative,
  positionCount: wholeNotNegative,
  effectiveLeverage: notNegative,
  markAge: decimal(atLeast(ZERO), MILLISECOND),
  residualQuantity: notNegative,
  shortfall: notNegative,
  fundBalance: anyDecimal,
  fundAvailable: notNegative,
  fundDrawdown: notNegative,
  securityToValue: anyDecimal,
  marketStatus: { kind: 'text', ids: MARKET_STATUSES },
} as const satisfies Readonly<Record<FactName, FactDomain>>;

export const domainOf = (fact: FactName): FactDomain => DOMAINS[fact];
