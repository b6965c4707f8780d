import { describe, expect, it } from 'vitest';
import type { MarginEvent } from '#core/policy.ts';
import type { RuleSet } from '#rule-sets/rule-set.ts';
import { hasEmbeddedTables } from '../support/embedded-tables.ts';
import { HOUSE, withMarginEvent } from '../support/small-law.ts';
import { DOUBLE_BUFFER, firstPart, fractionOf, withExecution } from '../support/small-reduction.ts';
import { inputsOf, replayed } from '../support/small-venue.ts';
import { toldOrders } from './told-orders.ts';
import { onStack } from './waves-of-all-kinds.ts';

/** In breach at every mark: the loser has 6 and needs 9.6 for its 10 contracts. */
const VENUE = {
  accounts: 'loser | 46 | LONG 10 AAA 100\n winner | 500 | SHORT 10 AAA 100',
  marks: '0 | 96 | -\n 15 | 96 | -\n 30 | 96 | -',
};

const LOSER = 'loser#CROSS#USDT';

const lawOf = (event: MarginEvent, changes: Parameters<typeof withExecution>[1] = {}): RuleSet =>
  withExecution(withMarginEvent(HOUSE, event), changes);

/** What a pool remembers has to survive between marks: each law ends elsewhere without it. */
const LAWS: readonly (readonly [string, RuleSet, string])[] = [
  ['a first part that waits', lawOf(firstPart('500', 'WAIT')), '-'],
  ['a first part, all meanwhile', lawOf(firstPart('500', 'CLOSE_ALL')), '-'],
  ['fractions until recovery', lawOf(fractionOf('0.5'), DOUBLE_BUFFER), '2.5'],
];

describe.skipIf(!hasEmbeddedTables)('a liquidation in parts on the local stack', () => {
  it.each(LAWS)('by %s ends as in process', async (_name, law, left) => {
    const inProcess = (await replayed(VENUE, law)).store.tables.Pools.get(LOSER);
    expect(inProcess?.positions.map(({ quantity }) => quantity.toFixed()).join() || '-').toBe(left);
    await onStack(inputsOf(VENUE, law), async (whole, venue) => {
      await venue.run();
      const pool = await whole.ports.loadPool(LOSER);
      const shown = (each: typeof pool | undefined) => ({
        balance: each?.balance.toFixed(),
        held: each?.positions.map(({ quantity }) => quantity.toFixed()),
        remembers: each?.lastReduction?.until,
        cases: each?.caseCount,
      });
      expect(shown(pool)).toEqual(shown(inProcess));
      // CEL-3: the venue is told to cancel before it is told to close.
      for (const kinds of (await toldOrders(whole)).values()) expect(kinds).toEqual(['CANCEL_ORDERS', 'LIQUIDATION']);
      expect((await toldOrders(whole)).size).toBe(pool?.caseCount);
    });
  });
});
