import type { JournalEntry } from '#core/account/ledger.ts';
import type { Pool } from '#core/account/pool.ts';
import { settleTransfer } from '#core/adl/settle-transfer.ts';
import { AT_BANKRUPTCY, residualOfValue } from '#core/adl/settlement-price.ts';
import { USUAL_FUND_TERMS } from '#core/insurance/fund-policy.ts';
import type { PlannedOrder } from '#core/insurance/plan-orders.ts';
import { settleFill } from '#core/insurance/settle-fill.ts';
import type { CaseLeg, LiquidationCase } from '#core/liquidation/liquidation-case.ts';
import type { LiquidationOrder } from '#core/liquidation/order.ts';
import type { MarkedMarket } from '#core/market/marked-market.ts';
import { closingOrderSide, opposite } from '#core/market/side.ts';
import { valueAt } from '#core/market/valuation.ts';
import type { ExecutionPolicy } from '#core/policy.ts';
import { decimal, ZERO } from '#core/units/decimal.ts';
import { money, type Quantity, quantity, ratio } from '#core/units/money.ts';
import { ceilToQuantum } from '#core/units/rounding.ts';
import { durationMs, epochMs } from '#core/units/time.ts';
import { corePool } from './pool-case.ts';

/** How a whole close is executed whose surpluses go to the fund, so that the pool ends at its bankruptcy value whatever the fills. */
export const WHOLE_CLOSE: ExecutionPolicy = {
  limit: 'FUND_BACKED',
  fillable: null,
  crossBankruptcyPrice: 'ZERO_PRICE',
  surplus: { REDUCE: 'TRADER', LIQUIDATE: 'FUND' },
  liquidationFeeRate: ratio(ZERO),
  liquidationFeeBasis: { kind: 'FILLED_VALUE' },
  concessionRate: ratio(ZERO),
  recovery: 'MAINTENANCE',
  recoveryBuffer: null,
  legs: { order: 'MARKET', atOnce: 'ALL' },
  cancelOrdersFirst: 'NONE',
  orderTimeToLive: durationMs(10_000),
};

const caseOf = (pool: Pool, legs: readonly CaseLeg[]): LiquidationCase => ({
  caseId: `${pool.poolId}#1`,
  poolId: pool.poolId,
  accountId: pool.accountId,
  settlementAsset: pool.settlementAsset,
  kind: 'LIQUIDATE',
  state: 'ORDERED',
  ruleSet: { id: 'house', version: '1.0.0', hash: 'sha256:0' },
  openedAt: epochMs(1_760_000_000_000),
  wave: 'usdt#1',
  waveRank: 0,
  attempt: 1,
  transferCount: 0,
  legs,
  drawn: money(ZERO),
  received: money(ZERO),
  version: 1,
  lastWriter: 'OPEN',
});

const orderOf = (pool: Pool, planned: PlannedOrder, filledQuantity: Quantity, market: MarkedMarket): LiquidationOrder => ({
  orderId: `${pool.poolId}#1#${planned.marketId}`,
  caseId: `${pool.poolId}#1`,
  poolId: pool.poolId,
  kind: 'LIQUIDATION',
  wave: 'usdt#1',
  side: closingOrderSide(planned.positionSide),
  fundId: 'usdt',
  expiresAt: epochMs(1_760_000_010_000),
  status: 'ENDED',
  fillSequence: filledQuantity.isZero() ? 0 : 1,
  filledQuantity,
  fills: filledQuantity.isZero() ? [] : [{ quantity: filledQuantity, price: market.markPrice }],
  version: 1,
  lastWriter: 'VENUE',
  ...planned,
});

/** A pool on its way through the waterfall, with everything that was booked. */
export interface Run {
  readonly pool: Pool;
  readonly leg: CaseLeg;
  readonly entries: readonly JournalEntry[];
}

/** Books a fill of the planned order at the mark. */
export const fillAtMark = (run: Run, planned: PlannedOrder, filled: Quantity, market: MarkedMarket): Run => {
  const settled = settleFill({
    pool: run.pool,
    liquidation: caseOf(run.pool, [run.leg]),
    leg: run.leg,
    order: orderOf(run.pool, planned, filled, market),
    terms: market.terms,
    policy: WHOLE_CLOSE,
    income: USUAL_FUND_TERMS.income,
    absorbs: true,
  });
  return { pool: settled.pool, leg: settled.leg, entries: [...run.entries, settled.entry] };
};

/** A solvent pool that holds `held` contracts against the leg, entered at the mark. */
export const counterpartyFor = (leg: CaseLeg, held: Quantity, market: MarkedMarket): Pool => ({
  ...corePool({ collateral: '1000', markets: [], positions: [] }, 'counterparty'),
  positions: [
    {
      marketId: leg.marketId,
      side: opposite(leg.side),
      quantity: held,
      entryValue: ceilToQuantum(valueAt(market.terms, held, market.markPrice)),
    },
  ],
});

/** Transfers `part` of the leg to a counterparty at the leg's price; null where the leg has none. */
export const transferTo = (
  run: Run,
  counterparty: Pool,
  part: Quantity,
  market: MarkedMarket,
): (Run & { readonly counterparty: Pool }) | null => {
  const residual = residualOfValue(market.terms, run.leg.side, run.leg.residualQuantity, run.leg.bankruptcyValue);
  if (residual === null) return null;
  const { accountId, poolId } = counterparty;
  const nothing = { realizedPnl: money(ZERO), haircut: money(ZERO), toFund: money(ZERO) };
  const transfer = { accountId, poolId, quantity: part, price: residual.price, ...nothing };
  const settled = settleTransfer({
    bankrupt: run.pool,
    counterparty,
    liquidation: caseOf(run.pool, [run.leg]),
    leg: run.leg,
    transfer,
    bankruptcyPrice: residual.price,
    closesAt: AT_BANKRUPTCY,
    fundId: 'usdt',
    terms: market.terms,
    entryNumber: run.entries.length,
  });
  return { pool: settled.bankrupt, leg: settled.leg, entries: [...run.entries, settled.entry], counterparty: settled.counterparty };
};

/** The part of a quantity in thousandths, as a quantity above zero and at most the whole. */
export const partOf = (whole: Quantity, thousandths: number): Quantity => quantity(whole.times(thousandths).div(decimal('1000')));
