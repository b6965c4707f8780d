import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { AdlEngine, type AdlEngineProps } from '../constructs/adl-engine.ts';
import { named, TABLE_NAMES } from '../names.ts';

/** The engine by itself in a stack, its names given out for the command line and the venue. */
export class EngineStack extends Stack {
  readonly engine: AdlEngine;

  constructor(scope: Construct, id: string, props: AdlEngineProps & StackProps) {
    super(scope, id, { description: 'margin, liquidation and auto-deleveraging engine', ...props });
    this.engine = new AdlEngine(this, 'Adl', props);
    for (const name of TABLE_NAMES) new CfnOutput(this, `Table${name}`, { value: this.engine.tables.table(name).tableName });
    new CfnOutput(this, 'OrdersStreamArn', { value: this.engine.tables.streamOf('Orders') });
    new CfnOutput(this, 'VenueRoleArn', { value: this.engine.venueRole.roleArn });
    new CfnOutput(this, 'AlarmsTopicArn', { value: this.engine.alarms.topicArn });
    new CfnOutput(this, 'AdministerRulesFunctionName', { value: named(this.engine.functions, 'administer-rules').functionName });
    new CfnOutput(this, 'FailureBucketName', { value: this.engine.failureStore.bucket.bucketName });
  }
}
