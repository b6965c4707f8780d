import type { AllocationPolicy } from '#core/adl/allocation/allocation-policy.ts';

/** The allocations that a rule set can choose, in the order that lists of choices have. Apart from the schema, so that stored policies are read without it. */
export const ALLOCATIONS = [
  'QUEUE',
  'PRO_RATA_BY_PROFIT',
  'PRO_RATA_BY_EQUITY',
  'PRO_RATA_BY_CONTRACTS',
  'CAPPED_PRO_RATA',
  'RISK_AWARE_PRO_RATA',
  'LEVERAGE_DRAIN',
] as const satisfies readonly AllocationPolicy[];
