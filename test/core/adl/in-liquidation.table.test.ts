import { describe, expect, it } from 'vitest';
import { isInLiquidation } from '#core/adl/in-liquidation.ts';
import type { RecoveryPolicy } from '#core/liquidation/reduction-policy.ts';
import { epochMs } from '#core/units/time.ts';
import { assessedAt, poolOf } from '../../support/core-states.ts';
import { DOUBLE_BUFFER } from '../../support/small-reduction.ts';
import { textTable } from '../../support/text-table.ts';

const MAINTENANCE: RecoveryPolicy = { recovery: 'MAINTENANCE', recoveryBuffer: null };

/** A long of 10 from 100: its maintenance margin at 100 is 10, with the buffer 20. */
const counts = (balance: string, caseId: string, reduced: string, recovery: string): string => {
  const lastReduction = reduced === '-' ? null : { rule: reduced, at: epochMs(0), until: epochMs(0) };
  const pool = poolOf(balance, 'LONG 10 AAA 1000', { lastReduction, caseId: caseId === '-' ? null : caseId });
  return isInLiquidation(assessedAt(pool, 'AAA 100'), recovery === 'BUFFER' ? DOUBLE_BUFFER : MAINTENANCE) ? 'yes' : 'no';
};

describe('a pool that needs 10, and 20 to have recovered', () => {
  it.each(
    textTable(
      'balance | case | reduced | recovery    | counts',
      `
       10      | -    | -       | MAINTENANCE | no   // exactly what it needs
       9.99    | -    | -       | MAINTENANCE | yes  // no case holds it: its reduction found nobody, or its opening was put off
       1000    | p#1  | -       | MAINTENANCE | yes  // a case holds it
       10      | -    | part    | MAINTENANCE | no   // what it was reduced by is over
       19.99   | -    | part    | BUFFER      | yes  // reduced, and not recovered
       20      | -    | part    | BUFFER      | no
       19.99   | -    | -       | BUFFER      | no   // nothing began
       9.99    | -    | -       | BUFFER      | yes
      `,
    ),
  )('with $balance, case $case, reduced by $reduced under $recovery counts as in liquidation: $counts', (row) => {
    expect(counts(row.balance, row.case, row.reduced, row.recovery)).toBe(row.counts);
  });
});
