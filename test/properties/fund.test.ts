import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { windowPeak } from '#core/insurance/drawdown.ts';
import { fundAvailable } from '#core/insurance/fund-limits.ts';
import { NO_MEMORY } from '#core/insurance/fund-memory.ts';
import { USUAL_FUND_TERMS } from '#core/insurance/fund-policy.ts';
import { drawReserved, type FundState, fundAt, receive, reserve } from '#core/insurance/fund-state.ts';
import type { FundPolicy } from '#core/policy.ts';
import { type Decimal, decimal, sum } from '#core/units/decimal.ts';
import { type Money, money } from '#core/units/money.ts';
import { durationMs, epochMs } from '#core/units/time.ts';
import { fraction } from '../reference/fraction.ts';
import { availableFor } from '../reference/fund.ts';
import { exactly, expectExactly } from '../support/compare.ts';
import { coreDrawdownPolicy, type DrawdownTerms, drawdownTerms, twinDrawdownPolicy, WINDOW_MS } from '../support/drawdown-terms.ts';
import { propertyRuns } from '../support/property-runs.ts';

const INTERVAL_MS = 3_600_000;
const MARKETS = ['AAA', 'BBB', 'CCC'] as const;

interface FundCase {
  readonly floor: string;
  readonly drawCapPerMarket: string | null;
  readonly drawCapPerInterval: string | null;
  readonly terms: DrawdownTerms | null;
}

const fundCase: fc.Arbitrary<FundCase> = fc.record({
  floor: fc.constantFrom('0', '100', '2000'),
  drawCapPerMarket: fc.constantFrom(null, '0', '150', '400'),
  drawCapPerInterval: fc.constantFrom(null, '0', '250', '600'),
  terms: fc.option(drawdownTerms),
});

const openFund = (each: FundCase, balance: string, now: number): FundState => {
  const cap = (text: string | null): Money | null => (text === null ? null : money(decimal(text)));
  const policy: FundPolicy = {
    ...USUAL_FUND_TERMS,
    fundId: 'usdt',
    asset: 'USDT',
    markets: ['*'],
    floor: money(decimal(each.floor)),
    drawCapPerMarket: cap(each.drawCapPerMarket),
    drawCapPerInterval: cap(each.drawCapPerInterval),
    interval: durationMs(INTERVAL_MS),
    drawdown: each.terms === null ? null : coreDrawdownPolicy(each.terms),
  };
  const empty = { intervalStart: epochMs(0), byMarket: new Map() };
  const fund: FundState = {
    fundId: 'usdt',
    asset: 'USDT',
    policy,
    balance: money(decimal(balance)),
    reserved: new Map(),
    draws: empty,
    drawdown: { peaks: [], active: false },
    memory: NO_MEMORY,
    version: 1,
    lastWriter: 'VENUE',
  };
  return fundAt(fund, epochMs(now));
};

interface Draw {
  readonly atMs: number;
  readonly marketId: string;
  readonly drawn: Decimal;
}

/** What the twin says is available, from the whole list of draws and reservations rather than from counters. */
const twinAvailable = (each: FundCase, fund: FundState, draws: readonly Draw[], now: number, marketId: string) =>
  availableFor(
    {
      balance: exactly(fund.balance),
      floor: fraction(each.floor),
      peak: exactly(windowPeak(fund.drawdown)),
      drawdown: each.terms === null ? null : twinDrawdownPolicy(each.terms),
      drawdownModeIsOn: fund.drawdown.active,
      drawCapPerMarket: each.drawCapPerMarket === null ? null : fraction(each.drawCapPerMarket),
      drawCapPerInterval: each.drawCapPerInterval === null ? null : fraction(each.drawCapPerInterval),
      uses: MARKETS.map((use) => ({
        marketId: use,
        reserved: exactly(fund.reserved.get(use) ?? decimal('0')),
        drawn: exactly(sum(draws.filter((draw) => draw.marketId === use && sameInterval(draw.atMs, now)).map((draw) => draw.drawn))),
      })),
    },
    marketId,
  );

const sameInterval = (a: number, b: number): boolean => Math.floor(a / INTERVAL_MS) === Math.floor(b / INTERVAL_MS);

describe('an insurance fund', () => {
  const act = fc.record({
    afterMs: fc.constantFrom(0, 1000, INTERVAL_MS / 2, INTERVAL_MS, WINDOW_MS),
    marketId: fc.constantFrom(...MARKETS),
    reservePart: fc.constantFrom('0', '0.25', '0.5', '1'),
    drawnPart: fc.constantFrom('0', '0.5', '1'),
    received: fc.constantFrom('0', '0', '10', '300'),
    settlesAtOnce: fc.boolean(),
  });

  it('offers what the twin offers through any course of reserving, drawing and receiving, and never falls below its floor', () => {
    fc.assert(
      fc.property(
        fundCase,
        fc.constantFrom('0', '50', '1000', '5000'),
        fc.array(act, { minLength: 1, maxLength: 12 }),
        (each, balance, acts) => {
          let now = 1_760_000_000_000;
          let fund = openFund(each, balance, now);
          const draws: Draw[] = [];
          for (const { afterMs, marketId, reservePart, drawnPart, received, settlesAtOnce } of acts) {
            now += afterMs;
            fund = fundAt(fund, epochMs(now));
            for (const market of MARKETS)
              expectExactly(fundAvailable(fund, market), twinAvailable(each, fund, draws, now, market), `available for ${market}`);
            const asked = money(fundAvailable(fund, marketId).times(reservePart));
            fund = reserve(fund, marketId, asked, asked);
            const held = fund.reserved.get(marketId);
            if (settlesAtOnce && held !== undefined) {
              const before = fund.balance;
              const drawn = money(held.times(drawnPart));
              fund = drawReserved(fund, marketId, held, drawn, epochMs(now));
              draws.push({ atMs: now, marketId, drawn });
              expect(fund.balance.toFixed()).toBe(before.minus(drawn).toFixed());
              if (drawn.gt(0)) expect(fund.balance.gte(each.floor)).toBe(true);
            }
            fund = receive(fund, marketId, money(decimal(received)), epochMs(now));
          }
        },
      ),
      propertyRuns(),
    );
  });
});
