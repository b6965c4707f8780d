import { dueGuards, type Pool } from '#core/account/pool.ts';
import { byMarketThenSide, type Position } from '#core/account/position.ts';
import { NO_MEMORY } from '#core/insurance/fund-memory.ts';
import { type FundState, fundAt } from '#core/insurance/fund-state.ts';
import { assessMargin, type MarginAssessment } from '#core/margin/assess-margin.ts';
import type { MarketTerms } from '#core/market/contract.ts';
import { tierTable } from '#core/market/margin-tiers.ts';
import type { MarketState, MarkObservation } from '#core/market/market-state.ts';
import type { Side } from '#core/market/side.ts';
import { decimal } from '#core/units/decimal.ts';
import { money, price, quantity, ratio } from '#core/units/money.ts';
import { type EpochMs, epochMs } from '#core/units/time.ts';
import { type FundLimits, fundPolicy } from './small-law.ts';

/** States of the core in plain text, for truth tables. */

export const termsOf = (marketId = 'AAA', changes: Partial<MarketTerms> = {}): MarketTerms => ({
  marketId,
  contract: 'LINEAR',
  multiplier: decimal('1'),
  settlementAsset: 'USDT',
  tickSize: price(decimal('0.5')),
  lotSize: quantity(decimal('0.1')),
  takerFeeRate: ratio(decimal('0')),
  tierTable: tierTable('DEDUCTION', [
    {
      notionalFloor: money(decimal('0')),
      notionalCap: null,
      maintenanceMarginRate: ratio(decimal('0.01')),
      maintenanceAmount: null,
      maximumLeverage: null,
    },
  ]),
  ...changes,
});

export const observation = (sequence: number, mark: string, index = mark, observedAt: EpochMs = epochMs(0)): MarkObservation => ({
  marketId: 'AAA',
  sequence,
  markPrice: price(decimal(mark)),
  indexPrice: price(decimal(index)),
  observedAt,
});

/** A market with an accepted mark of sequence 1, unless `changes` say otherwise. */
export const marketState = (mark: string | null, changes: Partial<MarketState> = {}): MarketState => ({
  terms: termsOf(),
  accepted: mark === null ? null : observation(1, mark),
  previousMark: null,
  pending: null,
  sequenceSeen: mark === null ? 0 : 1,
  watchedSequence: 0,
  status: 'ACTIVE',
  resumedAt: null,
  average: null,
  security: null,
  stopped: [],
  version: 1,
  lastWriter: 'VENUE',
  ...changes,
});

const sideOf = (text: string): Side => {
  if (text !== 'LONG' && text !== 'SHORT') throw new RangeError(`\`${text}\` is no side`);
  return text;
};

/** `LONG 10 AAA 1000`: side, contracts, market, entry value; several joined by `+`, `-` for none. */
export const positionsOf = (text: string): readonly Position[] =>
  (text === '-' ? [] : text.split('+'))
    .map((each): Position => {
      const [side = '', held = '', marketId = '', entryValue = ''] = each.trim().split(/\s+/);
      return { marketId, side: sideOf(side), quantity: quantity(decimal(held)), entryValue: money(decimal(entryValue)) };
    })
    .sort(byMarketThenSide);

export const poolOf = (balance: string, positions: string, changes: Partial<Pool> = {}): Pool => {
  const pool: Pool = {
    poolId: 'a1#CROSS#USDT',
    accountId: 'a1',
    marginMode: 'CROSS',
    settlementAsset: 'USDT',
    tags: [],
    balance: money(decimal(balance)),
    positions: positionsOf(positions),
    guards: [],
    caseId: null,
    caseCount: 0,
    deferredSince: null,
    lastReduction: null,
    version: 1,
    lastWriter: 'VENUE',
    ...changes,
  };
  return { ...pool, guards: dueGuards(pool) };
};

/** Positions as `LONG 10 AAA 1000`, listed the same way. */
export const shownPositions = (pool: Pool): string =>
  pool.positions.map(({ side, quantity: held, marketId, entryValue }) => `${side} ${held} ${marketId} ${entryValue}`).join(' + ') || '-';

/** The pool at marks of its markets, given as `AAA 100, BBB 50`. Throws when one is missing. */
export const assessedAt = (pool: Pool, marks: string): MarginAssessment => {
  const marked = new Map(
    marks.split(',').map((each) => {
      const [marketId = '', mark = ''] = each.trim().split(' ');
      return [marketId, { terms: termsOf(marketId), markPrice: price(decimal(mark)) }] as const;
    }),
  );
  const assessed = assessMargin(pool, marked);
  if (!assessed.ok) throw new RangeError(`\`${assessed.refusal.marketId}\` has no mark`);
  return assessed.value;
};

export const fundOf = (balance: string, limits: FundLimits = {}, at: EpochMs = epochMs(0)): FundState =>
  fundAt(
    {
      fundId: 'usdt',
      asset: 'USDT',
      policy: fundPolicy(limits),
      balance: money(decimal(balance)),
      reserved: new Map(),
      draws: { intervalStart: epochMs(0), byMarket: new Map() },
      drawdown: { peaks: [], active: false },
      memory: NO_MEMORY,
      version: 1,
      lastWriter: 'VENUE',
    },
    at,
  );
