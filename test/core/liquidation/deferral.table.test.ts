import { describe, expect, it } from 'vitest';
import { present } from '#core/invariant.ts';
import { marketDeferral } from '#core/liquidation/deferral.ts';
import { admits, counted, counterAt, type ThrottleCounter } from '#core/liquidation/throttle.ts';
import type { MarketState, MarketStatus } from '#core/market/market-state.ts';
import type { ThrottlePolicy } from '#core/policy.ts';
import { decimal } from '#core/units/decimal.ts';
import { money } from '#core/units/money.ts';
import { durationMs, epochMs } from '#core/units/time.ts';
import { marketState } from '../../support/core-states.ts';
import { HOUSE } from '../../support/small-law.ts';
import { textTable } from '../../support/text-table.ts';

const STATUSES: readonly MarketStatus[] = ['ACTIVE', 'REDUCE_ONLY', 'HALTED', 'SETTLING'];

/** `ACTIVE 1000, HALTED -`: status and when the market resumed. */
const marketsOf = (text: string): readonly MarketState[] =>
  text.split(',').map((each) => {
    const [status = '', resumedAt = ''] = each.trim().split(' ');
    return marketState('100', {
      status: present(
        STATUSES.find((known) => known === status),
        status,
      ),
      resumedAt: resumedAt === '-' ? null : epochMs(Number(resumedAt)),
    });
  });

describe('a pool at 100,000 ms with a grace of 60,000 ms', () => {
  it.each(
    textTable(
      'markets                     | guarded          | off',
      `
       ACTIVE -                    | -                | -
       REDUCE_ONLY -               | -                | -               // liquidations go on
       HALTED -                    | MARKET_HALTED    | MARKET_HALTED   // no order could be sent, whatever the rules
       SETTLING -                  | MARKET_HALTED    | MARKET_HALTED
       ACTIVE 40001                | GRACE_AFTER_HALT | -
       ACTIVE 40000                | -                | -               // exactly the grace
       REDUCE_ONLY 99999           | GRACE_AFTER_HALT | -
       ACTIVE 100000               | GRACE_AFTER_HALT | -
       HALTED 99999                | MARKET_HALTED    | MARKET_HALTED   // halted once more
       ACTIVE -, HALTED -          | MARKET_HALTED    | MARKET_HALTED   // one leg is enough
       ACTIVE 99999, ACTIVE -      | GRACE_AFTER_HALT | -
       ACTIVE 99999, HALTED -      | MARKET_HALTED    | MARKET_HALTED   // the harder reason first
      `,
    ),
  )('in $markets waits for $guarded', ({ markets, guarded, off }) => {
    const grace = { ...HOUSE.safeguards, graceAfterHalt: durationMs(60_000) };
    expect(marketDeferral(marketsOf(markets), grace, epochMs(100_000)) ?? '-').toBe(guarded);
    expect(marketDeferral(marketsOf(markets), HOUSE.safeguards, epochMs(100_000)) ?? '-').toBe(off);
  });
});

const THROTTLE: ThrottlePolicy = {
  notionalPerMarket: money(decimal('100')),
  interval: durationMs(60_000),
  maximumDelay: durationMs(300_000),
};

const counter = (notional: string, start: string): ThrottleCounter => ({
  marketId: 'AAA',
  intervalStart: epochMs(Number(start)),
  notionalValue: money(decimal(notional)),
  version: 1,
  lastWriter: 'OPEN',
});

describe('a throttle of 100 a minute', () => {
  it.each(
    textTable(
      'counted | since | now    | next | admitted | what',
      `
       0       | 60000 | 60000  | 100  | yes      | all of it at once
       40      | 60000 | 60000  | 60   | yes      | exactly the rest
       40      | 60000 | 60000  | 60.000000000001 | no | a quantum more
       100     | 60000 | 119999 | 1    | no       | full to the end of its minute
       100     | 60000 | 120000 | 1    | yes      | the next minute starts from nothing
       0       | 60000 | 60000  | 1000 | yes      | one larger than the limit, alone
       1       | 60000 | 60000  | 1000 | no       | one larger than the limit, after another
       100     | 0     | 999999 | 100  | yes      | a counter of long ago
      `,
    ),
  )('$what: $counted counted, $next more at $now: $admitted', ({ counted: before, since, now, next, admitted }) => {
    const current = counterAt(counter(before, since), THROTTLE, epochMs(Number(now)));
    expect(admits(current, THROTTLE, decimal(next)) ? 'yes' : 'no').toBe(admitted);
  });

  it('counts on within its interval, and from its start in the next', () => {
    const first = counted(counterAt(counter('0', '0'), THROTTLE, epochMs(59_999)), decimal('30'));
    const second = counted(counterAt(first, THROTTLE, epochMs(59_999)), decimal('20'));
    const third = counted(counterAt(second, THROTTLE, epochMs(60_000)), decimal('5'));
    expect([first, second, third].map(({ notionalValue, intervalStart }) => `${notionalValue} since ${intervalStart}`)).toEqual([
      '30 since 0',
      '50 since 0',
      '5 since 60000',
    ]);
  });
});
