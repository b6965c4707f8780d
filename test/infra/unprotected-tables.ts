import type { Template } from 'aws-cdk-lib/assertions';
import { z } from 'zod';

const attributeSchema = z.object({ 'Fn::GetAtt': z.tuple([z.string(), z.literal('Arn')]) });

const replicaSchema = z.object({
  Region: z.unknown(),
  DeletionProtectionEnabled: z.boolean().default(false),
  PointInTimeRecoverySpecification: z.object({ PointInTimeRecoveryEnabled: z.boolean() }).optional(),
  SSESpecification: z.object({ KMSMasterKeyId: attributeSchema }).optional(),
});

const tableSchema = z.object({
  DeletionPolicy: z.string().optional(),
  UpdateReplacePolicy: z.string().optional(),
  Properties: z.object({
    SSESpecification: z.object({ SSEEnabled: z.literal(true), SSEType: z.literal('KMS') }).optional(),
    Replicas: z.array(replicaSchema).min(1),
  }),
});

type Replica = z.infer<typeof replicaSchema>;

/** What is missing of a replica; every region has its own settings, also the first. */
const missingIn = (replica: Replica, isLasting: boolean, isKey: (logicalId: string) => boolean): readonly string[] => [
  ...(replica.PointInTimeRecoverySpecification?.PointInTimeRecoveryEnabled === true ? [] : ['point-in-time recovery']),
  ...(replica.DeletionProtectionEnabled === isLasting ? [] : [isLasting ? 'deletion protection' : 'freedom to be deleted']),
  ...(isKey(replica.SSESpecification?.KMSMasterKeyId['Fn::GetAtt'][0] ?? '') ? [] : ["the engine's key"]),
];

/**
 * What the tables of a template lack of what a stage promises, replica by replica: recovery to any second, a key of this template, and protection from
 * being deleted exactly where data lasts. Looked at here because rule packs do not see into replicas.
 */
export const unprotectedTables = (template: Template, isLasting: boolean): readonly string[] => {
  const keys = new Set(Object.keys(template.findResources('AWS::KMS::Key')));
  const policy = isLasting ? 'Retain' : 'Delete';
  return Object.entries(template.findResources('AWS::DynamoDB::GlobalTable')).flatMap(([logicalId, resource]) => {
    const table = tableSchema.parse(resource);
    const isKept = table.DeletionPolicy === policy && table.UpdateReplacePolicy === policy;
    return [
      ...(isKept ? [] : [`${logicalId}: no policy \`${policy}\``]),
      ...(table.Properties.SSESpecification === undefined ? [`${logicalId}: no encryption with a key`] : []),
      ...table.Properties.Replicas.flatMap((replica, place) =>
        missingIn(replica, isLasting, (id) => keys.has(id)).map((what) => `${logicalId}: replica ${place + 1} lacks ${what}`),
      ),
    ];
  });
};
