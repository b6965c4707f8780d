import { describe, expect, it } from 'vitest';
import { present } from '#core/invariant.ts';
import { advanceTo, type CaseState, isLive, mayFollow } from '#core/liquidation/liquidation-case.ts';
import { caseInState } from '../../support/core-cases.ts';
import { textTable } from '../../support/text-table.ts';

const STATES: readonly CaseState[] = [
  'ORDERED',
  'ADL_WAIT',
  'ADL_RUN',
  'ADL_EXHAUSTED',
  'CLOSED_MARKET',
  'CLOSED_FUND',
  'CLOSED_ADL',
  'CLOSED_TAKEN_OVER',
  'CANCELLED',
  'HALTED',
];

/** Columns in the order of `STATES`; x where the step is legal. Staying in a live state is progress on its legs. */
const LEGAL = textTable(
  'from | ORDERED | ADL_WAIT | ADL_RUN | ADL_EXHAUSTED | CLOSED_MARKET | CLOSED_FUND | CLOSED_ADL | CLOSED_TAKEN_OVER | CANCELLED | HALTED | live',
  `
  ORDERED           | x | x | - | x | x | x | - | - | - | x | yes
  ADL_WAIT          | - | x | x | x | - | - | x | - | - | x | yes
  ADL_RUN           | - | - | x | x | - | - | x | - | - | x | yes
  ADL_EXHAUSTED     | x | x | - | x | - | - | - | - | x | x | yes  // re-enters at the next mark, or the pool recovered
  CLOSED_MARKET     | - | - | - | - | - | - | - | - | - | - | no   // terminal states absorb
  CLOSED_FUND       | - | - | - | - | - | - | - | - | - | - | no
  CLOSED_ADL        | - | - | - | - | - | - | - | - | - | - | no
  CLOSED_TAKEN_OVER | - | - | - | - | - | - | - | - | - | - | no
  CANCELLED         | - | - | - | - | - | - | - | - | - | - | no
  HALTED            | - | - | - | - | - | - | - | - | - | - | yes  // left by people only, and holds its pool until then
  `,
);

describe.each(LEGAL)('from $from', (row) => {
  const from = present(
    STATES.find((state) => state === row.from),
    row.from,
  );

  it.each(STATES)(`a case goes to %s only where it may`, (to) => {
    const legal = row[to] === 'x';
    expect(mayFollow(from, to)).toBe(legal);
    if (legal) expect(advanceTo(caseInState(from), to).state).toBe(to);
    else expect(() => advanceTo(caseInState(from), to)).toThrow(`a case goes from ${from} only where it may, not to ${to}`);
  });

  it(`it holds its pool: ${row.live}`, () => expect(isLive(from) ? 'yes' : 'no').toBe(row.live));
});

it('the table names every state', () => expect(LEGAL.map(({ from }) => from)).toEqual(STATES));
