import { Duration } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { EventSourceMapping, FilterCriteria, MetricType, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { constructId, type MappingName } from '../names.ts';
import { STREAM_READING } from './access.ts';
import { acknowledgeWildcard } from './acknowledge-wildcard.ts';
import { type Doorbell, doorbellsOf } from './doorbells.ts';
import { EngineFunction, type EngineFunctionProps } from './engine-function.ts';
import type { FailureStore } from './failure-store.ts';

interface StreamConsumerProps extends EngineFunctionProps {
  readonly encryptionKey: IKey;
  readonly failureStore: FailureStore;
}

/**
 * A function that streams ring: one shape for all. From the oldest record on, so that nothing is lost while a mapping is made; failed records by number,
 * a failing batch halved, a bounded number of retries within a bounded age, and then the record whole into the failure store.
 */
export class StreamConsumer extends Construct {
  readonly engineFunction: EngineFunction;
  readonly mappings: ReadonlyMap<MappingName, EventSourceMapping>;

  constructor(scope: Construct, id: string, props: StreamConsumerProps) {
    super(scope, id);
    this.engineFunction = new EngineFunction(this, 'Engine', props);
    const doorbells = doorbellsOf(props.name);
    this.grantReading(doorbells, props);
    this.mappings = new Map(doorbells.map((doorbell) => [doorbell.mapping, this.mappingOf(doorbell, props)]));
  }

  private grantReading(doorbells: readonly Doorbell[], { tables, encryptionKey, failureStore }: StreamConsumerProps): void {
    const { lambda } = this.engineFunction;
    const streams = doorbells.map(({ table }) => tables.streamOf(table));
    // Which streams a table has is asked before they are known.
    const anyStream = doorbells.map(({ table }) => `${tables.table(table).tableArn}/stream/*`);
    lambda.addToRolePolicy(new PolicyStatement({ actions: [...STREAM_READING], resources: streams }));
    lambda.addToRolePolicy(new PolicyStatement({ actions: ['dynamodb:ListStreams'], resources: anyStream }));
    lambda.addToRolePolicy(new PolicyStatement({ actions: ['kms:Decrypt'], resources: [encryptionKey.keyArn] }));
    for (const stream of anyStream)
      acknowledgeWildcard(this, stream, 'Lists the streams of one table, which are named by the time they were made.');
    failureStore.grantLeaving(this, lambda);
  }

  private mappingOf({ mapping, table, pattern }: Doorbell, { stage, tables, failureStore }: StreamConsumerProps): EventSourceMapping {
    const size = stage.mappings[mapping];
    return new EventSourceMapping(this, constructId(mapping), {
      target: this.engineFunction.lambda,
      eventSourceArn: tables.streamOf(table),
      startingPosition: StartingPosition.TRIM_HORIZON,
      filters: [FilterCriteria.filter({ ...pattern })],
      batchSize: size.batchSize,
      parallelizationFactor: size.parallelBatches,
      reportBatchItemFailures: true,
      bisectBatchOnError: true,
      retryAttempts: stage.retriesMax,
      maxRecordAge: Duration.minutes(size.recordAgeMinutesMax),
      onFailure: { bind: () => ({ destination: failureStore.bucket.bucketArn }) },
      supportS3OnFailureDestination: true,
      metricsConfig: { metrics: [MetricType.EVENT_COUNT] },
    });
  }
}
