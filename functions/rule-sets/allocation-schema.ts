import type { AllocationPolicy } from '#core/adl/allocation/allocation-policy.ts';
import { ALLOCATIONS } from './allocations.ts';
import { choices, field } from './field-text.ts';

const ALLOCATION_MEANINGS = {
  QUEUE: 'From the head of the ranking, each as much as it holds.',
  PRO_RATA_BY_PROFIT: 'All eligible at once, in proportion to the unrealized profit of their positions.',
  PRO_RATA_BY_EQUITY: 'All eligible at once, in proportion to the margin balances of their pools.',
  PRO_RATA_BY_CONTRACTS: 'All eligible at once, in proportion to the sizes of their positions.',
  CAPPED_PRO_RATA: 'In proportion to profit, and nobody gives up more than its profit; what it is spared the others give.',
  RISK_AWARE_PRO_RATA: 'In proportion to profit times the square of the leverage, and nobody gives up more than its profit.',
  LEVERAGE_DRAIN: 'The most levered first, until all who gave stand at one common leverage.',
} as const satisfies Readonly<Record<AllocationPolicy, string>>;

/** `allocation` of `deleveraging.json`. */
export const allocationSchema = field(
  choices(ALLOCATIONS, (name) => ALLOCATION_MEANINGS[name], `expected an allocation of ${ALLOCATIONS.join(', ')}`),
  {
    title: 'Allocation',
    what: 'Who gives how much. Lots by the largest remainder; equal ones by rank.',
    effect: 'QUEUE touches the fewest and takes whole positions from them; the others touch everybody a little. The sum is the same.',
  },
);
