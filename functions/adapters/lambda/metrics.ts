/** Namespace of the engine's metrics. */
export const METRIC_NAMESPACE = 'AdlEngine';

export type MetricUnit = 'Count' | 'Milliseconds' | 'None';

export interface Metric {
  readonly name: string;
  readonly unit: MetricUnit;
  readonly value: number;
}

export const counted = (name: string, value: number): Metric => ({ name, unit: 'Count', value });

/** A dimension beside the function, such as the fund that a value is of. */
export type Dimensions = Readonly<Record<string, string>>;

/** One line in the embedded metric format: CloudWatch makes metrics of it, nobody is called. `timestamp` in epoch ms. */
export const metricsLine = (dimensions: Dimensions, metrics: readonly Metric[], timestamp: number): string =>
  JSON.stringify({
    _aws: {
      Timestamp: timestamp,
      CloudWatchMetrics: [
        {
          Namespace: METRIC_NAMESPACE,
          Dimensions: [Object.keys(dimensions)],
          Metrics: metrics.map(({ name, unit }) => ({ Name: name, Unit: unit })),
        },
      ],
    },
    ...dimensions,
    ...Object.fromEntries(metrics.map(({ name, value }) => [name, value])),
  });
