/** A market of the crash: its terms, and what the published tables say about it. */
export interface CrashMarket {
  readonly marketId: string;
  /** Ticks of one USDT and lots of one base unit: powers of ten, so that prices and quantities are whole numbers until they are printed. */
  readonly ticksPerUnit: number;
  readonly lotsPerUnit: number;
  /** Open of the five-minute bar of 20:50 UTC [ticks]; see local/crash-2025-10-10. */
  readonly markTicks: number;
  /** Accounts deleveraged in this market on that day: how often an account is here. */
  readonly accountWeight: number;
  /** Notional deleveraged in this market on that day [million USD]: how much of the large sizes is here. */
  readonly notionalWeight: number;
  /** Mean entry price of those positions [USD] = (net notional + total profit) / net volume. */
  readonly entryPriceMean: number;
  /** [notional cap, maximum leverage] of the venue tiers; only the opening leverage is bounded by them. */
  readonly leverageLimits: readonly (readonly [notionalCap: number, maximumLeverage: number])[];
}

/** 2025-10-10T20:50:00Z, the instant of the opening marks. */
export const OPENING_TIME = '2025-10-10T20:50:00Z';
export const SETTLEMENT_ASSET = 'USDT';
export const TAKER_FEE_RATE = '0.0005';

// Weights and mean entries: ConejoCapital/HyperMultiAssetedADL 79bad0f, adl_net_volume_full_12min.csv and adl_by_coin_REALTIME.csv, read 2026-11-25.
// Leverage limits: Binance USD-M tiers of 2024-10-24 in freqtrade/freqtrade 3d9514d, read 2026-11-25.
export const CRASH_MARKETS: readonly CrashMarket[] = [
  {
    marketId: 'ETH-USDT',
    ticksPerUnit: 100,
    lotsPerUnit: 1000,
    markTicks: 400_998,
    accountWeight: 1455,
    notionalWeight: 458.01,
    entryPriceMean: 4345.98,
    leverageLimits: [
      [50_000, 125],
      [600_000, 100],
      [3_000_000, 75],
      [12_000_000, 50],
      [50_000_000, 25],
      [65_000_000, 20],
      [150_000_000, 10],
      [320_000_000, 5],
      [400_000_000, 4],
      [530_000_000, 3],
      [800_000_000, 2],
    ],
  },
  {
    marketId: 'SOL-USDT',
    ticksPerUnit: 100,
    lotsPerUnit: 100,
    markTicks: 20_706,
    accountWeight: 2860,
    notionalWeight: 276.2,
    entryPriceMean: 206.58,
    leverageLimits: [
      [20_000, 100],
      [100_000, 75],
      [800_000, 50],
      [4_000_000, 25],
      [8_000_000, 20],
      [40_000_000, 10],
      [80_000_000, 5],
      [100_000_000, 4],
      [200_000_000, 2],
    ],
  },
  {
    marketId: 'XRP-USDT',
    ticksPerUnit: 10_000,
    lotsPerUnit: 10,
    markTicks: 26_934,
    accountWeight: 404,
    notionalWeight: 31.42,
    entryPriceMean: 2.6126,
    leverageLimits: [
      [10_000, 75],
      [20_000, 50],
      [160_000, 40],
      [800_000, 25],
      [1_600_000, 20],
      [8_000_000, 10],
      [16_000_000, 5],
      [20_000_000, 4],
      [40_000_000, 2],
    ],
  },
];

/** Maximum leverage of a position of this notional [USDT]; 1 beyond the last limit. A notional on a cap belongs to the lower tier. */
export const maximumLeverageOf = (market: CrashMarket, notionalValue: number): number =>
  market.leverageLimits.find(([notionalCap]) => notionalValue <= notionalCap)?.[1] ?? 1;

/** Quantity × mark [USDT]. */
export const notionalOf = (market: CrashMarket, lots: number): number =>
  (lots / market.lotsPerUnit) * (market.markTicks / market.ticksPerUnit);

/** The whole number of lots nearest to a notional [USDT]; at least one. */
export const lotsOf = (market: CrashMarket, notionalValue: number): number =>
  Math.max(1, Math.round((notionalValue * market.lotsPerUnit) / (market.markTicks / market.ticksPerUnit)));
