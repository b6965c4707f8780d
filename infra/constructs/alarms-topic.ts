import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';

/** Where alarms go. Nobody is subscribed: who is called is the deploying team's to say. */
export const alarmsTopic = (scope: Construct, encryptionKey: IKey): Topic =>
  new Topic(scope, 'AlarmsTopic', { displayName: 'alarms of the liquidation engine', masterKey: encryptionKey, enforceSSL: true });
