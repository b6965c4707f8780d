import { describe, expect, it } from 'vitest';
import { replay } from '../reference/replay/replay.ts';
import type { ReplayScenario, ScenarioPosition } from '../reference/replay/scenario.ts';
import { MIXTURES } from '../support/mixed-pools.ts';
import { REPLAY_RUNS, REPLAY_SEED, replayTimeoutMs } from '../support/replay-runs.ts';
import { scenarioOf } from './arbitrary-scenario.ts';
import { differencesOf } from './compare-replays.ts';
import { engineReplay } from './engine-replay.ts';
import { expectAlike, expectEveryStage } from './expected-of-twins.ts';

/** Half as many for each mixture. */
const numRuns = Math.ceil(REPLAY_RUNS / 2);
const timeoutMs = replayTimeoutMs(numRuns);

const onePosition = (accountId: string, side: ScenarioPosition['side'], balance: string) => ({
  accountId,
  walletBalances: { BTC: balance },
  positions: [{ marketId: 'BTC-USD', side, quantity: '4', entryPrice: '10000', marginMode: 'CROSS' as const }],
});

/**
 * By hand: 4 contracts of 10,000 dollars at 10,000 are 4 coins. At 8,000 they are 5, so the LONG with half a coin is half a coin under water and may
 * bring −4.5, −1.125 each. Filling one contract at the mark costs 1.25, an eighth more, so a fund of a quarter pays for two. The other two go to the SHORT
 * at 10,000 / 1.125 = 8,888.8889: instead of 2.5 coins it is worth 2.25 to it, and it keeps 10 − 2 + 2.25 and two contracts with half a coin of profit.
 */
const BY_HAND: ReplayScenario = {
  book: {
    asOf: '2025-10-10T21:00:00Z',
    markets: [
      {
        marketId: 'BTC-USD',
        contract: 'INVERSE',
        multiplier: '10000',
        settlementAsset: 'BTC',
        tickSize: '0.5',
        lotSize: '1',
        markPrice: '10000',
        takerFeeRate: '0',
        tierForm: 'DEDUCTION',
        marginTiers: [{ notionalFloor: '0', notionalCap: null, maintenanceMarginRate: '0.01' }],
      },
    ],
    accounts: [onePosition('long', 'LONG', '0.5'), onePosition('short', 'SHORT', '10')],
    insuranceFunds: [{ fundId: 'btc', asset: 'BTC', balance: '0.25' }],
  },
  instants: [[{ marketId: 'BTC-USD', price: '8000' }]],
  depthPerMark: {},
};

describe('the whole replay of inverse contracts and its exact twin', { timeout: timeoutMs }, () => {
  it('both come to the figures of a crash worked by hand', async () => {
    const engine = await engineReplay(BY_HAND);
    expect(engine.document.totals).toEqual({
      breaches: 1,
      liquidationOrders: 1,
      marketFills: 1,
      marketFilledQuantity: '2',
      deleveragingFills: 1,
      deleveragedQuantity: '2',
      deleveragedNotional: '2.5',
      fundPaid: '0.25',
      fundReceived: '0',
      fundBalance: '0',
      haircuts: '0.25',
      overshoot: '0',
      residualQuantity: '0',
      poolsOpen: 1,
      marginBalance: '10.75',
    });
    expect(engine.document.conserved).toBe(true);
    expect(differencesOf(BY_HAND, engine, replay(BY_HAND))).toEqual([]);
  });

  it.each(MIXTURES)('both end alike in every total, market, fund, pool and position of %s contracts', async (mixture) => {
    await expectAlike(scenarioOf(mixture), { numRuns, seed: REPLAY_SEED });
  });

  it.each(MIXTURES)('the scenarios of %s contracts go through every stage of the waterfall', (mixture) => {
    expectEveryStage(scenarioOf(mixture), REPLAY_SEED);
  });
});
