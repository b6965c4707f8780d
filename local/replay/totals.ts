import type { BlastRadius } from '#core/blast-radius.ts';
import { type Decimal, ZERO } from '#core/units/decimal.ts';

/** Counters of one market or of the whole replay. Quantities in contracts, money in the settlement asset. */
export interface Counters {
  breaches: number;
  liquidationOrders: number;
  marketFills: number;
  marketFilledQuantity: Decimal;
  deleveragingFills: number;
  deleveragedQuantity: Decimal;
  deleveragedNotional: Decimal;
  fundPaid: Decimal;
  fundReceived: Decimal;
  haircuts: Decimal;
  overshoot: Decimal;
  residualQuantity: Decimal;
}

export const noCounters = (): Counters => ({
  breaches: 0,
  liquidationOrders: 0,
  marketFills: 0,
  marketFilledQuantity: ZERO,
  deleveragingFills: 0,
  deleveragedQuantity: ZERO,
  deleveragedNotional: ZERO,
  fundPaid: ZERO,
  fundReceived: ZERO,
  haircuts: ZERO,
  overshoot: ZERO,
  residualQuantity: ZERO,
});

/** What happened besides the waterfall, for the reader of a report. */
export interface SafeguardCounters {
  quarantined: Map<string, number>;
  deferred: Map<string, number>;
  refused: number;
  warned: number;
  /** Of whole funds; those of single markets, where the law measures by them, are apart. */
  drawdownStarts: number;
  drawdownStops: number;
  marketDrawdownStarts: number;
  marketDrawdownStops: number;
  fundLimited: number;
  /** Modes and warnings of funds that began and ended, as `DELEVERAGING_START by RATE`. */
  fundEvents: Map<string, number>;
  /** Bands that markets turned, as `RED`. */
  bands: Map<string, number>;
  /** How often withdrawals of an asset were closed. */
  withdrawalsClosed: number;
  /** How far each wave reached that moved something. */
  blasts: Map<string, BlastRadius>;
}

export const noSafeguards = (): SafeguardCounters => ({
  quarantined: new Map(),
  deferred: new Map(),
  refused: 0,
  warned: 0,
  drawdownStarts: 0,
  drawdownStops: 0,
  marketDrawdownStarts: 0,
  marketDrawdownStops: 0,
  fundLimited: 0,
  fundEvents: new Map(),
  bands: new Map(),
  withdrawalsClosed: 0,
  blasts: new Map(),
});

export const countUp = (counts: Map<string, number>, key: string): void => {
  counts.set(key, (counts.get(key) ?? 0) + 1);
};
