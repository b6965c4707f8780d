import type { AskedSafeguard } from './asked-safeguard.ts';

/** G15: of 600 unrealized profit 100 count beside a balance of 90: for 19 contracts at a tenth, and for 40 to withdraw beside 15 of them. */
export const PROFIT_CAP: AskedSafeguard = {
  name: 'profit-cap',
  asks: `
    0 | winner#CROSS#USDT | LONG 4 BBB     | -
    0 | winner#CROSS#USDT | LONG 4.001 BBB | INITIAL_MARGIN
    0 | winner#CROSS#USDT | WITHDRAW       | 40
  `,
  opens: { poolId: 'winner#CROSS#USDT', trade: 'LONG 4 BBB', told: '111', next: 'WITHDRAW', answer: '0' },
};
