import type { ContractKind } from '#core/market/contract.ts';
import type { GivenTier, TierForm } from '#core/market/given-tier.ts';
import type { Side } from '#core/market/side.ts';
import { ok, type Result, refused } from '#core/result.ts';
import { type Decimal, ONE, ZERO } from '#core/units/decimal.ts';
import { type Money, money, type Price, type Quantity, type Ratio, ratio } from '#core/units/money.ts';
import type { EpochMs } from '#core/units/time.ts';
import { checkSchema, type Fault, faultAt, type JsonLimits, parseJsonSource } from '#rule-sets/json-source.ts';
import { bookFindings } from './book-findings.ts';
import { type BookDocument, bookSchema } from './book-schema.ts';
import { bookWarnings } from './book-warnings.ts';

/** A book as the engine reads it: every value typed, every default filled in. */
export interface Book {
  readonly asOf: EpochMs;
  readonly markets: readonly BookMarket[];
  readonly accounts: readonly BookAccount[];
  readonly insuranceFunds: readonly BookFund[];
  readonly residuals: readonly BookResidual[];
  /** What is used as given although it looks odd, each beginning with its JSON path. */
  readonly warnings: readonly string[];
}

export interface BookMarket {
  readonly marketId: string;
  readonly contract: ContractKind;
  /** Base units (LINEAR) or quote units (INVERSE) per contract. */
  readonly multiplier: Decimal;
  readonly settlementAsset: string;
  readonly tickSize: Price;
  readonly lotSize: Quantity;
  readonly markPrice: Price;
  readonly indexPrice: Price;
  readonly takerFeeRate: Ratio;
  /** Contracts open in the market, counted on one side; null: not known. */
  readonly openInterest: Quantity | null;
  readonly tierForm: TierForm;
  /** null: the rule set's tiers apply. */
  readonly marginTiers: readonly GivenTier[] | null;
}

export interface BookAccount {
  readonly accountId: string;
  readonly tags: readonly string[];
  /** By asset, without isolated margin and without what open orders lock. */
  readonly walletBalances: ReadonlyMap<string, Money>;
  readonly positions: readonly BookPosition[];
}

export interface BookPosition {
  readonly marketId: string;
  readonly side: Side;
  readonly quantity: Quantity;
  readonly entryPrice: Price;
  readonly marginMode: 'CROSS' | 'ISOLATED';
  /** With the extra margin; null exactly for CROSS. */
  readonly isolatedMargin: Money | null;
}

export interface BookFund {
  readonly fundId: string;
  readonly asset: string;
  readonly balance: Money;
  readonly peakBalance: Money;
}

export interface BookResidual {
  readonly marketId: string;
  readonly side: Side;
  readonly quantity: Quantity;
  readonly bankruptcyPrice: Price;
  /** null: not one of the book's accounts. */
  readonly accountId: string | null;
  readonly marginMode: 'CROSS' | 'ISOLATED';
}

/** A million accounts of 250 bytes; a text of more than twice this could not be held in one string. */
const BOOK_LIMITS: JsonLimits = { bytesMax: 256 * 1024 * 1024, depthMax: 16 };

const tierOf = (tier: NonNullable<BookDocument['markets'][number]['marginTiers']>[number]): GivenTier => ({
  notionalFloor: tier.notionalFloor,
  notionalCap: tier.notionalCap,
  maintenanceMarginRate: tier.maintenanceMarginRate,
  maintenanceAmount: tier.maintenanceAmount ?? null,
  maximumLeverage: tier.maximumLeverage ?? null,
});

const marketOf = (market: BookDocument['markets'][number]): BookMarket => ({
  marketId: market.marketId,
  contract: market.contract,
  multiplier: market.multiplier ?? ONE,
  settlementAsset: market.settlementAsset,
  tickSize: market.tickSize,
  lotSize: market.lotSize,
  markPrice: market.markPrice,
  indexPrice: market.indexPrice ?? market.markPrice,
  takerFeeRate: market.takerFeeRate ?? ratio(ZERO),
  openInterest: market.openInterest ?? null,
  tierForm: market.tierForm ?? 'DEDUCTION',
  marginTiers: market.marginTiers?.map(tierOf) ?? null,
});

const accountOf = (account: BookDocument['accounts'][number]): BookAccount => ({
  accountId: account.accountId,
  tags: account.tags ?? [],
  walletBalances: new Map(
    Object.entries(account.walletBalances ?? {}).map(([asset, balance]) => [
      asset,
      money(balance.minus(account.orderMargin?.[asset] ?? ZERO)),
    ]),
  ),
  positions: account.positions.map((position) => ({
    marketId: position.marketId,
    side: position.side,
    quantity: position.quantity,
    entryPrice: position.entryPrice,
    marginMode: position.marginMode,
    isolatedMargin: position.isolatedMargin === undefined ? null : money(position.isolatedMargin.plus(position.extraMargin ?? ZERO)),
  })),
});

/** A book whose form and references were checked, with every default filled in. */
export const bookOf = (document: BookDocument): Book => ({
  asOf: document.asOf,
  markets: document.markets.map(marketOf),
  accounts: document.accounts.map(accountOf),
  insuranceFunds: (document.insuranceFunds ?? []).map(({ fundId, asset, balance, peakBalance }) => ({
    fundId,
    asset,
    balance,
    peakBalance: peakBalance ?? balance,
  })),
  residuals: (document.residuals ?? []).map(({ marketId, side, quantity, bankruptcyPrice, accountId, marginMode }) => ({
    marketId,
    side,
    quantity,
    bankruptcyPrice,
    accountId: accountId ?? null,
    marginMode: marginMode ?? 'ISOLATED',
  })),
  warnings: bookWarnings(document),
});

/**
 * Parses a book. Refuses with the first fault: what is no strict JSON, then what has not the form of `bookSchema`, then references and tables
 * that do not fit together (`bookFindings`). Never throws, whatever the bytes are.
 */
export const parseBook = (file: string, bytes: Uint8Array): Result<Book, Fault> => {
  const source = parseJsonSource(file, bytes, BOOK_LIMITS);
  if (!source.ok) return source;
  const checked = checkSchema(source.value, bookSchema);
  if (!checked.ok) return refused(checked.refusal[0] ?? faultAt(source.value, [], 'does not have the form of a book'));
  for (const { path, message } of bookFindings(checked.value)) return refused(faultAt(source.value, path, message));
  return ok(bookOf(checked.value));
};
