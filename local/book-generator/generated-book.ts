/** Which way a position earns. */
export type GeneratedSide = 'LONG' | 'SHORT';

/** One market's terms and its mark at the opening; decimals are canonical text. Tiers are the rule set's. */
export interface GeneratedMarket {
  readonly marketId: string;
  readonly contract: 'LINEAR';
  readonly multiplier: string;
  readonly settlementAsset: string;
  readonly tickSize: string;
  readonly lotSize: string;
  readonly markPrice: string;
  readonly takerFeeRate: string;
}

/** `isolatedMargin` is there exactly when the margin mode is `ISOLATED`. */
export interface GeneratedPosition {
  readonly marketId: string;
  readonly side: GeneratedSide;
  readonly quantity: string;
  readonly entryPrice: string;
  readonly marginMode: 'CROSS' | 'ISOLATED';
  readonly isolatedMargin?: string;
}

export interface GeneratedAccount {
  readonly accountId: string;
  readonly tags: readonly string[];
  readonly walletBalances: Readonly<Record<string, string>>;
  readonly positions: readonly GeneratedPosition[];
}

export interface GeneratedFund {
  readonly fundId: string;
  readonly asset: string;
  readonly balance: string;
  readonly peakBalance: string;
}

/** A book in the published format: plain JSON values only, every decimal as text. */
export interface GeneratedBook {
  readonly asOf: string;
  readonly markets: readonly GeneratedMarket[];
  readonly accounts: readonly GeneratedAccount[];
  readonly insuranceFunds: readonly GeneratedFund[];
}
