import { Duration, Validations } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { BlockPublicAccess, Bucket, BucketEncryption } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { acknowledgeWildcard } from './acknowledge-wildcard.ts';
import type { EngineTablesProps } from './engine-tables.ts';
import { removalPolicyOf } from './removal.ts';

/** Where Lambda writes what a mapping gave up; it offers no other place. */
const FAILURE_PREFIX = 'aws/lambda/';

/** Where records end up whose retries are spent: whole, so that they can be read after the stream has forgotten them. */
export class FailureStore extends Construct {
  readonly bucket: Bucket;

  constructor(scope: Construct, id: string, { stage, encryptionKey }: EngineTablesProps) {
    super(scope, id);
    this.bucket = new Bucket(this, 'Bucket', {
      encryption: BucketEncryption.KMS,
      encryptionKey,
      bucketKeyEnabled: true,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      lifecycleRules: [{ expiration: Duration.days(stage.failureDays) }],
      removalPolicy: removalPolicyOf(stage),
    });
    Validations.of(this.bucket).acknowledge({
      id: 'AwsSolutions-S1',
      reason: 'Lambda alone writes here and people read only after an alarm; the account-wide trail of data events records who did.',
    });
  }

  /** Lets the mappings of a function leave records here. */
  grantLeaving(scope: Construct, grantee: LambdaFunction): void {
    const objects = this.bucket.arnForObjects(`${FAILURE_PREFIX}*`);
    grantee.addToRolePolicy(new PolicyStatement({ actions: ['s3:PutObject'], resources: [objects] }));
    grantee.addToRolePolicy(new PolicyStatement({ actions: ['s3:ListBucket'], resources: [this.bucket.bucketArn] }));
    acknowledgeWildcard(
      scope,
      objects,
      'Lambda names the objects of the records that it gives up; they are only ever put, under this prefix.',
    );
  }
}
