import type { AskedSafeguard } from './asked-safeguard.ts';

/**
 * G7: the cap of open interest, all of it in a green market, half of it in an amber one and nothing in a red one; and the initial margin that grows with it,
 * 0.1 + 0.9·(OI − 80,000)/40,000: 269.375 of 300 for 5 contracts, 324.6 for 6.
 */
export const OPEN_INTEREST: AskedSafeguard = {
  name: 'open-interest',
  asks: `
    0 | rich#CROSS#USDT | LONG 10 AAA     | -
    0 | rich#CROSS#USDT | LONG 10.001 AAA | OPEN_INTEREST_CAP
    0 | poor#CROSS#USDT | LONG 5 AAA      | -
    0 | poor#CROSS#USDT | LONG 6 AAA      | INITIAL_MARGIN
    1 | rich#CROSS#USDT | LONG 57 AAA     | -
    1 | rich#CROSS#USDT | LONG 58 AAA     | OPEN_INTEREST_CAP
    2 | rich#CROSS#USDT | LONG 1 AAA      | MARKET_NOT_ACTIVE
    3 | rich#CROSS#USDT | LONG 10 AAA     | -
  `,
  opens: { poolId: 'rich#CROSS#USDT', trade: 'LONG 10 AAA', told: '1000', next: 'LONG 0.001 AAA', answer: 'OPEN_INTEREST_CAP' },
};
