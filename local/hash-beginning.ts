import type { RuleSetReference } from '#core/policy.ts';

const KIND = 'sha256:'.length;

/** The beginning of a rule set's hash, for people: its kind and `letters` of it. */
export const hashBeginning = ({ hash }: Pick<RuleSetReference, 'hash'>, letters: number): string => hash.slice(0, KIND + letters);
