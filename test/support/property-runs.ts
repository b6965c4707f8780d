import type { Parameters } from 'fast-check';

/**
 * How often and from which seed a property is tried. The default is the same on every machine, so that a red run is red for everybody;
 * PROPERTY_RUNS and PROPERTY_SEED search further.
 */
export const propertyRuns = <Case>(): Parameters<Case> => ({
  numRuns: Number(process.env.PROPERTY_RUNS ?? '1000'),
  seed: Number(process.env.PROPERTY_SEED ?? '20251010'),
});
