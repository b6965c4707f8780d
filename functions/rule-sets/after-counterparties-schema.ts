import type { AfterCounterparties } from '#core/adl/after-counterparties-policy.ts';
import { choices, field } from './field-text.ts';

const MEANINGS = {
  CARRY_AND_HALT: 'The residual stays open and is offered again at the next mark; a rule with `HALT` stops the market.',
  SOCIALIZE_OVER_OPEN_INTEREST:
    'What is left is closed at the mark; everybody in the market pays in proportion to the size of its position, long and short.',
  SOCIALIZE_OVER_WINNERS: 'What is left is closed at the mark; those in profit in the market pay in proportion to it, at most all of it.',
} as const satisfies Readonly<Record<AfterCounterparties, string>>;

const NAMES = ['CARRY_AND_HALT', 'SOCIALIZE_OVER_OPEN_INTEREST', 'SOCIALIZE_OVER_WINNERS'] as const;

/** `afterCounterparties` of `deleveraging.json`. */
export const afterCounterpartiesSchema = field(choices(NAMES, (name) => MEANINGS[name]).optional(), {
  title: 'After counterparties',
  what: 'What becomes of what counterparties could not take, where a shortfall rule says `SOCIALIZE`.',
  effect:
    'Sharing the loss out closes every residual at once, with the money of traders who had no part in it; nobody pays more than its margin balance.',
  default: 'CARRY_AND_HALT',
});
