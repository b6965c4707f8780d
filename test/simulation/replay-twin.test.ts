import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { replay } from '../reference/replay/replay.ts';
import type { ReplayScenario, ScenarioPosition } from '../reference/replay/scenario.ts';
import { REPLAY_RUNS, REPLAY_SEED, replayTimeoutMs } from '../support/replay-runs.ts';
import { anyScenario } from './arbitrary-scenario.ts';
import { differencesOf } from './compare-replays.ts';
import { engineReplay } from './engine-replay.ts';
import { expectAlike, expectEveryStage } from './expected-of-twins.ts';

const numRuns = REPLAY_RUNS;
const timeoutMs = replayTimeoutMs(numRuns);

const onePosition = (accountId: string, side: ScenarioPosition['side'], balance: string) => ({
  accountId,
  walletBalances: { USDT: balance },
  positions: [{ marketId: 'BTC-USDT', side, quantity: '2', entryPrice: '100', marginMode: 'CROSS' as const }],
});

/**
 * By hand: at 85 the LONG of 2 with 20 is 10 under water, so it may bring 180, 90 each. A fund of 5 pays for one contract at the mark;
 * the other goes to the SHORT at 90, who gives up 5 and keeps 100 + 10 and one contract.
 */
const BY_HAND: ReplayScenario = {
  book: {
    asOf: '2025-10-10T21:00:00Z',
    markets: [
      {
        marketId: 'BTC-USDT',
        contract: 'LINEAR',
        multiplier: '1',
        settlementAsset: 'USDT',
        tickSize: '0.1',
        lotSize: '1',
        markPrice: '100',
        takerFeeRate: '0',
        tierForm: 'DEDUCTION',
        marginTiers: [{ notionalFloor: '0', notionalCap: null, maintenanceMarginRate: '0.01' }],
      },
    ],
    accounts: [onePosition('long', 'LONG', '20'), onePosition('short', 'SHORT', '100')],
    insuranceFunds: [{ fundId: 'usdt', asset: 'USDT', balance: '5' }],
  },
  instants: [[{ marketId: 'BTC-USDT', price: '85' }]],
  depthPerMark: {},
};

const withAccounts = (scenario: ReplayScenario, accounts: ReplayScenario['book']['accounts']): ReplayScenario => ({
  ...scenario,
  book: { ...scenario.book, accounts },
});

describe('the whole replay and its exact twin', { timeout: timeoutMs }, () => {
  it('both come to the figures of a crash worked by hand', async () => {
    const twin = replay(BY_HAND);
    const engine = await engineReplay(BY_HAND);
    expect(engine.document.totals).toEqual({
      breaches: 1,
      liquidationOrders: 1,
      marketFills: 1,
      marketFilledQuantity: '1',
      deleveragingFills: 1,
      deleveragedQuantity: '1',
      deleveragedNotional: '85',
      fundPaid: '5',
      fundReceived: '0',
      fundBalance: '0',
      haircuts: '5',
      overshoot: '0',
      residualQuantity: '0',
      poolsOpen: 1,
      // 110 of cash and 15 of profit on the contract that the SHORT keeps; nothing is left of the LONG
      marginBalance: '125',
    });
    expect(differencesOf(BY_HAND, engine, twin)).toEqual([]);
  });

  it('both end alike in every total, market, fund, pool and position', async () => {
    await expectAlike(anyScenario, { numRuns, seed: REPLAY_SEED });
  });

  it('the scenarios go through every stage of the waterfall', () => {
    expectEveryStage(anyScenario, REPLAY_SEED);
  });

  it('the order of the accounts changes no total, no market and no decision', async () => {
    const shuffled = anyScenario.chain((scenario) =>
      fc.record({
        scenario: fc.constant(scenario),
        other: fc
          .shuffledSubarray([...scenario.book.accounts], { minLength: scenario.book.accounts.length })
          .map((accounts) => withAccounts(scenario, accounts)),
      }),
    );
    const orderIsNothing = fc.asyncProperty(shuffled, async ({ scenario, other }) => {
      const first = await engineReplay(scenario);
      const second = await engineReplay(other);
      expect(second.document).toEqual(first.document);
      expect(second.outcome.record.lines).toEqual(first.outcome.record.lines);
    });
    await fc.assert(orderIsNothing, { numRuns: Math.ceil(numRuns / 6), seed: REPLAY_SEED });
  });

  it('the same scenario gives the same record, byte for byte', async () => {
    const sameAgain = fc.asyncProperty(anyScenario, async (scenario) => {
      const recordOf = async (): Promise<string> => (await engineReplay(scenario)).outcome.record.lines.join('\n');
      const first = await recordOf();
      fc.pre(first !== '');
      expect(await recordOf()).toBe(first);
    });
    await fc.assert(sameAgain, { numRuns: Math.ceil(numRuns / 12), seed: REPLAY_SEED });
  });
});
