import type { AskedSafeguard } from './asked-safeguard.ts';

/** G8: one account holds at most 35 % of a side, over all its pools: 53.8 of 153.8, or 37 of 107 where 30 are in an isolated pool. */
export const POSITION_SHARE: AskedSafeguard = {
  name: 'position-share',
  asks: `
    0 | wide#CROSS#USDT  | LONG 53.8 BBB | -
    0 | wide#CROSS#USDT  | LONG 53.9 BBB | POSITION_SHARE
    0 | split#CROSS#USDT | LONG 7 BBB    | -
    0 | split#CROSS#USDT | LONG 8 BBB    | POSITION_SHARE
  `,
  opens: { poolId: 'split#CROSS#USDT', trade: 'LONG 7 BBB', told: '107', next: 'LONG 1 BBB', answer: 'POSITION_SHARE' },
};
