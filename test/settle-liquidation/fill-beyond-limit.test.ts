import { describe, expect, it } from 'vitest';
import { nextVersion } from '#core/commit.ts';
import { present } from '#core/invariant.ts';
import { decimal } from '#core/units/decimal.ts';
import { quantity } from '#core/units/money.ts';
import { finishWave } from '#functions/deleverage/finish-wave.ts';
import { evaluateMargin } from '#functions/evaluate-margin/evaluate-margin.ts';
import { openLane } from '#functions/open-wave/open-lane.ts';
import { settleLiquidation } from '#functions/settle-liquidation/settle-liquidation.ts';
import { ringLane } from '#functions/watch-marks/ring-lane.ts';
import { fillOf } from '../adapters/venue/samples.ts';
import { engineOf, publishGroup, violationsOf } from '../support/delivery.ts';
import { HOUSE } from '../support/small-law.ts';
import { inputsOf, type SmallVenue } from '../support/small-venue.ts';

/** A long bankrupt at 95; at 90 the fund reserves 5 a contract, and the limit is 90. */
const VENUE: SmallVenue = {
  accounts: 'loser | 50 | LONG 10 AAA 100\n winner | 9000 | SHORT 10 AAA 100',
  fund: '1000',
  marks: '0 | 90 | -',
};
const CASE = 'loser#CROSS#USDT#1';

/** The wave up to its order, which the venue ends with a fill of its own choice. */
const filledAt = async (contracts: string, at: string) => {
  const inputs = inputsOf(VENUE, HOUSE);
  const engine = engineOf(inputs);
  const [wave] = await publishGroup(engine, present(inputs.groups[0], 'the venue has a mark'));
  const head = present(wave, 'the mark is accepted');
  await ringLane(engine.ports)('usdt');
  for (const ring of [...engine.store.tables.Rings.values()]) await evaluateMargin(engine.ports)(ring, head);
  await openLane(engine.ports)('usdt');
  const order = present(
    [...engine.store.tables.Orders.values()].find((each) => each.kind === 'LIQUIDATION'),
    'the case has an order',
  );
  expect([order.limitPrice, order.reserved].map((each) => each.toFixed())).toEqual(['90', '50']);
  const filled = {
    fills: [fillOf(contracts, at)],
    fillSequence: 1,
    filledQuantity: quantity(decimal(contracts)),
    status: 'ENDED',
  } as const;
  await engine.store.commit([{ table: 'Orders', item: nextVersion({ ...order, ...filled }, 'VENUE') }]);
  await settleLiquidation(engine.ports)(CASE, head);
  return engine;
};

describe('a fill beyond the limit', () => {
  it.each`
    contracts | at         | balance   | residual
    ${'10'}   | ${'89.99'} | ${'-0.1'} | ${'0'}
    ${'10'}   | ${'1'}     | ${'-890'} | ${'0'}
    ${'6'}    | ${'80'}    | ${'-20'}  | ${'4'}
  `('of $contracts at $at costs the fund what it reserved and halts the case', async ({ contracts, at, balance, residual }) => {
    const engine = await filledAt(contracts, at);
    const { Cases, Funds, Pools, Markets } = engine.store.tables;
    const found = present(Cases.get(CASE), CASE);
    expect([found.state, found.drawn.toFixed(), found.legs[0]?.residualQuantity.toFixed()]).toEqual(['HALTED', '50', residual]);
    expect([Funds.get('usdt')?.balance.toFixed(), Funds.get('usdt')?.reserved.size]).toEqual(['950', 0]);
    expect(Pools.get('loser#CROSS#USDT')).toMatchObject({ caseId: CASE, balance: decimal(balance) });
    expect(Markets.get('AAA')?.status).toBe('HALTED');
  });

  it('leaves books that balance, and the lane moves on', async () => {
    const engine = await filledAt('10', '89.99');
    expect((await engine.ports.loadLane('usdt')).waves).toHaveLength(1);
    await finishWave(engine.ports)('usdt');
    expect((await engine.ports.loadLane('usdt')).waves).toEqual([]);
    expect(violationsOf(engine)).toEqual([]);
  });

  it('is told in the decision', async () => {
    const engine = await filledAt('10', '89.99');
    const decision = await engine.ports.loadDecision(`SHORTFALL#${CASE}#AAA#LONG#1`);
    expect(decision).toMatchObject({
      state: 'HALTED',
      choice: { absorbs: true, halts: true, error: 'the fills cost `0.1` more than the fund reserved' },
    });
  });
});
