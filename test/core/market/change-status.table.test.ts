import { describe, expect, it } from 'vitest';
import { present } from '#core/invariant.ts';
import { changeStatus } from '#core/market/change-status.ts';
import { isTrading, type MarketStatus } from '#core/market/market-state.ts';
import { epochMs } from '#core/units/time.ts';
import { marketState } from '../../support/core-states.ts';
import { textTable } from '../../support/text-table.ts';

const STATUSES: readonly MarketStatus[] = ['ACTIVE', 'REDUCE_ONLY', 'HALTED', 'SETTLING'];

const statusOf = (text: string): MarketStatus =>
  present(
    STATUSES.find((status) => status === text),
    text,
  );

describe('a status change at 9, in a market that last resumed at 5', () => {
  it.each(
    textTable(
      'from        | to          | resumedAt',
      `
       ACTIVE      | ACTIVE      | 5
       ACTIVE      | REDUCE_ONLY | 5
       ACTIVE      | HALTED      | 5
       ACTIVE      | SETTLING    | 5
       REDUCE_ONLY | ACTIVE      | 5          // liquidations never stopped, so there is nothing to resume from
       REDUCE_ONLY | HALTED      | 5
       HALTED      | ACTIVE      | 9
       HALTED      | REDUCE_ONLY | 9
       HALTED      | HALTED      | 5
       HALTED      | SETTLING    | 5
       SETTLING    | ACTIVE      | 9
       SETTLING    | REDUCE_ONLY | 9
       SETTLING    | HALTED      | 5
      `,
    ),
  )('$from → $to counts the grace period from $resumedAt', ({ from, to, resumedAt }) => {
    const before = marketState('100', { status: statusOf(from), resumedAt: epochMs(5) });
    const after = changeStatus(before, statusOf(to), epochMs(9));
    expect(after.status).toBe(to);
    expect(String(after.resumedAt)).toBe(resumedAt);
    expect({ ...after, status: before.status, resumedAt: before.resumedAt }).toEqual(before);
  });

  it.each([
    ['ACTIVE', true],
    ['REDUCE_ONLY', true],
    ['HALTED', false],
    ['SETTLING', false],
  ] as const)('orders may be sent in status %s: %s', (status, trading) => expect(isTrading(status)).toBe(trading));
});
