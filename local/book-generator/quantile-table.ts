/** [percent of the population at or below, value]. */
export type QuantilePoint = readonly [percent: number, value: number];

/** A distribution told by its quantiles, with where they come from. Points ascend in both columns. */
export interface QuantileTable {
  readonly title: string;
  /** Repository and file, or `assumed`. */
  readonly source: string;
  /** Date the source was read, ISO 8601. */
  readonly readOn: string;
  readonly points: readonly [QuantilePoint, ...QuantilePoint[]];
}

/**
 * Returns the value that `fraction` (0–1) of the population does not exceed, linear between two points of the table: no transcendental
 * function, hence the same double on every platform. Below the first point it is the first value, above the last point the last.
 */
export const quantileOf = ({ points }: QuantileTable, fraction: number): number => {
  const percent = fraction * 100;
  const upper = points.find(([at]) => percent <= at) ?? points.at(-1) ?? points[0];
  const lower = points.findLast(([at]) => at < percent) ?? upper;
  const width = upper[0] - lower[0];
  return width === 0 ? upper[1] : lower[1] + ((upper[1] - lower[1]) * (percent - lower[0])) / width;
};
