import type { ProfitFactor, RankingKey, RiskFactor } from '#core/adl/ranking/ranking-policy.ts';

/** The factors and keys that rankings choose from, and what an editor says of each. */

export const PROFIT_FACTORS = [
  'pnlRatio',
  'pnlOverNotional',
  'pnlOverWallet',
  'pnlOverBalance',
  'markOverEntry',
  'markOverEntryBothSides',
  'onePlusPnlRatio',
] as const satisfies readonly ProfitFactor[];

export const PROFIT_MEANINGS: Readonly<Record<ProfitFactor, string>> = {
  pnlRatio: 'Unrealized PnL per entry value: what the price has moved since the position was opened.',
  pnlOverNotional: 'Unrealized PnL per notional value at the mark.',
  pnlOverWallet: 'Unrealized PnL per wallet balance or isolated margin, of which `walletFloor` is the least.',
  pnlOverBalance: 'Unrealized PnL per margin balance of the pool: the part of what the trader owns that is not yet realized.',
  markOverEntry: 'Mark / entry price of a LONG, entry price / mark of a SHORT: positive for losers too, below 1.',
  markOverEntryBothSides: 'Mark / entry price for either side: among shorts, those who lost most come first.',
  onePlusPnlRatio: '1 + pnlRatio: mark / entry price of a LONG, 2 − mark / entry price of a SHORT of a linear contract.',
};

export const RISK_FACTORS = [
  'effectiveLeverage',
  'positionLeverage',
  'cappedLeverage',
  'marginRatio',
  'positionMarginRatio',
  'maintenanceMarginRate',
  'netExposureShare',
] as const satisfies readonly RiskFactor[];

export const RISK_MEANINGS: Readonly<Record<RiskFactor, string>> = {
  effectiveLeverage: 'The position’s notional value per margin balance of its pool.',
  positionLeverage:
    'Value at the mark per (value at the mark − value at the bankruptcy price): a cross pool’s balance is shared out by maintenance margin.',
  cappedLeverage: '1 / max(maintenance margin rate, margin balance / notional value): leverage, at most what the tier’s rate allows.',
  marginRatio: '(Σ maintenance margin + closing fees) per margin balance of the whole pool.',
  positionMarginRatio: '(Maintenance margin + closing fee) of the position alone per margin balance of its pool.',
  maintenanceMarginRate: 'Maintenance margin rate of the position’s tier.',
  netExposureShare:
    'Part of the position that the opposite leg of the same market in the same pool does not hedge: 1 unhedged, 0 hedged whole. Hedges in other markets, or in another pool of the account, do not count.',
};

export const RANKING_KEYS = [
  ...RISK_FACTORS,
  'pnlRatio',
  'pnlOverBalance',
  'unrealizedPnl',
  'walletBalance',
  'marginBalance',
  'notionalValue',
  'quantity',
  'accountId',
] as const satisfies readonly RankingKey[];

export const KEY_MEANINGS: Readonly<Record<RankingKey, string>> = {
  ...RISK_MEANINGS,
  pnlRatio: PROFIT_MEANINGS.pnlRatio,
  pnlOverBalance: PROFIT_MEANINGS.pnlOverBalance,
  unrealizedPnl: 'Unrealized PnL of the position, in the settlement asset.',
  walletBalance: 'Wallet balance of a cross pool, isolated margin of an isolated one.',
  marginBalance: 'Margin balance of the pool.',
  notionalValue: 'Notional value of the position at the mark.',
  quantity: 'Contracts of the position.',
  accountId: 'Account id by code units: numbers rank as numbers where they have equally many digits.',
};
