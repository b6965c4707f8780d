import type { JournalEntry } from '#core/account/ledger.ts';
import type { Pool } from '#core/account/pool.ts';
import { nextVersion, type Write } from '#core/commit.ts';
import { present } from '#core/invariant.ts';
import type { LiquidationCase } from '#core/liquidation/liquidation-case.ts';
import type { LiquidationOrder } from '#core/liquidation/order.ts';
import { decimal } from '#core/units/decimal.ts';
import { money, quantity } from '#core/units/money.ts';
import type { Engine } from '../support/delivery.ts';
import { HOUSE, withFund } from '../support/small-law.ts';
import { ordered } from '../support/wave-stages.ts';

/** A long of 10 in liquidation, its order for 10 sent and 50 reserved in a fund of 60 with a floor of 5; a short that is free. */
export const stage = () =>
  ordered(
    { accounts: 'loser | 50 | LONG 10 AAA 100\n winner | 9000 | SHORT 10 AAA 100', fund: '60', marks: '0 | 90 | -' },
    withFund(HOUSE, { floor: '5' }),
  );

const CASE = 'loser#CROSS#USDT#1';

/** Each of its items as its next version, ready to be spoiled. */
export const itemsOf = ({ store: { tables } }: Engine) => {
  const order = [...tables.Orders.values()].find((each): each is LiquidationOrder => each.kind === 'LIQUIDATION');
  return {
    winner: nextVersion(present(tables.Pools.get('winner#CROSS#USDT'), 'winner'), 'SETTLE'),
    loser: nextVersion(present(tables.Pools.get('loser#CROSS#USDT'), 'loser'), 'SETTLE'),
    liquidation: nextVersion(present(tables.Cases.get(CASE), CASE), 'SETTLE'),
    fund: nextVersion(present(tables.Funds.get('usdt'), 'usdt'), 'SETTLE'),
    market: nextVersion(present(tables.Markets.get('AAA'), 'AAA'), 'WATCH'),
    order: nextVersion(present(order, 'an order'), 'VENUE'),
  };
};

type Items = ReturnType<typeof itemsOf>;

const withQuantity = (pool: Pool, text: string, side: 'LONG' | 'SHORT'): Pool => ({
  ...pool,
  positions: [{ marketId: 'AAA', side, quantity: quantity(decimal(text)), entryValue: money(decimal('1000')) }],
});

/** A posting of the case with these legs, balanced or not. */
export const entry = (
  kind: JournalEntry['kind'],
  legs: readonly (readonly [account: string, quantity: string, value: string])[],
): Write => ({
  table: 'Journal',
  entry: {
    entryId: `${CASE}#TEST`,
    caseId: CASE,
    kind,
    asset: 'USDT',
    marketId: 'AAA',
    legs: legs.map(([account, held, value]) => ({ account, marketId: 'AAA', quantity: decimal(held), value: money(decimal(value)) })),
  },
});

/** The case in another state, whether it may go there or not. */
export const inState = (liquidation: LiquidationCase, state: LiquidationCase['state']): Write => ({
  table: 'Cases',
  item: { ...liquidation, state },
});

const isCancelled = (order: LiquidationOrder): LiquidationOrder => ({ ...order, orderId: `${CASE}#AAA#LONG#2`, version: 1 });

/** What each broken promise looks like as a commit, and what the auditor says. */
export const BROKEN: readonly (readonly [promise: string, writes: (items: Items) => readonly Write[], violation: string])[] = [
  [
    'the values of an entry sum to zero',
    () => [entry('MARKET_FILL', [['VENUE#AAA', '0', '1']])],
    "entry `loser#CROSS#USDT#1#TEST`: the legs' value does not sum to zero",
  ],
  [
    'the quantities of an entry sum to zero',
    () => [entry('MARKET_FILL', [['VENUE#AAA', '1', '0']])],
    "entry `loser#CROSS#USDT#1#TEST`: the legs' quantity does not sum to zero",
  ],
  [
    'a pool changes by its postings only',
    ({ winner }) => [{ table: 'Pools', item: { ...winner, balance: money(winner.balance.plus(1)) } }],
    '`winner#CROSS#USDT` changed by something else than its postings',
  ],
  [
    'a position changes by its postings only',
    ({ winner }) => [{ table: 'Pools', item: { ...winner, positions: [] } }],
    '`winner#CROSS#USDT AAA` changed by something else than its postings',
  ],
  [
    'a posting changes its pool',
    () => [
      entry('MARKET_FILL', [
        ['winner#CROSS#USDT', '0', '-1'],
        ['VENUE#AAA', '0', '1'],
      ]),
    ],
    '`winner#CROSS#USDT` changed by something else than its postings',
  ],
  [
    'a fund changes by its postings only',
    ({ fund }) => [{ table: 'Funds', item: { ...fund, balance: money(fund.balance.plus(1)) } }],
    '`FUND#usdt` changed by something else than its postings',
  ],
  [
    'nobody grows',
    ({ winner }) => [{ table: 'Pools', item: withQuantity(winner, '11', 'SHORT') }],
    'pool `winner#CROSS#USDT`: SHORT AAA grew or flipped',
  ],
  [
    'nobody flips',
    ({ winner }) => [{ table: 'Pools', item: withQuantity(winner, '1', 'LONG') }],
    'pool `winner#CROSS#USDT`: LONG AAA grew or flipped',
  ],
  [
    'no pool comes from nowhere',
    ({ winner }) => [{ table: 'Pools', item: { ...winner, poolId: 'new#CROSS#USDT', version: 1 } }],
    'pool `new#CROSS#USDT` appeared from nowhere',
  ],
  [
    'a pool has one live case at most',
    ({ loser }) => [{ table: 'Pools', item: { ...loser, caseId: 'loser#CROSS#USDT#2' } }],
    'pool `loser#CROSS#USDT` went from one live case to another',
  ],
  [
    'the fund keeps its floor',
    ({ fund }) => [{ table: 'Funds', item: { ...fund, balance: money(decimal('4')), reserved: new Map() } }],
    'fund `usdt` passed below its floor',
  ],
  [
    'the fund promises only what is above its floor',
    ({ fund }) => [{ table: 'Funds', item: { ...fund, reserved: new Map([['AAA', money(decimal('56'))]]) } }],
    'fund `usdt` reserved more than it has above its floor',
  ],
  [
    'a case takes legal steps',
    ({ liquidation }) => [inState(liquidation, 'ADL_RUN')],
    'case `loser#CROSS#USDT#1` went from ORDERED to ADL_RUN',
  ],
  [
    'a live case holds its pool',
    ({ liquidation, loser }) => [inState(liquidation, 'ADL_WAIT'), { table: 'Pools', item: { ...loser, caseId: null } }],
    'case `loser#CROSS#USDT#1` in ADL_WAIT and the lock of its pool disagree',
  ],
  [
    'an ended case lets its pool go',
    ({ liquidation }) => [inState(liquidation, 'CLOSED_MARKET')],
    'case `loser#CROSS#USDT#1` in CLOSED_MARKET and the lock of its pool disagree',
  ],
  [
    'a sequence only grows',
    ({ market }) => [{ table: 'Markets', item: { ...market, sequenceSeen: 0 } }],
    'market `AAA`: a sequence went back',
  ],
  [
    'the watched sequence only grows',
    ({ market }) => [{ table: 'Markets', item: { ...market, watchedSequence: 0 } }],
    'market `AAA`: a sequence went back',
  ],
  [
    'every order has a decision',
    ({ order }) => [{ table: 'Orders', item: isCancelled(order) }],
    'order `loser#CROSS#USDT#1#AAA#LONG#2` has no decision',
  ],
  [
    'an order fills what it asked for at most',
    ({ order }) => [{ table: 'Orders', item: { ...order, filledQuantity: quantity(decimal('10.001')) } }],
    'order `loser#CROSS#USDT#1#AAA#LONG#1` filled more than it asked for',
  ],
  [
    'deleveraging happens in its run only',
    () => [entry('DELEVERAGING', [['VENUE#AAA', '0', '0']])],
    'entry `loser#CROSS#USDT#1#TEST` deleverages in state ORDERED',
  ],
];
