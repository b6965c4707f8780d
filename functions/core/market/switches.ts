import { isTrading, type MarketState } from './market-state.ts';

/** What people may stop in one market by itself. LIQUIDATE: cases open. PAY: its fund pays. DELEVERAGE: counterparties give. */
export type MarketOperation = 'LIQUIDATE' | 'PAY' | 'DELEVERAGE';

export const MARKET_OPERATIONS = ['LIQUIDATE', 'PAY', 'DELEVERAGE'] as const satisfies readonly MarketOperation[];

export const isStopped = ({ stopped }: Pick<MarketState, 'stopped'>, operation: MarketOperation): boolean => stopped.includes(operation);

/** Whether anybody who stands in the market is asked for a residual now: not while it is halted, nor where people have stopped deleveraging there. */
export const asksHolders = (market: Pick<MarketState, 'status' | 'stopped'>): boolean =>
  isTrading(market.status) && !isStopped(market, 'DELEVERAGE');

/**
 * The market with an operation stopped, or let go on. What is stopped waits and stays visible: a pool in breach stays due, a residual open, a loss unpaid by the
 * fund with whoever has it by the rules. Marks are taken and pools judged all the same.
 * Source: Drift's pause bits per market and operation, read 2026-11-22.
 */
export const switched = (market: MarketState, operation: MarketOperation, stops: boolean): MarketState => ({
  ...market,
  stopped: MARKET_OPERATIONS.filter((each) => (each === operation ? stops : market.stopped.includes(each))),
});
