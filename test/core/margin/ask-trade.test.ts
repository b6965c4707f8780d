import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Pool } from '#core/account/pool.ts';
import { present } from '#core/invariant.ts';
import { tradeRefusal, withdrawableAt } from '#core/margin/ask-trade.ts';
import type { OpeningPolicy } from '#core/market/containment-policy.ts';
import { tierTable } from '#core/market/margin-tiers.ts';
import type { MarketState } from '#core/market/market-state.ts';
import { decimal, ZERO } from '#core/units/decimal.ts';
import { money, quantity, ratio } from '#core/units/money.ts';
import { CONTAINMENT } from '../../support/containing-law.ts';
import { marketState, observation, poolOf, termsOf } from '../../support/core-states.ts';
import { propertyRuns } from '../../support/property-runs.ts';
import { textTable } from '../../support/text-table.ts';

/** Cap 1,000, half of it in an amber market; one account at most a quarter from 100 on; profit counts up to 100. */
const POLICY = present(CONTAINMENT.opening, 'the law has an opening policy');
const NOTHING_ASKED: OpeningPolicy = { ...POLICY, openInterestCap: null, positionShare: null, unrealizedProfitCap: null };

const tiersAt = (leverage: string) =>
  tierTable('DEDUCTION', [
    {
      notionalFloor: money(ZERO),
      notionalCap: null,
      maintenanceMarginRate: ratio(decimal('0.01')),
      maintenanceAmount: null,
      maximumLeverage: leverage === '-' ? null : ratio(decimal(leverage)),
    },
  ]);

/** AAA at 10, with so many contracts open, `-` for untold, and its leverage. */
const marketOf = (open: string, leverage = '10', changes: Partial<MarketState> = {}): MarketState => {
  const told = open === '-' ? {} : { openInterest: quantity(decimal(open)) };
  const accepted = { ...observation(1, '10'), ...told };
  return marketState('10', { terms: termsOf('AAA', { tierTable: tiersAt(leverage) }), accepted, ...changes });
};

const asked = (before: Pool, after: Pool, market: MarketState, others: readonly Pool[] = []) => ({
  before,
  after,
  others,
  markets: [market],
});

describe('a trade that is asked for', () => {
  it.each(
    textTable(
      'balance | held            | after                             | open | leverage | answer',
      `
       100 | -                   | LONG 10 AAA 100                   | 50   | 10 | -
       100 | -                   | LONG 20 AAA 200                   | 60   | 10 | -                   // 80 open, a quarter of it
       100 | -                   | LONG 20.1 AAA 201                 | 60   | 10 | POSITION_SHARE
       100 | LONG 20 AAA 200     | LONG 20.1 AAA 201                 | 80   | 10 | POSITION_SHARE
       100 | -                   | LONG 10 AAA 100                   | 90   | 10 | -                   // exactly the cap
       100 | -                   | LONG 10.1 AAA 101                 | 90   | 10 | OPEN_INTEREST_CAP
       100 | LONG 40 AAA 400     | LONG 30 AAA 300                   | 120  | 10 | -                   // closing is never asked
       100 | LONG 40 AAA 400     | LONG 40 AAA 400                   | -    | -  | -
       100 | LONG 1 AAA 10       | LONG 1 AAA 10 + SHORT 9 AAA 90    | 90   | 10 | -
       100 | LONG 1 AAA 10       | LONG 1 AAA 10 + SHORT 11 AAA 110  | 90   | 10 | OPEN_INTEREST_CAP
       10  | -                   | LONG 10 AAA 100                   | 50   | 10 | -
       9.9 | -                   | LONG 10 AAA 100                   | 50   | 10 | INITIAL_MARGIN
       0   | LONG 15 AAA 50      | LONG 16 AAA 60                    | 80   | 1  | INITIAL_MARGIN      // of 100 profit 160 are needed
       100 | -                   | LONG 10 AAA 100                   | -    | 10 | NOT_TOLD
       100 | -                   | LONG 10 AAA 100                   | 50   | -  | NOT_TOLD
      `,
    ),
  )('of $held to $after with $open open: $answer', ({ balance, held, after, open, leverage, answer }) => {
    const trade = asked(poolOf(balance, held), poolOf(balance, after), marketOf(open, leverage));
    expect(tradeRefusal(trade, POLICY) ?? '-').toBe(answer);
  });

  it('needs no open interest where the law does not ask for it, and always a mark', () => {
    const [before, after] = [poolOf('100', '-'), poolOf('100', 'LONG 10 AAA 100')];
    expect(tradeRefusal(asked(before, after, marketOf('-')), NOTHING_ASKED)).toBeNull();
    expect(tradeRefusal(asked(before, after, marketState(null)), NOTHING_ASKED)).toBe('NOT_TOLD');
    expect(tradeRefusal({ before, after, others: [], markets: [] }, NOTHING_ASKED)).toBe('NOT_TOLD');
  });

  it('is measured with what the account holds in its other pools', () => {
    const [before, after] = [poolOf('100', '-'), poolOf('100', 'LONG 20 AAA 200')];
    const other = poolOf('100', 'LONG 0.1 AAA 1');
    expect(tradeRefusal(asked(before, after, marketOf('60')), POLICY)).toBeNull();
    expect(tradeRefusal(asked(before, after, marketOf('60'), [other]), POLICY)).toBe('POSITION_SHARE');
  });

  it('meets half the cap in an amber market and nothing in a red one', () => {
    const [before, after] = [poolOf('100', '-'), poolOf('100', 'LONG 10 AAA 100')];
    const inBand = (band: 'AMBER' | 'RED') =>
      marketOf('41', '10', { security: { band, ratio: null, at: observation(1, '10').observedAt, isReducedByGuard: false } });
    expect(tradeRefusal(asked(before, after, inBand('AMBER')), POLICY)).toBe('OPEN_INTEREST_CAP');
    expect(tradeRefusal(asked(before, after, inBand('RED')), POLICY)).toBe('SECURITY_RED');
    expect(tradeRefusal(asked(before, after, marketOf('41', '10', { status: 'HALTED' })), POLICY)).toBe('MARKET_NOT_ACTIVE');
  });

  it('is answered by the twin: whole numbers at a mark of 10, cap 100 and a quarter of what is open', () => {
    const twin = (open: number, held: number, more: number, balance: number): string => {
      if (more === 0) return '-';
      if (open + more > 100) return 'OPEN_INTEREST_CAP';
      if (open + more > 10 && 4 * (held + more) > open + more) return 'POSITION_SHARE';
      return held + more > balance ? 'INITIAL_MARGIN' : '-';
    };
    const count = (max: number) => fc.integer({ min: 0, max });
    fc.assert(
      fc.property(count(110), fc.integer({ min: 1, max: 30 }), count(30), count(40), (open, held, more, balance) => {
        const pool = (contracts: number) => poolOf(String(balance), `LONG ${contracts} AAA ${contracts * 10}`);
        const trade = asked(pool(held), pool(held + more), marketOf(String(open)));
        expect(tradeRefusal(trade, POLICY) ?? '-').toBe(twin(open, held, more, balance));
      }),
      propertyRuns(),
    );
  });
});

describe('a withdrawal that is asked for', () => {
  it.each(
    textTable(
      'balance | held           | leverage | capped | uncapped',
      `
       100 | -                  | 10 | 100 | 100
       100 | LONG 40 AAA 400    | 10 | 60  | 60
       30  | LONG 40 AAA 400    | 10 | 0   | 0
       50  | LONG 60 AAA 0      | 5  | 30  | 50    // of 600 profit 100 count, or all of it; a balance is all there is to withdraw
       100 | LONG 40 AAA 400    | -  | -   | -
      `,
    ),
  )('of $balance beside $held: $capped, or $uncapped without a cap', ({ balance, held, leverage, capped, uncapped }) => {
    const pool = poolOf(balance, held);
    const markets = [marketOf('-', leverage)];
    expect(withdrawableAt(pool, markets, POLICY)?.toFixed() ?? '-').toBe(capped);
    expect(withdrawableAt(pool, markets, null)?.toFixed() ?? '-').toBe(uncapped);
  });
});
