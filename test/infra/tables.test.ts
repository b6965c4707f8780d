import { describe, expect, it } from 'vitest';
import { DOORBELLS } from '../../infra/constructs/doorbells.ts';
import { TABLE_NAMES } from '../../infra/names.ts';
import { resourcesOf, templateOf } from './synthesized.ts';

const STAGES = { dev: templateOf('dev'), prod: templateOf('prod') };
const STREAMED = ['Observations', 'Rings', 'Pools', 'Orders', 'Cases', 'Controls'];

const tableIn = (stage: 'dev' | 'prod', name: string) => {
  const table = resourcesOf(STAGES[stage], 'AWS::DynamoDB::GlobalTable').get(`Tables/${name}`);
  expect(table).toBeDefined();
  return table;
};

describe.each(TABLE_NAMES)('table %s', (name) => {
  it('outlives its stack in prod and refuses to be deleted', () => {
    expect(tableIn('prod', name)).toMatchObject({
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
      Properties: { Replicas: [{ DeletionProtectionEnabled: true }] },
    });
  });

  it('goes with its stack in dev', () => {
    expect(tableIn('dev', name)).toMatchObject({
      DeletionPolicy: 'Delete',
      Properties: { Replicas: [{ DeletionProtectionEnabled: false }] },
    });
  });

  it.each(['dev', 'prod'] as const)('is in %s on demand, restorable and encrypted with the engine key', (stage) => {
    expect(tableIn(stage, name)).toMatchObject({
      Properties: {
        BillingMode: 'PAY_PER_REQUEST',
        SSESpecification: { SSEEnabled: true, SSEType: 'KMS' },
        Replicas: [
          {
            PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
            SSESpecification: { KMSMasterKeyId: { 'Fn::GetAtt': [expect.stringMatching(/^AdlEncryptionKey/), 'Arn'] } },
          },
        ],
      },
    });
  });

  it('has a stream of both images exactly if somebody reads it', () => {
    const properties = tableIn('dev', name)?.Properties;
    const stream = STREAMED.includes(name) ? { StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' } } : {};
    expect(properties).toMatchObject(stream);
    expect(Object.hasOwn(Object(properties), 'StreamSpecification')).toBe(STREAMED.includes(name));
  });
});

it('leaves one of the two readers that a stream may have to the venue on Orders', () => {
  const readers = (table: string) => DOORBELLS.filter((doorbell) => doorbell.table === table).length;
  expect(readers('Orders')).toBe(1);
  for (const table of TABLE_NAMES) expect(readers(table)).toBeLessThanOrEqual(2);
});

it('keeps the key of a lasting stage and rotates it', () => {
  const key = (stage: 'dev' | 'prod') => resourcesOf(STAGES[stage], 'AWS::KMS::Key').get('Encryption/Key');
  expect(key('prod')).toMatchObject({ DeletionPolicy: 'Retain', Properties: { EnableKeyRotation: true } });
  expect(key('dev')).toMatchObject({ DeletionPolicy: 'Delete' });
});
