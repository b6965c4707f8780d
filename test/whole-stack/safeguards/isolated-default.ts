import { scenarioFiles } from '../scenario-files.ts';
import { decisionsIn, type FiredSafeguard, FUNDS, heldBy } from './fired-safeguard.ts';

/** FPP-1, FPP-2 and FPP-6: the fall of an isolated position reaches the fund of its market and its counterparty, as each decision tells, and nothing else. */
export const ISOLATED_DEFAULT: FiredSafeguard = {
  name: 'isolated-default',
  files: () =>
    scenarioFiles({
      name: 'isolated-default',
      venue: {
        accounts: `
          one   | 500  | LONG 10 AAA 100 50 + LONG 5 BBB 50
          short | 1500 | SHORT 10 AAA 100
          other | 700  | SHORT 5 BBB 50`,
      },
      funds: [
        { fundId: 'first', asset: 'USDT', balance: '20' },
        { fundId: 'usdt', asset: 'USDT', balance: '100' },
      ],
      paths: [{ marketId: 'AAA', barSeconds: 60, bars: '100 100 90 90' }],
    }),
  edits: {
    house: [
      [
        FUNDS,
        '"domains": [',
        `"domains": [ { "fundId": "first", "asset": "USDT", "markets": ["AAA"], "floor": "0", "drawCapPerMarket": null, "drawCapPerInterval": null,
          "interval": "PT1H", "drawdown": null },`,
      ],
    ],
    'house-guarded': [],
  },
  shows: ({ outcome }) => ({
    pools: ['one#ISOLATED#AAA#LONG', 'one#CROSS#USDT', 'short#CROSS#USDT', 'other#CROSS#USDT'].map((poolId) => heldBy(outcome, poolId)),
    funds: [...outcome.tables.Funds].map(([fundId, { balance }]) => `${fundId} ${balance.toFixed()}`).sort(),
    blasts: (['OPENING', 'SHORTFALL', 'DELEVERAGING'] as const).flatMap((kind) => decisionsIn(outcome, kind).map(({ blast }) => blast)),
  }),
  expected: {
    pools: [
      'one#ISOLATED#AAA#LONG | 0 | -',
      'one#CROSS#USDT | 500 | LONG 5 BBB 250',
      'short#CROSS#USDT | 1530 | SHORT 4 AAA 400',
      'other#CROSS#USDT | 700 | SHORT 5 BBB 250',
    ],
    funds: ['first 0', 'usdt 100'],
    blasts: [
      { accounts: ['one'], markets: ['AAA'], valueMoved: '950' },
      { accounts: ['one'], markets: ['AAA'], valueMoved: '20' },
      { accounts: ['one', 'short'], markets: ['AAA'], valueMoved: '570' },
    ],
  },
};
