import { count, decimalText, exactly, flag, listOf, mapOf, oneOf, orNull, type Shape, text } from './document-shape.ts';

/** The documents that `--json` prints, key by key as the command contract has them. */

const side = oneOf('LONG', 'SHORT');
const ruleSet = exactly({ id: text, version: text, hash: { kind: 'TEXT', pattern: /^sha256:[0-9a-f]{64}$/, nullable: false } });

const position = exactly({
  marketId: text,
  side,
  quantity: decimalText,
  notionalValue: decimalText,
  unrealizedPnl: decimalText,
  maintenanceMargin: decimalText,
  maintenanceMarginRate: decimalText,
  maintenanceAmount: decimalText,
  maximumLeverage: orNull(decimalText),
  initialMargin: orNull(decimalText),
  liquidationPrice: orNull(decimalText),
  bankruptcyPrice: orNull(decimalText),
});

const pool = exactly({
  poolId: text,
  accountId: text,
  marginMode: oneOf('CROSS', 'ISOLATED'),
  settlementAsset: text,
  marginBalance: decimalText,
  maintenanceMargin: decimalText,
  marginExcess: decimalText,
  marginRatio: orNull(decimalText),
  state: oneOf('SAFE', 'WARNED', 'LIQUIDATABLE', 'INSOLVENT'),
  positions: listOf(position),
  verdicts: listOf(
    exactly({
      rule: text,
      event: oneOf(
        'WARN',
        'REDUCE_TO_TIER',
        'REDUCE_BY_FRACTION',
        'REDUCE_EQUALLY',
        'REDUCE_BY_PORTION',
        'REDUCE_TO_RECOVERY',
        'LIQUIDATE',
        'TAKE_OVER',
      ),
      outcome: oneOf('FIRED', 'SILENT', 'ERROR'),
    }),
  ),
  decision: exactly({
    kind: oneOf('NONE', 'WARN', 'LIQUIDATE', 'REDUCE', 'TAKE_OVER', 'REFUSED'),
    orders: listOf(exactly({ marketId: text, side: oneOf('BUY', 'SELL'), quantity: decimalText, limitPrice: decimalText })),
  }),
});

export const ASSESSMENT: Shape = exactly({ ruleSet, pools: listOf(pool) });

const place = exactly({
  accountId: text,
  poolId: text,
  score: orNull(decimalText),
  pnlRatio: decimalText,
  effectiveLeverage: orNull(decimalText),
  quantity: decimalText,
  indicator: count,
  eligible: flag,
  reason: orNull(oneOf('SAME_ACCOUNT', 'EXCLUDED_TAG', 'IN_LIQUIDATION', 'INSOLVENT', 'NO_PROFIT')),
});

const transfer = exactly({
  accountId: text,
  poolId: text,
  quantity: decimalText,
  price: decimalText,
  realizedPnl: decimalText,
  haircut: decimalText,
});

const plan = exactly({
  marketId: text,
  side,
  quantity: decimalText,
  settlementPrice: decimalText,
  ranking: listOf(place),
  transfers: listOf(transfer),
  residualQuantity: decimalText,
  budget: decimalText,
  taken: decimalText,
  overshoot: decimalText,
  policy: exactly({ ranking: text, allocation: text, settlementPrice: text }),
});

export const DELEVERAGING: Shape = exactly({ ruleSet, plans: listOf(plan) });

const refusal = orNull(exactly({ file: text, path: text, message: text }));

const bankrupt = exactly({
  poolId: text,
  accountId: text,
  marketId: text,
  side,
  quantity: decimalText,
  ranking: listOf(place),
  settlementPrice: orNull(decimalText),
  transfers: listOf(transfer),
  contributions: listOf(exactly({ accountId: text, poolId: text, amount: decimalText })),
  residualQuantity: decimalText,
});

const payments = exactly({
  pools: listOf(
    exactly({
      poolId: text,
      accountId: text,
      settlementAsset: text,
      marginBalanceBefore: decimalText,
      marginBalanceAfter: decimalText,
      change: decimalText,
    }),
  ),
  assets: listOf(
    exactly({
      asset: text,
      fundPaid: decimalText,
      fundReceived: decimalText,
      fundBalance: decimalText,
      takenOverPnl: decimalText,
      fees: decimalText,
      haircuts: decimalText,
      shared: decimalText,
      debt: decimalText,
    }),
  ),
});

export const COMPARISON: Shape = exactly({
  book: text,
  ruleSets: listOf(
    exactly({
      ruleSet,
      refusal,
      pools: listOf(pool),
      residuals: listOf(plan),
      bankruptPositions: listOf(bankrupt),
      payments,
      residualsLeft: listOf(exactly({ poolId: text, marketId: text, side, quantity: decimalText })),
      violations: listOf(text),
    }),
  ),
});

const counters = {
  breaches: count,
  liquidationOrders: count,
  marketFills: count,
  marketFilledQuantity: decimalText,
  deleveragingFills: count,
  deleveragedQuantity: decimalText,
  deleveragedNotional: decimalText,
  fundPaid: decimalText,
  fundReceived: decimalText,
  haircuts: decimalText,
  overshoot: decimalText,
  residualQuantity: decimalText,
};

export const REPLAY: Shape = exactly({
  scenario: text,
  ruleSet,
  marks: count,
  totals: exactly({ ...counters, fundBalance: decimalText, poolsOpen: count, marginBalance: decimalText }),
  markets: mapOf(exactly(counters)),
  conserved: flag,
  violations: listOf(text),
  timings: mapOf(count),
  report: text,
});

export const REPLAYS: Shape = exactly({ runs: listOf(REPLAY) });

/** What stands in the place of a bad book. */
export const BAD_BOOK: Shape = exactly({ error: exactly({ file: text, path: text, message: text }) });
