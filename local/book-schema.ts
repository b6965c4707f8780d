import { z } from 'zod';
import {
  closed,
  idText,
  moneyNotNegative,
  moneyPositive,
  moneyText,
  priceText,
  quantityNotNegative,
  quantityPositive,
  ratioBelowOne,
  ratioPositive,
  text,
  timestampText,
} from '#rule-sets/schema-primitives.ts';
import { mapById } from './map-by-id.ts';
import { ratioFromZero } from './ratio-from-zero.ts';

/** The one source of the book's parser, its types and `rules/schema/book.schema.json`. Cross references are checked by `book-findings.ts`. */

const marginTier = closed({
  notionalFloor: moneyNotNegative.describe(
    'Notional value above which the tier applies, in the settlement asset; the cap of the tier below.',
  ),
  notionalCap: moneyPositive
    .nullable()
    .describe('Largest notional value of the tier, in the settlement asset; null in the last tier only, where none is set.'),
  maintenanceMarginRate: ratioBelowOne.describe('Maintenance margin per notional value, a ratio between 0 and 1, both excluded.'),
  maintenanceAmount: moneyText
    .optional()
    .describe('Amount taken off rate × notional value, in the settlement asset. Default: derived from the tiers below. DEDUCTION only.'),
  maximumLeverage: ratioPositive.optional().describe('Highest leverage in the tier, notional value per initial margin.'),
});

const market = closed({
  marketId: idText.describe('Id of the market, such as BTC-USDT.'),
  contract: z
    .enum(['LINEAR', 'INVERSE'])
    .describe('LINEAR: value and margin in the quote asset. INVERSE: in the coin, value = quantity × multiplier / price.'),
  multiplier: quantityPositive.optional().describe('Base units (LINEAR) or quote units (INVERSE) per contract. Default: 1.'),
  settlementAsset: idText.describe('Asset of margin, tiers, profit and loss: the quote asset (LINEAR) or the coin (INVERSE).'),
  tickSize: priceText.describe('Step of order prices, quote per base unit.'),
  lotSize: quantityPositive.describe('Step of order quantities, in contracts.'),
  markPrice: priceText.describe('Price that margin is computed at, quote per base unit.'),
  indexPrice: priceText.optional().describe('Spot reference, quote per base unit. Default: the mark price.'),
  openInterest: quantityNotNegative
    .optional()
    .describe('Contracts open in the whole market, counted on one side. Default: not known. Only initial margin may depend on it.'),
  takerFeeRate: ratioFromZero
    .optional()
    .describe('Fee of a market fill per notional value, a ratio from 0 up to but not including 1. Default: 0.'),
  tierForm: z
    .enum(['DEDUCTION', 'MARGINAL', 'FLAT'])
    .optional()
    .describe('How the tiers turn into maintenance margin. Default: DEDUCTION (rate × notional value − amount).'),
  marginTiers: z.array(marginTier).min(1).optional().describe('Tiers from the lowest up, without gaps. Default: those of the rule set.'),
});

const position = closed({
  marketId: idText.describe('A market of this book.'),
  side: z.enum(['LONG', 'SHORT']),
  quantity: quantityPositive.describe('Unsigned size, in contracts.'),
  entryPrice: priceText.describe('Average price of opening, quote per base unit.'),
  marginMode: z.enum(['CROSS', 'ISOLATED']).describe('CROSS: margined by the wallet balance. ISOLATED: by its own isolatedMargin.'),
  isolatedMargin: moneyText
    .optional()
    .describe('Collateral of this position alone, in the settlement asset. ISOLATED only, and needed there.'),
  extraMargin: moneyNotNegative
    .optional()
    .describe('Collateral added to this position beyond isolatedMargin, in the settlement asset. ISOLATED only. Default: 0.'),
});

const account = closed({
  accountId: idText.describe('Id of the account.'),
  tags: z.array(text).optional().describe('Labels that rule sets may exclude from deleveraging. Default: none.'),
  walletBalances: mapById(moneyText)

    .optional()
    .describe('Balance by asset, without isolated margin; may be negative. Needed for every asset that a cross position settles in.'),
  orderMargin: mapById(moneyNotNegative)
    .optional()
    .describe('Part of each wallet balance that open orders lock, by asset: it backs no position until they are cancelled. Default: none.'),
  positions: z.array(position).describe('Open positions; at most one per market, side and margin mode.'),
});

const insuranceFund = closed({
  fundId: idText.describe('Id of the fund.'),
  asset: idText.describe('Asset it holds; the first fund with a settlement asset is its fund.'),
  balance: moneyText.describe('Present balance, in the asset.'),
  peakBalance: moneyText.optional().describe('Highest balance within the drawdown window, in the asset. Default: the balance.'),
});

const residual = closed({
  marketId: idText.describe('A market of this book.'),
  side: z.enum(['LONG', 'SHORT']).describe("The bankrupt position's side."),
  quantity: quantityPositive.describe('Unsigned size that found no buyer or seller, in contracts.'),
  bankruptcyPrice: priceText.describe('Price at which the bankrupt margin is exactly used up, quote per base unit.'),
  accountId: idText.optional().describe('The bankrupt account, which is then no counterparty.'),
  marginMode: z
    .enum(['CROSS', 'ISOLATED'])
    .optional()
    .describe('How the bankrupt position was margined: a rule set may settle the two at different prices. Default: ISOLATED.'),
});

export const bookSchema = closed({
  asOf: timestampText.describe('Time of the book, ISO 8601 in UTC.'),
  markets: z.array(market),
  accounts: z.array(account),
  insuranceFunds: z.array(insuranceFund).optional().describe('Default: none.'),
  residuals: z.array(residual).optional().describe('Quantities that wait for deleveraging. Default: none.'),
}).describe('Book: the markets, accounts, insurance funds and residuals of a venue at one time. Decimals are strings.');

/** A book whose every value has the right form; what the values say about each other is not checked yet. */
export type BookDocument = z.output<typeof bookSchema>;
