/**
 * What happens where counterparties take less than is needed. CARRY_AND_HALT: the residual stays open and visible for the next mark. SOCIALIZE_OVER_…: where
 * the shortfall rules say SOCIALIZE, what is left is closed at the mark, and the loss is paid in cash by everybody in the market in proportion to
 * their contracts, long and short, or by those in profit in proportion to it.
 */
export type AfterCounterparties = 'CARRY_AND_HALT' | 'SOCIALIZE_OVER_OPEN_INTEREST' | 'SOCIALIZE_OVER_WINNERS';
