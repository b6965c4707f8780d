import { Duration } from 'aws-cdk-lib';
import { Architecture, Function as LambdaFunction, LoggingFormat, Runtime, SystemLogLevel } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { FunctionName } from '../names.ts';
import type { Stage } from '../stages.ts';
import type { EngineTables } from './engine-tables.ts';
import { functionCode } from './function-code.ts';
import { removalPolicyOf } from './removal.ts';
import { functionRole } from './roles.ts';

export interface EngineFunctionProps {
  readonly name: FunctionName;
  readonly stage: Stage;
  readonly tables: EngineTables;
  readonly ruleSetId: string;
  /** A folder of rule sets that lies beside the handler. */
  readonly rulesFolder?: string;
}

/** One function of the engine, with its log and a role that may do what its use case does and nothing else. */
export class EngineFunction extends Construct {
  readonly logGroup: LogGroup;
  readonly lambda: LambdaFunction;

  constructor(scope: Construct, id: string, { name, stage, tables, ruleSetId, rulesFolder }: EngineFunctionProps) {
    super(scope, id);
    const size = stage.functions[name];
    this.logGroup = new LogGroup(this, 'Log', { retention: stage.logDays, removalPolicy: removalPolicyOf(stage) });
    this.lambda = new LambdaFunction(this, 'Function', {
      description: `adl-engine ${name}`,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      code: functionCode(name, rulesFolder ?? null),
      handler: 'handler.handler',
      role: functionRole(this, name, tables, this.logGroup),
      memorySize: size.memoryMebibytes,
      timeout: Duration.seconds(size.timeoutSeconds),
      ...(stage.reservesConcurrency ? { reservedConcurrentExecutions: size.concurrencyMax } : {}),
      logGroup: this.logGroup,
      // Functions write their lines as JSON already, and Lambda lets those be: metric filters read them as they are.
      loggingFormat: LoggingFormat.JSON,
      // Lambda's own report of every invocation would cost more than the invocation; its metrics say the same.
      systemLogLevelV2: SystemLogLevel.WARN,
      environment: { ...tables.environment(), RULE_SET_ID: ruleSetId, CLOCK: 'SYSTEM' },
    });
  }
}
