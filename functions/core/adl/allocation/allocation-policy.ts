/**
 * Who gives how much of what is deleveraged; how much that is, is severity's to say.
 *
 * QUEUE: down the ranking, each all that it may. PRO_RATA_BY_…: in proportion to profit, margin balance or contracts. CAPPED_PRO_RATA: by profit, and
 * nobody gives up more than its profit. RISK_AWARE_PRO_RATA: by profit times the square of the leverage, nobody more than its profit. LEVERAGE_DRAIN:
 * the most levered first, down to one common leverage.
 */
export type AllocationPolicy =
  | 'QUEUE'
  | 'PRO_RATA_BY_PROFIT'
  | 'PRO_RATA_BY_EQUITY'
  | 'PRO_RATA_BY_CONTRACTS'
  | 'CAPPED_PRO_RATA'
  | 'RISK_AWARE_PRO_RATA'
  | 'LEVERAGE_DRAIN';

/** Whether the policy protects the principal: nobody gives up more than the profit of its position. */
export const protectsPrincipal = (policy: AllocationPolicy): boolean => policy === 'CAPPED_PRO_RATA' || policy === 'RISK_AWARE_PRO_RATA';
