import { Duration } from 'aws-cdk-lib';
import { InvocationType, Trigger } from 'aws-cdk-lib/triggers';
import { Construct } from 'constructs';
import type { Stage } from '../stages.ts';
import type { EngineFunction } from './engine-function.ts';

/**
 * Has `administer-rules` publish the rule sets that lie beside it, whenever they or its code changed. Invoked without an event (`rule-delivery/handler.mjs`);
 * what it throws fails the deployment. It activates a version only where none is active: everything else people decide.
 */
export class RuleDelivery extends Construct {
  constructor(scope: Construct, id: string, stage: Stage, { lambda }: EngineFunction) {
    super(scope, id);
    new Trigger(this, 'Publish', {
      handler: lambda,
      invocationType: InvocationType.REQUEST_RESPONSE,
      timeout: Duration.seconds(stage.functions['administer-rules'].timeoutSeconds),
    });
  }
}
