import { describe, expect, it } from 'vitest';
import type { Decision } from '#core/decision.ts';
import { type FundState, fundAt } from '#core/insurance/fund-state.ts';
import { present } from '#core/invariant.ts';
import type { LiquidationOrder } from '#core/liquidation/order.ts';
import { plainJson } from '#core/plain-json.ts';
import { sum, ZERO } from '#core/units/decimal.ts';
import type { Wave } from '#core/wave.ts';
import { evaluateMargin } from '#functions/evaluate-margin/evaluate-margin.ts';
import { openWave } from '#functions/open-wave/open-wave.ts';
import { type LegSettlement, settleLeg } from '#functions/settle-liquidation/settle-leg.ts';
import { settleLiquidation } from '#functions/settle-liquidation/settle-liquidation.ts';
import { ringWave } from '#functions/watch-marks/watch-marks.ts';
import type { RuleSet } from '#rule-sets/rule-set.ts';
import { replay } from '../reference/replay/replay.ts';
import { booksOf, deleverageWave, deliverGroup, type Engine, engineOf, publishGroup, violationsOf } from '../support/delivery.ts';
import { type LargeVenue, largeInputs, range, scenarioOf, withFunds } from '../support/large-venue.ts';
import { commitsOf, crashingAt, touchPool, withOtherWriter } from '../support/other-writer.ts';
import { GUARDED, HOUSE, leaf, withFund, withShortfallRule } from '../support/small-law.ts';
import { hedgedVenue, steppingVenue, WHALE, WHALE_CASE, whaleVenue } from '../support/whale.ts';
import { differencesOf } from './compare-replays.ts';
import { engineReplay } from './engine-replay.ts';

const MARKETS = 40;

interface Stage {
  readonly engine: Engine;
  readonly wave: Wave;
}

/** The orders of the whale's case have ended, none is settled. */
const ended = async (venue: LargeVenue, law: RuleSet): Promise<Stage> => {
  const inputs = largeInputs(venue, law);
  const engine = engineOf(inputs);
  await deliverGroup(engine, present(inputs.groups[0], 'the venue has a first mark'));
  const waves = await publishGroup(engine, present(inputs.groups[1], 'the venue has a fall'));
  const wave = present(waves[0], 'the fall is accepted');
  const moved = waves.map(({ marketId }) => marketId);
  for (const ring of await ringWave(engine.ports)(wave, moved)) await evaluateMargin(engine.ports)(ring, wave);
  await openWave(engine.ports)(wave);
  await engine.venue.work(wave.waveId);
  return { engine, wave };
};

const texts = (value: unknown): unknown => JSON.parse(JSON.stringify(plainJson(value)));

/** Everything but the counts of writes, and the state of the case, which the last commit decides. */
const amounts = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(texts(value)), (key, each) => (/^(?:version|lastWriter|state)$/.test(key) ? undefined : each));

/** What settling all legs in one go would book: one leg after the other, the books in memory, nothing written. */
const atOnce = async ({ engine, wave }: Stage) => {
  const { ports, store } = engine;
  const liquidation = present(store.tables.Cases.get(WHALE_CASE), WHALE_CASE);
  const orders: readonly LiquidationOrder[] = await ports.loadOrders(liquidation);
  let pool = present(store.tables.Pools.get(WHALE), WHALE);
  const inputs = { wave, liquidation, pool, orders };
  const funds = new Map<string, FundState>();
  const settled: LegSettlement[] = [];
  for (const leg of liquidation.legs) {
    const fundId = ports.fundIdOf(leg.marketId);
    const fund = funds.get(fundId) ?? fundAt(await ports.loadFund(fundId), wave.at);
    const market = present(await ports.loadMarket(leg.marketId), leg.marketId);
    const order = orders.find(({ marketId, positionSide }) => marketId === leg.marketId && positionSide === leg.side) ?? null;
    const one = await settleLeg(ports, { inputs, pool, leg, order, fund, market });
    funds.set(fundId, one.fund);
    pool = one.pool;
    settled.push(one);
  }
  return amounts({
    legs: settled.map(({ leg }) => leg),
    drawn: sum(settled.map(({ fill }) => fill?.drawn ?? ZERO)),
    received: sum(settled.map(({ fill }) => fill?.received ?? ZERO)),
    balance: pool.balance,
    positions: pool.positions,
    funds: [...funds.values()],
    entries: settled.flatMap(({ fill }) => (fill === null ? [] : [fill.entry])),
    decisions: settled.map(({ decision }) => decision),
  });
};

const shortfalls = (engine: Engine): readonly Decision[] =>
  [...engine.store.tables.Decisions.values()].filter(({ kind }) => kind === 'SHORTFALL');

/** What is in the books. A fund that nothing was taken from is brought to the present, as settling does before it looks. */
const booked = ({ engine, wave }: Stage) => {
  const { Cases, Pools, Funds, Journal } = engine.store.tables;
  const { legs, drawn, received } = present(Cases.get(WHALE_CASE), WHALE_CASE);
  const { balance, positions } = present(Pools.get(WHALE), WHALE);
  const entries = [...Journal.values()];
  const funds = [...Funds.values()].map((fund) => fundAt(fund, wave.at));
  return amounts({ legs, drawn, received, balance, positions, funds, entries, decisions: shortfalls(engine) });
};

const someFundsEmpty = (count: number) =>
  Object.fromEntries(range(count).map((number) => [`fund${number}`, number % 2 === 0 ? '9000' : '0']));

const CASES: readonly (readonly [string, LargeVenue, RuleSet])[] = [
  ['a surplus for the fund', whaleVenue(MARKETS, 'SOLVENT', '0'), HOUSE],
  ['a shortfall that the fund pays', whaleVenue(MARKETS, 'INSOLVENT', '200000'), HOUSE],
  ['a fund that runs dry', whaleVenue(MARKETS, 'INSOLVENT', '20000'), HOUSE],
  ['a fund that falls into its drawdown', whaleVenue(MARKETS, 'INSOLVENT', '130000'), GUARDED],
  ['a drawdown with reservations', whaleVenue(MARKETS, 'INSOLVENT', '20000'), withFund(HOUSE, { floor: '500', drawdown: 'GREATER_THAN' })],
  ['legs without an order between the others', whaleVenue(MARKETS, 'INSOLVENT', someFundsEmpty(4)), withFunds(HOUSE, 4, MARKETS)],
  ['a reduction', steppingVenue(MARKETS, '0'), HOUSE],
  ['netted hedges', hedgedVenue(MARKETS, '20000'), HOUSE],
];

describe.each(CASES)('a case of 40 legs, with %s', (_name, venue, law) => {
  it('is settled in several commits, and they book what one would, to the last digit', async () => {
    const stage = await ended(venue, law);
    const expected = await atOnce(stage);
    const { engine, commits } = commitsOf(stage.engine);
    await settleLiquidation(engine.ports)(WHALE_CASE, stage.wave);
    expect(commits.length).toBeGreaterThan(1);
    expect(booked(stage)).toEqual(expected);
    expect(engine.store.tables.Cases.get(WHALE_CASE)?.state).not.toBe('ORDERED');
  });

  it('ends the same after a crash before or after any of these commits, and beside another writer', async () => {
    const finish = async ({ engine, wave }: Stage) => {
      await settleLiquidation(engine.ports)(WHALE_CASE, wave);
      await deleverageWave(engine, wave);
      return booksOf(engine);
    };
    const clean = await ended(venue, law);
    const before = clean.engine.store.commits;
    await settleLiquidation(clean.engine.ports)(WHALE_CASE, clean.wave);
    const portions = clean.engine.store.commits - before;
    const books = await finish(clean);
    for (const k of range(portions)) {
      for (const moment of ['BEFORE', 'AFTER'] as const) {
        const stage = await ended(venue, law);
        const crashing = crashingAt(stage.engine, k + 1, moment);
        await expect(settleLiquidation(crashing.ports)(WHALE_CASE, stage.wave)).rejects.toMatchObject({ name: 'Crash' });
        expect(await finish(stage), `crash ${moment} ${k + 1}`).toEqual(books);
        expect(violationsOf(stage.engine)).toEqual([]);
      }
    }
    const stage = await ended(venue, law);
    const disturbed = withOtherWriter(stage.engine, 4, () => touchPool(stage.engine.store, WHALE));
    await settleLiquidation(disturbed.ports)(WHALE_CASE, stage.wave);
    expect(await finish(stage)).toEqual(books);
  });
});

it('two deliveries that run into each other between portions settle each leg once', async () => {
  const venue = whaleVenue(MARKETS, 'INSOLVENT', '20000');
  const clean = await ended(venue, HOUSE);
  await settleLiquidation(clean.engine.ports)(WHALE_CASE, clean.wave);
  const stage = await ended(venue, HOUSE);
  const overtaken = withOtherWriter(stage.engine, 1, () => settleLiquidation(stage.engine.ports)(WHALE_CASE, stage.wave));
  await settleLiquidation(overtaken.ports)(WHALE_CASE, stage.wave);
  expect(booksOf(stage.engine)).toEqual(booksOf(clean.engine));
});

it('a halt that a leg of the first portion asks for halts its market with the last', async () => {
  const law = withShortfallRule(HOUSE, leaf('residualQuantity', 'decimalEqual', '400'), { type: 'HALT' });
  const { engine, wave } = await ended(whaleVenue(MARKETS, 'SOLVENT', '0'), law);
  await settleLiquidation(engine.ports)(WHALE_CASE, wave);
  const { Cases, Markets } = engine.store.tables;
  expect(Cases.get(WHALE_CASE)?.state).toBe('HALTED');
  const halted = [...Markets.values()].filter(({ status }) => status === 'HALTED').map(({ terms }) => terms.marketId);
  expect(halted).toEqual(range(8).map((number) => `M${String(number * 5).padStart(2, '0')}-USDT`));
});

it.each<readonly [string, LargeVenue]>([
  ['a surplus', whaleVenue(MARKETS, 'SOLVENT', '0')],
  ['a fund that runs dry', whaleVenue(MARKETS, 'INSOLVENT', '20000')],
  ['a reduction', steppingVenue(MARKETS, '0')],
  ['netted hedges', hedgedVenue(MARKETS, '20000')],
])('a pool of 40 markets with %s ends as in the exact twin, which knows no portions', async (_name, venue) => {
  const scenario = scenarioOf(venue);
  const twin = replay(scenario);
  expect(twin.state.dustTies).toBe(0);
  expect(differencesOf(scenario, await engineReplay(scenario), twin)).toEqual([]);
});
