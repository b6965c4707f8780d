import { decimal, ONE_IN_QUANTA } from './law-forms.ts';

/** The forms of decimals that several files of a rule set hold. */

export const notNegative = decimal('decimal of 0 or more', (quanta) => quanta >= 0n);
export const positive = decimal('decimal above 0', (quanta) => quanta > 0n);
export const belowOne = decimal('ratio between 0 and 1', (quanta) => quanta > 0n && quanta < ONE_IN_QUANTA);
export const upToOne = decimal('ratio above 0, at most 1', (quanta) => quanta > 0n && quanta <= ONE_IN_QUANTA);
