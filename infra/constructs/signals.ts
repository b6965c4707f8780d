import { Duration } from 'aws-cdk-lib';
import { type Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { FilterPattern, MetricFilter } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { constructId, type FunctionName, named } from '../names.ts';
import type { Stage } from '../stages.ts';
import type { EngineFunction } from './engine-function.ts';

/** One log line of a function that people want counted: `{ "event": …, [value]: number }`, printed as an object. */
const field = (name: string): string => `$.message.${name}`;

/** What the engine itself says, read from its logs: quarantined records and the drawdown of its funds. */
export class Signals extends Construct {
  readonly quarantined: readonly Metric[];
  readonly fundDrawdown: Metric;

  /** `rung`: the functions that read streams and may put a record into quarantine. */
  constructor(
    scope: Construct,
    id: string,
    stage: Stage,
    functions: ReadonlyMap<FunctionName, EngineFunction>,
    rung: readonly FunctionName[],
  ) {
    super(scope, id);
    const period = Duration.minutes(stage.alarms.periodMinutes);
    this.quarantined = rung.map((name) =>
      this.read(`${constructId(name)}Quarantined`, named(functions, name), 'QUARANTINED', '1').metric({ statistic: Stats.SUM, period }),
    );
    this.fundDrawdown = this.read('FundDrawdown', named(functions, 'audit'), 'FUND', field('drawdownPercent')).metric({
      statistic: Stats.MAXIMUM,
      period,
    });
  }

  private read(metricName: string, { logGroup }: EngineFunction, event: string, metricValue: string): MetricFilter {
    return new MetricFilter(this, metricName, {
      logGroup,
      filterPattern: FilterPattern.stringValue(field('event'), '=', event),
      // By place in the app, so that two engines of one account do not add up.
      metricNamespace: `adl-engine/${this.node.addr}`,
      metricName,
      metricValue,
    });
  }
}
