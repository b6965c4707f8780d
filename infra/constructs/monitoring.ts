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

/** What is alarmed at, how many periods in a row, and what whoever is called should look at. */
interface Alarming {
  readonly metric: IMetric;
  readonly threshold: number;
  /** One, unless it may pass by itself. */
  readonly periods?: number;
  readonly description: string;
  /** Alarms below the threshold, and at silence: for what has to happen all the time. */
  readonly whenSilent?: boolean;
}

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

  /** Alarms when the metric is at or above its threshold that many periods in a row. */
  private alarm(id: string, { metric, threshold, periods = 1, description, whenSilent = false }: Alarming): void {
    const alarm = new Alarm(this, id, {
      metric,
      threshold,
      evaluationPeriods: periods,
      comparisonOperator: whenSilent ? ComparisonOperator.LESS_THAN_THRESHOLD : ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: whenSilent ? TreatMissingData.BREACHING : TreatMissingData.NOT_BREACHING,
      alarmDescription: description,
    });
    alarm.addAlarmAction(new SnsAction(this.topic));
  }

  private watchFunction(name: FunctionName, { lambda }: EngineFunction): void {
    const { occurrences, latePeriods } = this.stage.alarms;
    const { period } = this;
    this.alarm(`${constructId(name)}Errors`, {
      metric: lambda.metricErrors({ period }),
      threshold: occurrences,
      description: `${name} threw: read its log`,
    });
    this.alarm(`${constructId(name)}Throttles`, {
      metric: lambda.metricThrottles({ period }),
      threshold: occurrences,
      periods: latePeriods,
      description: `${name} is refused invocations: raise its concurrency, or find the loop that uses it up`,
    });
  }

  private watchConsumer(name: FunctionName, { engineFunction: { lambda }, mappings }: StreamConsumer): void {
    const { iteratorAgeMs, latePeriods, occurrences } = this.stage.alarms;
    this.alarm(`${constructId(name)}IteratorAge`, {
      // The maximum: an average hides one stuck shard.
      metric: lambda.metric('IteratorAge', { statistic: Stats.MAXIMUM, period: this.period }),
      threshold: iteratorAgeMs,
      periods: latePeriods,
      description: `${name} is behind its streams: look for a record that it cannot pass`,
    });
    for (const [mapping, { eventSourceMappingId }] of mappings) {
      const counted = (metricName: string): Metric =>
        this.countOf('AWS/Lambda', metricName, { EventSourceMappingUUID: eventSourceMappingId });
      this.alarm(`${constructId(mapping)}GivenUp`, {
        metric: this.sumOf({ stored: counted('OnFailureDestinationDeliveredEventCount'), dropped: counted('DroppedEventCount') }),
        threshold: occurrences,
        description: `${mapping} gave up a record: look in the failure store, where it lies unless it was dropped altogether`,
      });
    }
  }

  private watchSchedule(name: FunctionName, { lambda }: EngineFunction): void {
    this.alarm(`${constructId(name)}Silent`, {
      metric: lambda.metricInvocations({ period: this.period }),
      threshold: this.stage.alarms.occurrences,
      periods: this.stage.alarms.silentPeriods,
      description: `${name} does not run: nothing catches what a stream lost`,
      whenSilent: true,
    });
  }

  private watchTable(name: (typeof TABLE_NAMES)[number], tables: EngineTables): void {
    const { occurrences, latePeriods } = this.stage.alarms;
    const throttled = (metricName: string): Metric => this.countOf('AWS/DynamoDB', metricName, { TableName: tables.table(name).tableName });
    this.alarm(`${name}Throttles`, {
      metric: this.sumOf({ reads: throttled('ReadThrottleEvents'), writes: throttled('WriteThrottleEvents') }),
      threshold: occurrences,
      periods: latePeriods,
      description: `table ${name} refuses requests: warm it, or find its hot key`,
    });
  }

  private watchSignals(): void {
    const { occurrences, latePeriods, fundDrawdown } = this.stage.alarms;
    const { failed, findings, leftOut, quarantined } = this.signals;
    for (const [name, metric] of failed)
      this.alarm(`${constructId(name)}Failed`, {
        metric,
        threshold: occurrences,
        periods: latePeriods,
        description: `${name} gives records back again and again: read its log`,
      });
    for (const [name, metric] of findings)
      this.alarm(`${constructId(name)}Findings`, {
        metric,
        threshold: occurrences,
        description: `${name} found something that is not as it should be: read its log`,
      });
    this.alarm('LeftOut', {
      metric: this.totalOf(leftOut),
      threshold: occurrences,
      description: 'a pool could not be read and was left out: nobody looks at it until it is mended',
    });
    this.alarm('Quarantined', {
      metric: this.totalOf(quarantined),
      threshold: occurrences,
      description: 'a record could not be read: it lies in Controls under QUARANTINE#',
    });
    this.alarm('FundDrawdown', {
      metric: this.signals.fundDrawdown,
      threshold: fundDrawdown,
      description: 'a fund has lost much of its peak: see whether deleveraging has begun',
    });
  }

  private countOf(namespace: string, metricName: string, dimensionsMap: Record<string, string>): Metric {
    return new Metric({ namespace, metricName, dimensionsMap, statistic: Stats.SUM, period: this.period });
  }

  private totalOf(readings: Readings): MathExpression {
    return this.sumOf(Object.fromEntries([...readings.values()].map((metric, index) => [`m${index}`, metric])));
  }

  private sumOf(usingMetrics: Record<string, IMetric>): MathExpression {
    const expression = Object.keys(usingMetrics)
      .map((key) => `FILL(${key}, 0)`)
      .join(' + ');
    return new MathExpression({ expression, usingMetrics, period: this.period });
  }
}
