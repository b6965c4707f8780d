import { Duration } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, type IMetric, MathExpression, Metric, Stats, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { constructId, FUNCTION_NAMES, type FunctionName, named, TABLE_NAMES } from '../names.ts';
import type { Stage } from '../stages.ts';
import type { EngineFunction } from './engine-function.ts';
import type { EngineTables } from './engine-tables.ts';
import { SCHEDULED } from './schedules.ts';
import { type Readings, Signals } from './signals.ts';
import type { StreamConsumer } from './stream-consumer.ts';

export interface MonitoringProps {
  readonly stage: Stage;
  readonly topic: ITopic;
  readonly tables: EngineTables;
  readonly functions: ReadonlyMap<FunctionName, EngineFunction>;
  readonly consumers: ReadonlyMap<FunctionName, StreamConsumer>;
}

/** What ends an event source mapping's patience with a record: delivered to the failure store, or dropped altogether. */
const GIVEN_UP = ['OnFailureDestinationDeliveredEventCount', 'DroppedEventCount'];

/** An alarm for everything that should make somebody look. Silence is good news, except from what the clock rings. */
export class Monitoring extends Construct {
  readonly signals: Signals;
  private readonly stage: Stage;
  private readonly topic: ITopic;

  constructor(scope: Construct, id: string, props: MonitoringProps) {
    super(scope, id);
    this.stage = props.stage;
    this.topic = props.topic;
    this.signals = new Signals(this, 'Signals', props.stage, props.functions, { rung: [...props.consumers.keys()], scheduled: SCHEDULED });
    for (const name of FUNCTION_NAMES) this.watchFunction(name, named(props.functions, name));
    for (const [name, consumer] of props.consumers) this.watchConsumer(name, consumer);
    for (const name of SCHEDULED) this.watchSchedule(name, named(props.functions, name));
    for (const name of TABLE_NAMES) this.watchTable(name, props.tables);
    this.watchSignals();
  }

  private get period(): Duration {
    return Duration.minutes(this.stage.alarms.periodMinutes);
  }

  /** Alarms when `metric` is at or above `threshold` that many periods in a row. */
  private alarm(id: string, metric: IMetric, threshold: number, evaluationPeriods: number, alarmDescription: string): void {
    const alarm = new Alarm(this, id, {
      metric,
      threshold,
      evaluationPeriods,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: TreatMissingData.NOT_BREACHING,
      alarmDescription,
    });
    alarm.addAlarmAction(new SnsAction(this.topic));
  }

  private watchFunction(name: FunctionName, { lambda }: EngineFunction): void {
    const { occurrences, latePeriods } = this.stage.alarms;
    const { period } = this;
    this.alarm(`${constructId(name)}Errors`, lambda.metricErrors({ period }), occurrences, 1, `${name} threw: read its log`);
    this.alarm(
      `${constructId(name)}Throttles`,
      lambda.metricThrottles({ period }),
      occurrences,
      latePeriods,
      `${name} is refused invocations: raise its concurrency, or find the loop that uses it up`,
    );
  }

  private watchConsumer(name: FunctionName, { engineFunction: { lambda }, mappings }: StreamConsumer): void {
    const { iteratorAgeMs, latePeriods, occurrences } = this.stage.alarms;
    // The maximum: an average hides one stuck shard.
    const age = lambda.metric('IteratorAge', { statistic: Stats.MAXIMUM, period: this.period });
    this.alarm(
      `${constructId(name)}IteratorAge`,
      age,
      iteratorAgeMs,
      latePeriods,
      `${name} is behind its streams: look for a record that it cannot pass`,
    );
    for (const [mapping, { eventSourceMappingId }] of mappings) {
      const dimensionsMap = { EventSourceMappingUUID: eventSourceMappingId };
      const [stored, dropped] = GIVEN_UP.map(
        (metricName) => new Metric({ namespace: 'AWS/Lambda', metricName, dimensionsMap, statistic: Stats.SUM, period: this.period }),
      );
      if (stored === undefined || dropped === undefined) continue;
      const givenUp = new MathExpression({
        expression: 'FILL(stored, 0) + FILL(dropped, 0)',
        usingMetrics: { stored, dropped },
        period: this.period,
      });
      this.alarm(`${constructId(mapping)}GivenUp`, givenUp, occurrences, 1, `${mapping} gave up a record: it lies in the failure store`);
    }
  }

  private watchSchedule(name: FunctionName, { lambda }: EngineFunction): void {
    const alarm = new Alarm(this, `${constructId(name)}Silent`, {
      metric: lambda.metricInvocations({ period: this.period }),
      threshold: this.stage.alarms.occurrences,
      evaluationPeriods: this.stage.alarms.silentPeriods,
      comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
      treatMissingData: TreatMissingData.BREACHING,
      alarmDescription: `${name} does not run: nothing catches what a stream lost`,
    });
    alarm.addAlarmAction(new SnsAction(this.topic));
  }

  private watchTable(name: (typeof TABLE_NAMES)[number], tables: EngineTables): void {
    const { occurrences, latePeriods } = this.stage.alarms;
    const throttled = (metricName: string): Metric =>
      new Metric({
        namespace: 'AWS/DynamoDB',
        metricName,
        dimensionsMap: { TableName: tables.table(name).tableName },
        statistic: Stats.SUM,
        period: this.period,
      });
    const metric = new MathExpression({
      expression: 'FILL(reads, 0) + FILL(writes, 0)',
      usingMetrics: { reads: throttled('ReadThrottleEvents'), writes: throttled('WriteThrottleEvents') },
      period: this.period,
    });
    this.alarm(`${name}Throttles`, metric, occurrences, latePeriods, `table ${name} refuses requests: warm it, or find its hot key`);
  }

  private watchSignals(): void {
    const { occurrences, latePeriods, fundDrawdown } = this.stage.alarms;
    const { failed, findings, leftOut, quarantined } = this.signals;
    for (const [name, metric] of failed)
      this.alarm(
        `${constructId(name)}Failed`,
        metric,
        occurrences,
        latePeriods,
        `${name} gives records back again and again: read its log`,
      );
    for (const [name, metric] of findings)
      this.alarm(
        `${constructId(name)}Findings`,
        metric,
        occurrences,
        1,
        `${name} found something that is not as it should be: read its log`,
      );
    this.alarm(
      'LeftOut',
      this.sumOf(leftOut),
      occurrences,
      1,
      'a pool could not be read and was left out: nobody looks at it until it is mended',
    );
    this.alarm('Quarantined', this.sumOf(quarantined), occurrences, 1, 'a record could not be read: it lies in Controls under QUARANTINE#');
    this.alarm(
      'FundDrawdown',
      this.signals.fundDrawdown,
      fundDrawdown,
      1,
      'a fund has lost much of its peak: see whether deleveraging has begun',
    );
  }

  private sumOf(readings: Readings): MathExpression {
    const usingMetrics = Object.fromEntries([...readings.values()].map((metric, index) => [`m${index}`, metric]));
    const expression = Object.keys(usingMetrics)
      .map((key) => `FILL(${key}, 0)`)
      .join(' + ');
    return new MathExpression({ expression, usingMetrics, period: this.period });
  }
}
