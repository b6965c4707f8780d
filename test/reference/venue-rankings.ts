/**
 * Published ranking formulas as the policies that a rule set would write. docs/mathematics.md shows the same texts, each with its source; what their pages
 * leave open is listed there.
 */
export const VENUE_RANKINGS = {
  BitMEX: {
    ranking: {
      formula: 'FACTORS',
      profit: { factor: 'pnlRatio', weight: 1 },
      factors: [{ factor: 'positionLeverage', weight: 1 }],
      losers: 'DIVIDE',
      tieBreak: [],
    },
  },
  'OKX, GRVT, Bitget': {
    ranking: {
      formula: 'FACTORS',
      profit: { factor: 'pnlRatio', weight: 1 },
      factors: [{ factor: 'marginRatio', weight: 1 }],
      losers: 'DIVIDE',
      tieBreak: [],
    },
  },
  'Binance, Aevo, ebi.xyz': {
    ranking: {
      formula: 'FACTORS',
      profit: { factor: 'pnlOverWallet', weight: 1, walletFloor: '1' },
      factors: [{ factor: 'marginRatio', weight: 1 }],
      losers: 'FLOOR_AT_ZERO',
      tieBreak: [],
    },
  },
  WhiteBIT: {
    ranking: {
      formula: 'FACTORS',
      profit: { factor: 'pnlOverNotional', weight: 1 },
      factors: [{ factor: 'effectiveLeverage', weight: 1 }],
      losers: 'MULTIPLY',
      tieBreak: [],
    },
    exclude: { tags: [], withoutPositiveScore: true },
    indicator: { kind: 'COUNT_THRESHOLDS', thresholds: ['0.5', '0.73', '0.87', '0.95'], among: 'SCORED' },
  },
  'Hyperliquid (documentation)': {
    ranking: {
      formula: 'FACTORS',
      profit: { factor: 'markOverEntryBothSides', weight: 1 },
      factors: [{ factor: 'effectiveLeverage', weight: 1 }],
      losers: 'MULTIPLY',
      tieBreak: [],
    },
  },
  'Hyperliquid (decompiled)': {
    ranking: {
      formula: 'FACTORS',
      profit: { factor: 'pnlRatio', weight: 1, floor: '0.00000001' },
      factors: [{ factor: 'effectiveLeverage', weight: 1, floor: '0.00000001' }],
      losers: 'FLOOR_AT_ZERO',
      tieBreak: [],
    },
  },
  Polymarket: {
    ranking: {
      formula: 'FACTORS',
      profit: { factor: 'markOverEntry', weight: 1 },
      factors: [{ factor: 'effectiveLeverage', weight: 1 }],
      losers: 'MULTIPLY',
      tieBreak: [],
    },
  },
  dango: {
    ranking: {
      formula: 'FACTORS',
      profit: { factor: 'pnlOverBalance', weight: 1 },
      factors: [{ factor: 'effectiveLeverage', weight: 1 }],
      losers: 'FLOOR_AT_ZERO',
      tieBreak: [],
    },
    exclude: { tags: [], withoutPositiveScore: true },
  },
  Bluefin: {
    ranking: {
      formula: 'FACTORS',
      profit: { factor: 'pnlRatio', weight: 1 },
      factors: [{ factor: 'cappedLeverage', weight: 1 }],
      losers: 'FLOOR_AT_ZERO',
      tieBreak: [],
    },
    indicator: { kind: 'RANK_QUANTILE', steps: 5 },
  },
  Ethereal: {
    ranking: {
      formula: 'LEXICOGRAPHIC',
      keys: [
        { key: 'effectiveLeverage', order: 'DESCENDING' },
        { key: 'unrealizedPnl', order: 'DESCENDING' },
        { key: 'walletBalance', order: 'ASCENDING' },
        { key: 'accountId', order: 'DESCENDING' },
      ],
      losers: 'INCLUDE',
    },
  },
  'dYdX v4': {
    ranking: { formula: 'SEEDED_START', walkMaximum: 500, losers: 'INCLUDE' },
    exclude: { tags: [], bankruptcyPriceCrossed: true },
  },
} as const;

export type VenueName = keyof typeof VENUE_RANKINGS;
