import fc, { type Arbitrary } from 'fast-check';
import type { JournalEntry } from '#core/account/ledger.ts';
import type { WithdrawalGate } from '#core/account/withdrawal-gate.ts';
import type { MarketResult } from '#core/insurance/fund-memory.ts';
import type { FundState } from '#core/insurance/fund-state.ts';
import type { Lane } from '#core/lane.ts';
import type { MarginChoice } from '#core/liquidation/decide-margin.ts';
import type { ReductionEvent } from '#core/liquidation/reduction-policy.ts';
import type { ThrottleCounter } from '#core/liquidation/throttle.ts';
import type { MarginTier } from '#core/market/margin-tiers.ts';
import { ratio } from '#core/units/money.ts';
import { durationMs } from '#core/units/time.ts';
import type { Nomination, Ring } from '#core/wave.ts';
import type { StoredMarket } from '#functions/adapters/dynamodb/market-item.ts';
import type { WaveCase } from '#functions/adapters/dynamodb/ring-item.ts';
import { observations } from './stored-items.ts';
import { amounts, amountsById, counts, few, ids, keys, orNull, prices, quantities, stored, times } from './stored-values.ts';

const ratios = amounts.map(ratio);
const durations = counts.map(durationMs);

const tiers: Arbitrary<MarginTier> = fc.record({
  index: counts,
  notionalFloor: amounts,
  notionalCap: orNull(amounts),
  maintenanceMarginRate: ratios,
  maintenanceAmount: amounts,
  maximumLeverage: orNull(ratios),
});

const terms = fc.record({
  marketId: ids,
  contract: fc.constantFrom('LINEAR' as const, 'INVERSE' as const),
  multiplier: amounts,
  settlementAsset: ids,
  tickSize: prices,
  lotSize: quantities,
  takerFeeRate: ratios,
  tierTable: fc.record({
    form: fc.constantFrom('DEDUCTION' as const, 'MARGINAL' as const, 'FLAT' as const),
    tiers: few(tiers),
    continuous: fc.boolean(),
    maximumRate: ratios,
    policy: fc.record({
      boundary: fc.constantFrom('LOWER_TIER' as const, 'HIGHER_TIER' as const),
      measuredIn: fc.constantFrom('NOTIONAL' as const, 'CONTRACTS' as const),
      valuedAt: fc.constantFrom('MARK' as const, 'ENTRY' as const),
      closingFee: fc.constantFrom('BESIDE_MAINTENANCE' as const, 'IN_MAINTENANCE' as const, 'NONE' as const),
      openInterestScale: orNull(fc.record({ lower: amounts, upper: amounts })),
    }),
  }),
});

export const markets: Arbitrary<StoredMarket> = fc.record({
  fundId: ids,
  market: fc.record({
    ...stored,
    terms,
    accepted: orNull(observations),
    previousMark: orNull(prices),
    pending: orNull(fc.record({ observation: observations, confirmations: counts })),
    sequenceSeen: counts,
    watchedSequence: counts,
    status: fc.constantFrom('ACTIVE' as const, 'REDUCE_ONLY' as const, 'HALTED' as const, 'SETTLING' as const),
    resumedAt: orNull(times),
    average: orNull(fc.record({ price: prices, at: times })),
    security: orNull(
      fc.record({
        band: fc.constantFrom('GREEN' as const, 'AMBER' as const, 'RED' as const),
        ratio: orNull(amounts),
        at: times,
        isReducedByGuard: fc.boolean(),
      }),
    ),
    stopped: fc.subarray(['LIQUIDATE' as const, 'PAY' as const, 'DELEVERAGE' as const]),
  }),
});

const drawdownPolicies = fc.record({
  measure: fc.constantFrom('FUND_BALANCE' as const, 'MARKET_RESULT' as const),
  window: durations,
  trigger: ratios,
  release: ratios,
  operator: fc.constantFrom('AT_LEAST' as const, 'GREATER_THAN' as const),
  minimumBalance: amounts,
});

const peaks = few(fc.record({ sliceStart: times, peak: amounts }));

const marketResults: Arbitrary<MarketResult> = fc.record({ result: amounts, peaks, active: fc.boolean() });

export const funds: Arbitrary<FundState> = fc.record({
  ...stored,
  fundId: ids,
  asset: ids,
  policy: fc.record({
    fundId: ids,
    asset: ids,
    markets: few(fc.oneof(ids, fc.constant('*'))),
    floor: amounts,
    drawCapPerMarket: orNull(amounts),
    drawCapPerInterval: orNull(amounts),
    interval: durations,
    drawdown: orNull(drawdownPolicies),
    balanceTrigger: orNull(fc.record({ start: amounts, stop: amounts })),
    warning: orNull(fc.record({ drawdown: orNull(ratios), balance: orNull(amounts) })),
    drawCapPerMarketForever: orNull(amounts),
    keepsLastUnit: fc.boolean(),
    income: fc.record({ liquidationFeeShare: ratios, surplusShare: ratios }),
  }),
  balance: amounts,
  reserved: amountsById,
  draws: fc.record({ intervalStart: times, byMarket: amountsById }),
  drawdown: fc.record({ peaks, active: fc.boolean() }),
  memory: fc.record({
    paid: amountsById,
    results: fc.dictionary(fc.constantFrom('AAA', 'BBB'), marketResults).map((results) => new Map(Object.entries(results))),
    isBelowTrigger: fc.boolean(),
  }),
});

export const lanes: Arbitrary<Lane> = fc.record({
  ...stored,
  fundId: ids,
  held: fc.boolean(),
  waves: few(
    fc.record({
      waveId: keys,
      fundId: ids,
      marketId: ids,
      sequence: counts,
      at: times,
      stage: fc.constantFrom('QUEUED' as const, 'RUNG' as const),
    }),
  ),
});

export const throttles: Arbitrary<ThrottleCounter> = fc.record({ ...stored, marketId: ids, intervalStart: times, notionalValue: amounts });

export const gates: Arbitrary<WithdrawalGate> = fc.record({ ...stored, asset: ids, closedUntil: times });

export const rings: Arbitrary<Ring> = fc.record({
  waveId: keys,
  poolId: keys,
  cause: fc.constantFrom('GUARD_CROSSED' as const, 'DUE' as const),
});

const cooldowns = fc.record({
  notionalAbove: amounts,
  length: durations,
  meanwhile: fc.constantFrom('CLOSE_ALL' as const, 'WAIT' as const),
});

const reductions: Arbitrary<ReductionEvent> = fc.oneof(
  fc.record({ type: fc.constant('REDUCE_TO_TIER' as const), tiers: counts }),
  fc.record({ type: fc.constant('REDUCE_BY_FRACTION' as const), fraction: ratios, cooldown: orNull(cooldowns) }),
  fc.record({ type: fc.constant('REDUCE_EQUALLY' as const), shares: few(ratios), marginRatioBelow: ratios }),
  fc.record({
    type: fc.constant('REDUCE_BY_PORTION' as const),
    fraction: ratios,
    minimumNotional: amounts,
    maximumNotional: amounts,
    interval: durations,
  }),
  fc.record({ type: fc.constant('REDUCE_TO_RECOVERY' as const), minimumShortage: amounts, minimumNotional: amounts }),
);

const choices: Arbitrary<MarginChoice> = fc.oneof(
  fc.record({ kind: fc.constant('NONE' as const) }),
  fc.record({ kind: fc.constant('REDUCE' as const), rule: ids, size: reductions }),
  fc.record({ kind: fc.constant('LIQUIDATE' as const), rule: orNull(ids) }),
  fc.record({ kind: fc.constant('REFUSED' as const), reason: fc.string() }),
);

export const nominations: Arbitrary<Nomination> = fc.record({
  waveId: keys,
  poolId: keys,
  decisionId: keys,
  choice: choices,
  caseId: orNull(keys),
});

export const waveCases: Arbitrary<WaveCase> = fc.record({ waveId: keys, waveRank: fc.integer({ min: 0, max: 999_999 }), caseId: keys });

export const entries: Arbitrary<JournalEntry> = fc.record({
  entryId: keys,
  caseId: keys,
  kind: fc.constantFrom('MARKET_FILL' as const, 'DELEVERAGING' as const, 'TAKE_OVER' as const),
  asset: ids,
  marketId: ids,
  legs: few(fc.record({ account: keys, marketId: orNull(ids), quantity: amounts, value: amounts })),
});
