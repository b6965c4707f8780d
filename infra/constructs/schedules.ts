import { Duration } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { Construct } from 'constructs';
import { constructId, type FunctionName, named } from '../names.ts';
import type { Stage } from '../stages.ts';
import type { EngineFunction } from './engine-function.ts';

/** Functions that the clock rings. */
export const SCHEDULED: readonly FunctionName[] = ['sweep', 'audit'];

/** Rings by the clock. A run that failed is not repeated: the next one does all that is due. */
export class Schedules extends Construct {
  constructor(scope: Construct, id: string, stage: Stage, functions: ReadonlyMap<FunctionName, EngineFunction>) {
    super(scope, id);
    const every = Duration.minutes(stage.scheduleMinutes);
    for (const name of SCHEDULED) {
      new Rule(this, constructId(name), {
        description: `adl-engine ${name}`,
        schedule: Schedule.rate(every),
        targets: [new LambdaFunction(named(functions, name).lambda, { retryAttempts: 0, maxEventAge: every })],
      });
    }
  }
}
