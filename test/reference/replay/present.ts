/** The value; refuses (`RangeError`) when it is missing, which the scenario rules out. */
export const present = <Value>(value: Value | null | undefined): Value => {
  if (value === null || value === undefined) throw new RangeError('a part of the scenario is missing');
  return value;
};
