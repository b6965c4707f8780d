import { Duration } from 'aws-cdk-lib';
import { type Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { FilterPattern, type IFilterPattern, MetricFilter } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { constructId, type FunctionName, named } from '../names.ts';
import type { Stage } from '../stages.ts';
import type { EngineFunction } from './engine-function.ts';

/** A number of a function's own for each minute. */
export type Readings = ReadonlyMap<FunctionName, Metric>;

/** Lines that say this; functions write one JSON object per line. */
const lines = (message: string): IFilterPattern => FilterPattern.stringValue('$.message', '=', message);

/**
 * What functions say in their logs and Lambda does not know: a record that is put aside or given back is no error of the invocation. Read from the lines of
 * each function's own log and not from the metrics that it writes too: those are named alike in all engines of an account, and would add up.
 */
export class Signals extends Construct {
  /** Records put into quarantine. */
  readonly quarantined: Readings;
  /** Records given back to their stream. One that fails once is weather. */
  readonly failed: Readings;
  /** Pools that cannot be read where many are: the others go on, and nobody looks at that one. */
  readonly leftOut: Readings;
  /** What a scheduled function wants people to see. */
  readonly findings: Readings;
  /** The worst fund's fall below its peak, as a share of it. */
  readonly fundDrawdown: Metric;
  private readonly period: Duration;

  /** `rung` and `scheduled`: the functions that streams and that the clock rings. */
  constructor(
    scope: Construct,
    id: string,
    stage: Stage,
    functions: ReadonlyMap<FunctionName, EngineFunction>,
    { rung, scheduled }: { readonly rung: readonly FunctionName[]; readonly scheduled: readonly FunctionName[] },
  ) {
    super(scope, id);
    this.period = Duration.minutes(stage.alarms.periodMinutes);
    const count = (names: readonly FunctionName[], what: string, message: string): Readings =>
      new Map(
        names.map((name) => [name, this.read(`${constructId(name)}${what}`, named(functions, name), lines(message), '1', Stats.SUM)]),
      );
    this.quarantined = count(rung, 'Quarantined', 'record quarantined');
    this.failed = count(rung, 'Failed', 'record failed');
    this.leftOut = count(rung, 'LeftOut', 'item left out');
    this.findings = count(scheduled, 'Findings', 'finding');
    const drawdown = '$.FundDrawdown';
    this.fundDrawdown = this.read('FundDrawdown', named(functions, 'audit'), FilterPattern.exists(drawdown), drawdown, Stats.MAXIMUM);
  }

  private read(
    metricName: string,
    { logGroup }: EngineFunction,
    filterPattern: IFilterPattern,
    metricValue: string,
    statistic: string,
  ): Metric {
    const filter = new MetricFilter(this, metricName, {
      logGroup,
      filterPattern,
      // By place in the app, so that two engines of one account do not add up.
      metricNamespace: `adl-engine/${this.node.addr}`,
      metricName,
      metricValue,
    });
    return filter.metric({ statistic, period: this.period });
  }
}
