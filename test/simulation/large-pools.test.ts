import { describe, expect, it } from 'vitest';
import { present } from '#core/invariant.ts';
import { type ReplayOutcome, runReplay } from '#local/replay/run-replay.ts';
import type { RuleSet } from '#rule-sets/rule-set.ts';
import { BYTES_MAX, CommitSizes, ITEM_BYTES_MAX, ITEMS_MAX } from '../support/commit-sizes.ts';
import { account, held, type LargeVenue, largeInputs, range, withFunds } from '../support/large-venue.ts';
import { GUARDED, HOUSE, leaf, withMarginEvent, withShortfallRule } from '../support/small-law.ts';
import { recorded } from '../support/small-venue.ts';
import { hedgedVenue, steppingVenue, WHALE, WHALE_CASE, whaleVenue } from '../support/whale.ts';

/** Five more than a pool of the venue may hold. */
const MARKETS = 45;

interface Measured {
  readonly outcome: ReplayOutcome;
  readonly sizes: CommitSizes;
}

/** Replays a venue and expects that every commit fits a transaction and no promise was broken. */
const measured = async (venue: LargeVenue, law: RuleSet): Promise<Measured> => {
  const inputs = largeInputs(venue, law);
  const sizes = new CommitSizes(inputs.fundIds);
  const outcome = await runReplay(inputs, () => {}, [sizes]);
  expect(outcome.violations).toEqual([]);
  expect(sizes.items).toBeLessThanOrEqual(ITEMS_MAX);
  expect(sizes.bytes).toBeLessThan(BYTES_MAX);
  expect(sizes.itemBytes).toBeLessThan(ITEM_BYTES_MAX);
  expect(sizes.twice).toEqual([]);
  return { outcome, sizes };
};

const caseIn = ({ tables }: ReplayOutcome, caseId: string) => present(tables.Cases.get(caseId), caseId);

const ordersIn = ({ tables }: ReplayOutcome) =>
  [...tables.Orders.values()].flatMap((order) => (order.kind === 'LIQUIDATION' ? [order] : []));

const counterpartiesIn = ({ tables }: ReplayOutcome): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>();
  for (const order of tables.Orders.values()) {
    if (order.kind === 'DELEVERAGING') counts.set(order.marketId, (counts.get(order.marketId) ?? 0) + 1);
  }
  return counts;
};

/** A fund under each law that pays for about half of the whale's shortfall. */
describe.each([
  ['house', HOUSE, '30000'],
  ['the guarded rules', GUARDED, '130000'],
] as const)('under %s every commit fits one transaction of DynamoDB', (_name, law, fund) => {
  it('when a pool of 45 positions with a surplus is closed in part by the market, the rest by several in each market', async () => {
    const { outcome } = await measured(whaleVenue(MARKETS, 'SOLVENT', fund), law);
    expect(ordersIn(outcome)).toHaveLength(MARKETS);
    expect(ordersIn(outcome).filter(({ filledQuantity, quantity }) => filledQuantity.gt(0) && filledQuantity.lt(quantity))).toHaveLength(
      36,
    );
    expect([...counterpartiesIn(outcome).values()]).toEqual(range(MARKETS).map((market) => (market % 5 === 0 ? 3 : 2)));
    expect(caseIn(outcome, WHALE_CASE).state).toBe('CLOSED_ADL');
    expect(outcome.tables.Pools.get(WHALE)?.positions).toEqual([]);
  });

  it('when the fund can pay for a part of its legs only', async () => {
    const { outcome } = await measured(whaleVenue(MARKETS, 'INSOLVENT', fund), law);
    expect(ordersIn(outcome).length).toBeGreaterThan(12);
    expect(ordersIn(outcome).length).toBeLessThan(MARKETS - 5);
    const { state, drawn } = caseIn(outcome, WHALE_CASE);
    expect([state, drawn.gt(0)]).toEqual(['CLOSED_ADL', true]);
    expect(outcome.tables.Pools.get(WHALE)?.balance.toFixed()).toBe('0');
  });

  it('when a pool of 45 positions steps down in all of them at once', async () => {
    const { outcome } = await measured(steppingVenue(MARKETS, fund), law);
    expect(caseIn(outcome, WHALE_CASE)).toMatchObject({ kind: 'REDUCE', state: 'CLOSED_MARKET' });
    expect(ordersIn(outcome).filter(({ caseId }) => caseId === WHALE_CASE)).toHaveLength(MARKETS);
  });

  it('when both sides of 45 markets are netted first', async () => {
    const { outcome } = await measured(hedgedVenue(MARKETS, fund), law);
    expect(caseIn(outcome, WHALE_CASE)).toMatchObject({ state: 'CLOSED_ADL' });
    expect(caseIn(outcome, WHALE_CASE).legs).toHaveLength(MARKETS);
  });

  it('when one wave rings 500 pools', async () => {
    const longs = range(500).map((number) =>
      account(`b${String(number).padStart(3, '0')}`, `${30 + (number % 40)}`, [held(0, 'LONG', '10')]),
    );
    const shorts = range(60).map((number) => account(`s${number}`, '100000', [held(0, 'SHORT', `${90 + number}`, number)]));
    const venue = { markets: 1, accounts: [...longs, ...shorts], fund, moves: [() => -700], depth: () => '777' };
    const { outcome } = await measured(venue, law);
    expect(outcome.tables.Cases.size).toBe(500);
    expect([...outcome.tables.Cases.values()].filter(({ state }) => !state.startsWith('CLOSED_'))).toEqual([]);
  });

  it('when one residual goes to 200 counterparties with 45 positions each', async () => {
    const shorts = range(200).map((number) =>
      account(
        `s${String(number).padStart(3, '0')}`,
        '100000',
        range(MARKETS).map((market) => held(market, market === 0 ? 'SHORT' : 'LONG', '1', number)),
      ),
    );
    const venue = {
      markets: MARKETS,
      accounts: [account('loser', '1000', [held(0, 'LONG', '200')]), ...shorts],
      fund,
      moves: [(market: number) => (market === 0 ? -480 : 0)],
      depth: () => '0',
    };
    const { outcome, sizes } = await measured(venue, law);
    expect(counterpartiesIn(outcome).get('M00-USDT')).toBe(200);
    expect(caseIn(outcome, 'loser#CROSS#USDT#1').state).toBe('CLOSED_ADL');
    expect(sizes.items).toBe(2 + 3 * 30);
    const [ranking] = recorded(outcome, 'RANKING');
    expect(ranking?.pools).toHaveLength(200);
    expect(JSON.stringify(ranking?.pools)).not.toContain('INTERVAL');
  });
});

describe('the largest commits', () => {
  it('are the openings: for each of 45 markets an order and a throttle, beside pool, case, its row, instruction, fund, nomination and decision', async () => {
    const { sizes } = await measured(whaleVenue(MARKETS, 'INSOLVENT', '1000000'), GUARDED);
    expect(sizes.items).toBe(2 * MARKETS + 7);
  });

  it('fit with 40 markets, as many as a pool of the venue may hold, shared by 14 funds', async () => {
    const fundIds = range(14).map((number) => `fund${number}`);
    const funds = Object.fromEntries(fundIds.map((fundId) => [fundId, '1000000']));
    const { sizes } = await measured(whaleVenue(40, 'INSOLVENT', funds), withFunds(GUARDED, 14, 40));
    expect(sizes.items).toBe(ITEMS_MAX);
  });

  it('fit when the fund takes 45 positions over', async () => {
    const { outcome } = await measured(whaleVenue(MARKETS, 'INSOLVENT', '0'), withMarginEvent(GUARDED, { type: 'TAKE_OVER' }));
    expect(caseIn(outcome, WHALE_CASE).state).toBe('CLOSED_TAKEN_OVER');
  });

  it('fit when the rules halt all 45 markets of a case, with several funds', async () => {
    const funds = Object.fromEntries(range(5).map((number) => [`fund${number}`, '2000']));
    const halting = withShortfallRule(withFunds(HOUSE, 5, MARKETS), leaf('residualQuantity', 'decimalGreaterThan', '0'), { type: 'HALT' });
    const { outcome } = await measured(whaleVenue(MARKETS, 'INSOLVENT', funds), halting);
    expect(caseIn(outcome, WHALE_CASE).state).toBe('HALTED');
    expect([...outcome.tables.Markets.values()].filter(({ status }) => status !== 'HALTED')).toEqual([]);
  });
});
