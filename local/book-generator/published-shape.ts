import type { QuantileTable } from './quantile-table.ts';

/** Accounts whose winning positions a venue closed by force on 10 October 2025, 21:16–21:27 UTC; one row per account, 9,661 rows. */
const CLOSED_ACCOUNTS = 'ConejoCapital/HyperMultiAssetedADL 79bad0f, adl_by_user_REALTIME.csv (a half of its accounts)';
/** Open SOL positions of the same venue at 21:27 UTC whose entry is known; 385 long, 45 short. */
const OPEN_POSITIONS = 'ConejoCapital/HyperAnalyzeADL 18a7319, results/positions_FINAL.csv (a part of its SOL positions)';

/** Notional closed by force per account [USD]: the size of the winners, that is of the shorts. */
export const SHORT_NOTIONAL: QuantileTable = {
  title: 'notional of shorts',
  source: CLOSED_ACCOUNTS,
  readOn: '2026-11-25',
  points: [
    [0, 0.0024],
    [1, 2.059],
    [2.5, 6.854],
    [5, 13.47],
    [10, 34.45],
    [25, 147.5],
    [50, 488.7],
    [60, 942],
    [70, 2117],
    [75, 3306],
    [80, 5707],
    [85, 11_800],
    [90, 29_270],
    [92.5, 57_030],
    [95, 127_500],
    [96, 169_400],
    [97.5, 303_400],
    [98, 429_000],
    [98.5, 612_800],
    [99, 1_063_000],
    [99.5, 2_643_000],
    [99.9, 11_740_000],
    [100, 231_300_000],
  ],
};

/** Notional of open long positions of at least 1 USD at the mark of that moment [USD]; 379 positions. */
export const LONG_NOTIONAL: QuantileTable = {
  title: 'notional of longs',
  source: OPEN_POSITIONS,
  readOn: '2026-11-25',
  points: [
    [0, 1.694],
    [1, 11.48],
    [2.5, 13.55],
    [5, 32.01],
    [10, 65.71],
    [25, 204.9],
    [50, 1050],
    [60, 1916],
    [70, 3331],
    [75, 4491],
    [80, 5947],
    [85, 10_630],
    [90, 21_050],
    [92.5, 30_370],
    [95, 43_130],
    [96, 53_620],
    [97.5, 88_690],
    [98, 110_600],
    [98.5, 153_800],
    [99, 228_400],
    [99.5, 306_700],
    [99.9, 657_500],
    [100, 851_300],
  ],
};

/** Notional closed by force / (cash balance + profit of the closes), where that is positive; 9,633 accounts. */
export const SHORT_LEVERAGE: QuantileTable = {
  title: 'effective leverage of shorts',
  source: CLOSED_ACCOUNTS,
  readOn: '2026-11-25',
  points: [
    [1, 0.005739],
    [2.5, 0.008931],
    [5, 0.01184],
    [7.5, 0.05325],
    [10, 0.09571],
    [25, 0.2391],
    [50, 0.4668],
    [75, 0.8215],
    [85, 1.486],
    [90, 2.331],
    [95, 4.056],
    [97.5, 6.708],
    [99, 14.27],
  ],
};

/** Entry price / mark of all 430 open positions, divided by the mean of that ratio (0.9609): how far entries lie apart. */
export const ENTRY_DISTANCE: QuantileTable = {
  title: 'entry price over its market mean',
  source: OPEN_POSITIONS,
  readOn: '2026-11-25',
  points: [
    [0, 0.8503],
    [1, 0.8609],
    [5, 0.8693],
    [10, 0.8803],
    [25, 0.9557],
    [50, 1.023],
    [75, 1.055],
    [90, 1.071],
    [95, 1.075],
    [97.5, 1.092],
    [99, 1.126],
    [100, 1.131],
  ],
};
