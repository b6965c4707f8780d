import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { BadInput } from '#local/bad-input.ts';
import { handlerFolders, PROJECT_ROOT, synthesizedTemplate } from '#local/stack/synthesize-template.ts';
import { parseTemplate } from '#local/stack/template.ts';
import { SMALL_MAPPING, smallTemplate } from './small-template.ts';

const FOLDERS = ['watch-marks', 'sweep'];

const read = (changes: Readonly<Record<string, unknown>> = {}) =>
  parseTemplate(JSON.stringify(smallTemplate(changes)), 'small.json', FOLDERS);

const mappingWith = (changes: Readonly<Record<string, unknown>>) => ({
  EngineMarks7: { Type: 'AWS::Lambda::EventSourceMapping', Properties: { ...SMALL_MAPPING, ...changes } },
});

const scheduleAt = (ScheduleExpression: string) => ({
  EngineMinute8: {
    Type: 'AWS::Events::Rule',
    Properties: { ScheduleExpression, Targets: [{ Arn: { 'Fn::GetAtt': ['EngineSweep5', 'Arn'] } }] },
  },
});

describe('a template', () => {
  it('gives tables that keep their keys and streams, and nothing that expires', () => {
    const table = read().tables.find(({ tableName }) => tableName === 'EngineObservations1');
    expect(table?.create).toEqual({
      TableName: 'EngineObservations1',
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [
        { AttributeName: 'marketId', AttributeType: 'S' },
        { AttributeName: 'sequence', AttributeType: 'N' },
      ],
      KeySchema: [
        { AttributeName: 'marketId', KeyType: 'HASH' },
        { AttributeName: 'sequence', KeyType: 'RANGE' },
      ],
      StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' },
    });
    expect(read().tables.find(({ tableName }) => tableName === 'EngineControls3')?.create.StreamSpecification).toBeUndefined();
  });

  it("gives the engine's functions with their tables by local name, and not those of the tools", () => {
    const [sweep, watchMarks] = read().functions;
    expect(read().functions).toHaveLength(2);
    expect(sweep?.functionName).toBe('sweep');
    expect(watchMarks).toMatchObject({ functionName: 'watch-marks', timeoutMs: 60_000, memoryMebibytes: 1769 });
    expect(watchMarks?.environment).toEqual({
      TABLE_OBSERVATIONS: 'EngineObservations1',
      TABLE_RINGS: 'EngineRings2',
      TABLE_CONTROLS: 'EngineControls3',
      CLOCK: 'SYSTEM',
      FAILURES: 'FailureBucket',
    });
  });

  it('gives each mapping with all its settings', () => {
    expect(read().mappings).toEqual([
      {
        mappingId: 'EngineMarks7',
        functionName: 'watch-marks',
        tableName: 'EngineObservations1',
        batchSize: 25,
        filterPatterns: ['{"eventName":["INSERT"]}'],
        reportsBatchItemFailures: true,
        bisects: true,
        retriesMax: 2,
        recordAgeMsMax: 900_000,
        parallelBatches: 1,
        hasDestination: true,
      },
    ]);
  });

  it("gives a mapping that says little the service's own settings: no end to retries and age, nothing kept", () => {
    const { EventSourceArn, FunctionName, StartingPosition } = SMALL_MAPPING;
    const bare = {
      EngineMarks7: { Type: 'AWS::Lambda::EventSourceMapping', Properties: { EventSourceArn, FunctionName, StartingPosition } },
    };
    expect(read(bare).mappings[0]).toMatchObject({
      batchSize: 100,
      retriesMax: Number.POSITIVE_INFINITY,
      recordAgeMsMax: Number.POSITIVE_INFINITY,
      bisects: false,
      reportsBatchItemFailures: false,
      hasDestination: false,
    });
  });

  it.each([
    ['rate(1 minute)', 60_000],
    ['rate(5 minutes)', 300_000],
    ['rate(2 hours)', 7_200_000],
  ])('gives a schedule at `%s`', (expression, everyMs) => {
    expect(read(scheduleAt(expression)).schedules).toEqual([{ scheduleId: 'EngineMinute8', functionName: 'sweep', everyMs }]);
  });

  it('gives a schedule of the scheduler as well', () => {
    const schedule = {
      Type: 'AWS::Scheduler::Schedule',
      Properties: { ScheduleExpression: 'rate(1 minute)', Target: { Arn: { 'Fn::GetAtt': ['EngineSweep5', 'Arn'] } } },
    };
    expect(read({ EngineMinute8: schedule }).schedules).toEqual([{ scheduleId: 'EngineMinute8', functionName: 'sweep', everyMs: 60_000 }]);
  });

  it.each([
    ['is no JSON', '{'],
    ['has no resources', '{}'],
  ])('that %s is refused', (_claim, text) => expect(() => parseTemplate(text, 'small.json', FOLDERS)).toThrow(BadInput));

  it.each([
    ['starts at the end of its stream', mappingWith({ StartingPosition: 'LATEST' })],
    ['reads no table of the template', mappingWith({ EventSourceArn: 'arn:elsewhere' })],
    ['reads a table without a stream', mappingWith({ EventSourceArn: { 'Fn::GetAtt': ['EngineControls3', 'StreamArn'] } })],
    ['rings no function of the template', mappingWith({ FunctionName: { Ref: 'Other' } })],
  ])('with a mapping that %s is refused', (_claim, changes) => expect(() => read(changes)).toThrow(/small\.json: .*`EngineMarks7`/));

  it('with a schedule that is no rate is refused', () => {
    expect(() => read(scheduleAt('cron(0 12 * * ? *)'))).toThrow('runs at no rate');
  });

  it('with a function that nothing here can run, or two that run the same, is refused', () => {
    const { Properties } = smallTemplate().Resources.EngineSweep5;
    const named = (name: string) => ({ [name]: { Type: 'AWS::Lambda::Function', Properties } });
    expect(() => read(named('EngineReport9'))).toThrow('function `EngineReport9` has no handler');
    expect(() => read(named('SecondSweep9'))).toThrow('both run `sweep`');
  });
});

const functionsFolder = join(PROJECT_ROOT, 'functions');

describe("the deployment's own template", () => {
  it('can be run here: each table, function, mapping and schedule', async () => {
    const file = await synthesizedTemplate();
    const folders = handlerFolders(functionsFolder);
    const { tables, functions, mappings, schedules } = parseTemplate(readFileSync(file, 'utf8'), file, folders);
    expect(tables).toHaveLength(11);
    expect(functions.map(({ functionName }) => functionName).sort()).toEqual(folders);
    expect(mappings.length).toBeGreaterThanOrEqual(9);
    for (const mapping of mappings) {
      expect(mapping).toMatchObject({ reportsBatchItemFailures: true, bisects: true, hasDestination: true });
      expect(mapping.retriesMax).toBeLessThanOrEqual(6);
      expect(Number.isFinite(mapping.recordAgeMsMax)).toBe(true);
    }
    expect(schedules.map(({ functionName }) => functionName).sort()).toEqual(['audit', 'sweep']);
  });

  it('is synthesized once', async () => {
    await synthesizedTemplate();
    const before = performance.now();
    await synthesizedTemplate();
    expect(performance.now() - before).toBeLessThan(500);
  });
});
