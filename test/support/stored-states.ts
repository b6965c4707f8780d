import fc, { type Arbitrary } from 'fast-check';
import type { JournalEntry } from '#core/account/ledger.ts';
import type { FundState } from '#core/insurance/fund-state.ts';
import type { Lane } from '#core/lane.ts';
import type { MarginChoice } from '#core/liquidation/decide-margin.ts';
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
  contract: fc.constant('LINEAR' as const),
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
  }),
});

export const markets: Arbitrary<StoredMarket> = fc.record({
  fundId: ids,
  market: fc.record({
    ...stored,
    terms,
    accepted: orNull(observations),
    pending: orNull(fc.record({ observation: observations, confirmations: counts })),
    sequenceSeen: counts,
    watchedSequence: counts,
    status: fc.constantFrom('ACTIVE' as const, 'REDUCE_ONLY' as const, 'HALTED' as const, 'SETTLING' as const),
    resumedAt: orNull(times),
  }),
});

const drawdownPolicies = fc.record({
  window: durations,
  trigger: ratios,
  release: ratios,
  operator: fc.constantFrom('AT_LEAST' as const, 'GREATER_THAN' as const),
  minimumBalance: amounts,
});

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
  }),
  balance: amounts,
  reserved: amountsById,
  draws: fc.record({ intervalStart: times, byMarket: amountsById }),
  drawdown: fc.record({ peaks: few(fc.record({ sliceStart: times, peak: amounts })), active: fc.boolean() }),
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

export const rings: Arbitrary<Ring> = fc.record({
  waveId: keys,
  poolId: keys,
  cause: fc.constantFrom('GUARD_CROSSED' as const, 'DUE' as const),
});

const choices: Arbitrary<MarginChoice> = fc.oneof(
  fc.record({ kind: fc.constant('NONE' as const) }),
  fc.record({ kind: fc.constant('REDUCE' as const), rule: ids, size: fc.constant({ kind: 'ONE_TIER' as const }) }),
  fc.record({ kind: fc.constant('REDUCE' as const), rule: ids, size: ratios.map((fraction) => ({ kind: 'FRACTION' as const, fraction })) }),
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
