import { takeoverAccount } from '#core/account/ledger.ts';
import type { FundState } from '#core/insurance/fund-state.ts';
import type { MarkedMarkets } from '#core/market/marked-market.ts';
import { valueAt, valueSign } from '#core/market/valuation.ts';
import { type Decimal, sum, ZERO } from '#core/units/decimal.ts';
import { quantity } from '#core/units/money.ts';
import type { MemoryTables } from './store/memory-tables.ts';

const worthOf = (marked: MarkedMarkets, marketId: string | null, signed: Decimal): Decimal => {
  const market = marked.get(marketId ?? '');
  if (market === undefined || signed.isZero()) return ZERO;
  const value = valueAt(market.terms, quantity(signed.abs()), market.markPrice);
  return valueSign(market.terms.contract, signed.gt(0) ? 'LONG' : 'SHORT').times(value);
};

/**
 * Profit, at these marks, of the positions that a fund took over: Σ value of the journal's legs + Σ v·V(q, mark), negative for a loss. Its balance does not
 * show it until the positions are closed. Settlement asset; a market without a mark counts for what was paid.
 */
export const takenOverPnl = (
  { Journal }: Pick<MemoryTables, 'Journal'>,
  marked: MarkedMarkets,
  { fundId }: Pick<FundState, 'fundId'>,
): Decimal => {
  const account = takeoverAccount(fundId);
  const legs = [...Journal.values()].flatMap((entry) => entry.legs.filter((leg) => leg.account === account));
  const held = [...Map.groupBy(legs, ({ marketId }) => marketId)].map(([marketId, those]) =>
    worthOf(marked, marketId, sum(those.map((leg) => leg.quantity))),
  );
  return sum([...legs.map(({ value }) => value), ...held]);
};
