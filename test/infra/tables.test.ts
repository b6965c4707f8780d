import { App, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { AttributeType, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { describe, expect, it } from 'vitest';
import { DOORBELLS } from '../../infra/constructs/doorbells.ts';
import { TABLE_NAMES } from '../../infra/names.ts';
import { resourcesOf, templateOf } from './synthesized.ts';
import { unprotectedTables } from './unprotected-tables.ts';

const STAGES = { dev: templateOf('dev'), prod: templateOf('prod') };
const STREAMED = ['Observations', 'Rings', 'Pools', 'Orders', 'Cases', 'Controls'];
const readersOf = (table: string) => DOORBELLS.filter((doorbell) => doorbell.table === table).length;

describe('tables', () => {
  it.each(['dev', 'prod'] as const)('are in %s the eleven of the engine', (stage) => {
    const names = [...resourcesOf(STAGES[stage], 'AWS::DynamoDB::GlobalTable').keys()];
    expect(names.sort()).toEqual(TABLE_NAMES.map((name) => `Tables/${name}`).sort());
  });

  it('outlive their stack in prod and refuse to be deleted; recovery, key and protection hold in every replica', () => {
    expect(unprotectedTables(STAGES.prod, true)).toEqual([]);
  });

  it('go with their stack in dev, encrypted and restorable all the same', () => {
    expect(unprotectedTables(STAGES.dev, false)).toEqual([]);
  });

  it('lacking something are found, a second replica too', () => {
    const stack = new Stack(new App(), 'other', { env: { region: 'eu-central-1' } });
    const table = new TableV2(stack, 'Table', {
      partitionKey: { name: 'id', type: AttributeType.STRING },
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    table.addReplica({
      region: 'eu-west-1',
      deletionProtection: false,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: false },
    });
    const found = unprotectedTables(Template.fromStack(stack), true).map((line) => line.replace(/^\w+: /, ''));
    expect(found.sort()).toEqual(
      [
        'no encryption with a key',
        'replica 1 lacks point-in-time recovery',
        'replica 1 lacks deletion protection',
        "replica 1 lacks the engine's key",
        "replica 2 lacks the engine's key",
      ].sort(),
    );
  });

  it('are on demand and have a stream of both images exactly if somebody reads it', () => {
    for (const [path, { Properties }] of resourcesOf(STAGES.prod, 'AWS::DynamoDB::GlobalTable')) {
      const { BillingMode, StreamSpecification } = Object(Properties);
      expect(BillingMode).toBe('PAY_PER_REQUEST');
      const isStreamed = STREAMED.includes(path.replace('Tables/', ''));
      expect(StreamSpecification).toEqual(isStreamed ? { StreamViewType: 'NEW_AND_OLD_IMAGES' } : undefined);
    }
  });

  it('have at most two readers of a stream, and on Orders one of them is left to the venue', () => {
    for (const table of TABLE_NAMES) expect(readersOf(table)).toBeLessThanOrEqual(2);
    expect(readersOf('Orders')).toBe(1);
    expect(TABLE_NAMES.filter((table) => readersOf(table) > 0).sort()).toEqual([...STREAMED].sort());
  });
});

it('keeps the key of a lasting stage and rotates it', () => {
  const key = (stage: 'dev' | 'prod') => resourcesOf(STAGES[stage], 'AWS::KMS::Key').get('Encryption/Key');
  expect(key('prod')).toMatchObject({ DeletionPolicy: 'Retain', Properties: { EnableKeyRotation: true } });
  expect(key('dev')).toMatchObject({ DeletionPolicy: 'Delete' });
});

it('keeps failed records and logs in prod and lets them go in dev', () => {
  for (const [stage, policy] of [
    ['prod', 'Retain'],
    ['dev', 'Delete'],
  ] as const)
    for (const type of ['AWS::S3::Bucket', 'AWS::Logs::LogGroup'])
      for (const [, resource] of resourcesOf(STAGES[stage], type)) expect(resource).toMatchObject({ DeletionPolicy: policy });
});
