const table = (keys: Readonly<Record<string, 'S' | 'N'>>, isStreamed: boolean) => ({
  Type: 'AWS::DynamoDB::GlobalTable',
  Properties: {
    AttributeDefinitions: Object.entries(keys).map(([AttributeName, AttributeType]) => ({ AttributeName, AttributeType })),
    BillingMode: 'PAY_PER_REQUEST',
    KeySchema: Object.keys(keys).map((AttributeName, place) => ({ AttributeName, KeyType: place === 0 ? 'HASH' : 'RANGE' })),
    Replicas: [{ Region: { Ref: 'AWS::Region' }, PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true } }],
    TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
    ...(isStreamed ? { StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' } } : {}),
  },
});

const lambda = (variables: Readonly<Record<string, unknown>>) => ({
  Type: 'AWS::Lambda::Function',
  Properties: { Handler: 'index.handler', MemorySize: 1769, Timeout: 60, Environment: { Variables: variables } },
});

const TABLES = {
  TABLE_OBSERVATIONS: { Ref: 'EngineObservations1' },
  TABLE_RINGS: { Ref: 'EngineRings2' },
  TABLE_CONTROLS: { Ref: 'EngineControls3' },
};

/** The mapping of the small stack as the deployment's libraries write it. */
export const SMALL_MAPPING = {
  EventSourceArn: { 'Fn::GetAtt': ['EngineObservations1', 'StreamArn'] },
  FunctionName: { Ref: 'EngineWatchMarks4' },
  BatchSize: 25,
  BisectBatchOnFunctionError: true,
  DestinationConfig: { OnFailure: { Destination: { 'Fn::GetAtt': ['FailureBucket', 'Arn'] } } },
  FilterCriteria: { Filters: [{ Pattern: '{"eventName":["INSERT"]}' }] },
  FunctionResponseTypes: ['ReportBatchItemFailures'],
  MaximumRecordAgeInSeconds: 900,
  MaximumRetryAttempts: 2,
  ParallelizationFactor: 1,
  StartingPosition: 'TRIM_HORIZON',
};

/** A template of three tables, two functions of the engine and one of the tools, a mapping and a schedule. */
export const smallTemplate = (changes: Readonly<Record<string, unknown>> = {}) => ({
  Resources: {
    EngineObservations1: table({ marketId: 'S', sequence: 'N' }, true),
    EngineRings2: table({ waveKey: 'S', poolId: 'S' }, true),
    EngineControls3: table({ controlKey: 'S' }, false),
    EngineWatchMarks4: lambda({ ...TABLES, CLOCK: 'SYSTEM', FAILURES: { 'Fn::GetAtt': ['FailureBucket', 'Arn'] } }),
    EngineSweep5: lambda(TABLES),
    SweepProviderFramework6: lambda({ USER_ON_EVENT_FUNCTION_ARN: 'x' }),
    EngineMarks7: { Type: 'AWS::Lambda::EventSourceMapping', Properties: SMALL_MAPPING },
    EngineMinute8: {
      Type: 'AWS::Events::Rule',
      Properties: { ScheduleExpression: 'rate(1 minute)', Targets: [{ Id: 'Target0', Arn: { 'Fn::GetAtt': ['EngineSweep5', 'Arn'] } }] },
    },
    ...changes,
  },
});
