import { type Decimal, decimal, ONE } from '#core/units/decimal.ts';
import type { BookDocument } from './book-schema.ts';
import { type Finding, repeatedIds } from './finding.ts';
import { DIGITS_AT_REST_MAX, productFitsAtRest } from './significant-digits.ts';
import { tierTableFindings } from './tier-findings.ts';

type Market = BookDocument['markets'][number];
type Account = BookDocument['accounts'][number];
type Position = Account['positions'][number];
type Residual = NonNullable<BookDocument['residuals']>[number];
type Markets = ReadonlyMap<string, Market>;

const unknownMarket = (marketId: string, path: Finding['path']): Finding => ({
  path: [...path, 'marketId'],
  message: `\`${marketId}\` is not a market of this book`,
});

interface Held {
  readonly quantity: Decimal;
  readonly market: Market;
  readonly prices: readonly Decimal[];
}

/** Values from here on have no room for the 18 places that a quotient is kept with. */
const QUOTIENT_MAX = decimal('100000000000000000000');

/** Values of an INVERSE contract that could not be kept: the units behind the quantity exactly, and what they are worth at each of `prices`. */
function* quotientFindings({ quantity, market, prices }: Held, path: Finding['path']): Generator<Finding> {
  const multiplier = market.multiplier ?? ONE;
  const isExact = productFitsAtRest([quantity, multiplier]);
  if (isExact && prices.every((price) => quantity.times(multiplier).lt(price.times(QUOTIENT_MAX)))) return;
  const needs = isExact ? `/ price is at or above \`1e20\`` : `needs more than \`${DIGITS_AT_REST_MAX}\` significant digits`;
  yield { path: [...path, 'quantity'], message: `quantity × multiplier ${needs}: round or split the quantity` };
}

/** Values that could not be kept exactly: quantity·multiplier·price for each of `prices`, in the settlement asset. */
function* digitFindings(held: Held, path: Finding['path']): Generator<Finding> {
  if (held.market.contract === 'INVERSE') return yield* quotientFindings(held, path);
  const multiplier = held.market.multiplier ?? ONE;
  if (held.prices.every((price) => productFitsAtRest([held.quantity, multiplier, price]))) return;
  const message = `quantity × multiplier × price needs more than \`${DIGITS_AT_REST_MAX}\` significant digits: round the quantity or the price`;
  yield { path: [...path, 'quantity'], message };
}

function* marginFindings(account: Account, at: { position: Position; market: Market; path: Finding['path'] }): Generator<Finding> {
  const { position, market, path } = at;
  const isIsolated = position.marginMode === 'ISOLATED';
  if (isIsolated && position.isolatedMargin === undefined) {
    yield { path: [...path, 'isolatedMargin'], message: 'expected a decimal string for an ISOLATED position, got nothing' };
  }
  if (!isIsolated && position.isolatedMargin !== undefined) {
    yield { path: [...path, 'isolatedMargin'], message: `expected none for a CROSS position, got \`${position.isolatedMargin}\`` };
  }
  if (!isIsolated && position.extraMargin !== undefined) {
    yield { path: [...path, 'extraMargin'], message: `expected none for a CROSS position, got \`${position.extraMargin}\`` };
  }
  if (!isIsolated && !Object.hasOwn(account.walletBalances ?? {}, market.settlementAsset)) {
    const message = `expected the \`${market.settlementAsset}\` balance that the cross position in \`${market.marketId}\` needs, got nothing`;
    yield { path: [...path.slice(0, -2), 'walletBalances', market.settlementAsset], message };
  }
}

/** Margin of orders in an asset of which the account has no balance. */
function* orderMarginFindings({ orderMargin, walletBalances }: Account, path: Finding['path']): Generator<Finding> {
  for (const asset of Object.keys(orderMargin ?? {}))
    if (!Object.hasOwn(walletBalances ?? {}, asset))
      yield { path: [...path, 'orderMargin', asset], message: `expected none where the account has no \`${asset}\` balance` };
}

function* accountFindings(account: Account, markets: Markets, accountPath: Finding['path']): Generator<Finding> {
  yield* orderMarginFindings(account, accountPath);
  const seen = new Set<string>();
  for (const [index, position] of account.positions.entries()) {
    const path = [...accountPath, 'positions', index];
    const { marketId, side, quantity, marginMode, entryPrice } = position;
    const market = markets.get(marketId);
    if (market === undefined) {
      yield unknownMarket(marketId, path);
      continue;
    }
    const key = `${marketId}#${side}#${marginMode}`;
    if (seen.has(key)) yield { path, message: `a second ${marginMode} ${side} position of one account in \`${marketId}\`` };
    seen.add(key);
    yield* marginFindings(account, { position, market, path });
    yield* digitFindings({ quantity, market, prices: [entryPrice, market.markPrice] }, path);
  }
}

function* residualFindings(residual: Residual, markets: Markets, path: Finding['path']): Generator<Finding> {
  const { marketId, quantity, bankruptcyPrice } = residual;
  const market = markets.get(marketId);
  if (market === undefined) yield unknownMarket(marketId, path);
  else yield* digitFindings({ quantity, market, prices: [bankruptcyPrice, market.markPrice] }, path);
}

/** All that is wrong with what a book's values say about each other, lazily: markets first, then accounts, funds and residuals. */
export function* bookFindings(book: BookDocument): Generator<Finding> {
  const ids = book.markets.map(({ marketId }) => marketId);
  yield* repeatedIds(ids, ['markets'], 'marketId');
  for (const [index, market] of book.markets.entries()) yield* tierTableFindings(market, ['markets', index]);

  const markets = new Map(book.markets.map((market) => [market.marketId, market]));
  const accountIds = book.accounts.map(({ accountId }) => accountId);
  yield* repeatedIds(accountIds, ['accounts'], 'accountId');
  for (const [index, account] of book.accounts.entries()) yield* accountFindings(account, markets, ['accounts', index]);

  const funds = book.insuranceFunds ?? [];
  const fundIds = funds.map(({ fundId }) => fundId);
  yield* repeatedIds(fundIds, ['insuranceFunds'], 'fundId');
  for (const [index, { balance, peakBalance }] of funds.entries()) {
    if (peakBalance?.lt(balance)) {
      yield {
        path: ['insuranceFunds', index, 'peakBalance'],
        message: `expected at least the balance, \`${balance}\`, got \`${peakBalance}\``,
      };
    }
  }
  for (const [index, residual] of (book.residuals ?? []).entries()) yield* residualFindings(residual, markets, ['residuals', index]);
}
