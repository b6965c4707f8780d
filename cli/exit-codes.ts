/** How a command ends: done (also when pools are liquidatable or a residual remains), a check that failed, wrong usage or bad input. */
export const EXIT = { done: 0, failed: 1, badInput: 2 } as const;
