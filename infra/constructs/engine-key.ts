import { Aws, Duration } from 'aws-cdk-lib';
import { AnyPrincipal, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import type { Stage } from '../stages.ts';
import { removalPolicyOf } from './removal.ts';

/** Lets principals of this account use the key for what they ask of `service`; what they may ask of it their own policies say. */
const through = (service: string, sid: string): PolicyStatement =>
  new PolicyStatement({
    sid,
    principals: [new AnyPrincipal()],
    actions: ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:DescribeKey'],
    resources: ['*'],
    conditions: { StringEquals: { 'kms:CallerAccount': Aws.ACCOUNT_ID, 'kms:ViaService': `${service}.${Aws.REGION}.amazonaws.com` } },
  });

/** The customer-managed key of tables, failure store and alarms topic, usable through those services only. It outlives what it encrypts. */
export class EngineKey extends Construct {
  readonly key: Key;

  constructor(scope: Construct, id: string, stage: Stage) {
    super(scope, id);
    this.key = new Key(this, 'Key', {
      description: 'books, failed records and alarms of the liquidation engine',
      enableKeyRotation: true,
      pendingWindow: Duration.days(stage.keyDeletionDays),
      removalPolicy: removalPolicyOf(stage),
    });
    this.key.addToResourcePolicy(through('dynamodb', 'ThroughTables'));
    this.key.addToResourcePolicy(through('s3', 'ThroughFailureStore'));
    this.key.addToResourcePolicy(
      new PolicyStatement({
        sid: 'AlarmsReachTheTopic',
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['kms:Decrypt', 'kms:GenerateDataKey*'],
        resources: ['*'],
      }),
    );
  }
}
