import type { CreateTableCommandInput } from '@aws-sdk/client-dynamodb';
import { z } from 'zod';
import type { TemplateDocument } from './template-resources.ts';

/** A table of the template as it is created locally. */
export interface TableTemplate {
  readonly logicalId: string;
  readonly tableName: string;
  readonly create: CreateTableCommandInput;
}

const keySchema = z.array(z.object({ AttributeName: z.string(), KeyType: z.enum(['HASH', 'RANGE']) }));

const indexSchema = z.object({
  IndexName: z.string(),
  KeySchema: keySchema,
  Projection: z.object({
    ProjectionType: z.enum(['ALL', 'KEYS_ONLY', 'INCLUDE']).optional(),
    NonKeyAttributes: z.array(z.string()).optional(),
  }),
});

const tableSchema = z.object({
  TableName: z.string().optional(),
  AttributeDefinitions: z.array(z.object({ AttributeName: z.string(), AttributeType: z.enum(['S', 'N', 'B']) })),
  KeySchema: keySchema,
  StreamSpecification: z.object({ StreamViewType: z.enum(['NEW_IMAGE', 'OLD_IMAGE', 'NEW_AND_OLD_IMAGES', 'KEYS_ONLY']) }).optional(),
  GlobalSecondaryIndexes: z.array(indexSchema).optional(),
  LocalSecondaryIndexes: z.array(indexSchema).optional(),
});

/** A name that the template leaves to the deployment is the logical id here: the same at every start, so that state is found again. */
const tableOf = (logicalId: string, table: z.infer<typeof tableSchema>): TableTemplate => {
  const tableName = table.TableName ?? logicalId;
  // Expiry is left out: a replay of the past would lose its marks before they are read.
  const create: CreateTableCommandInput = {
    TableName: tableName,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: table.AttributeDefinitions,
    KeySchema: table.KeySchema,
    ...(table.StreamSpecification === undefined ? {} : { StreamSpecification: { StreamEnabled: true, ...table.StreamSpecification } }),
    ...(table.GlobalSecondaryIndexes === undefined ? {} : { GlobalSecondaryIndexes: table.GlobalSecondaryIndexes }),
    ...(table.LocalSecondaryIndexes === undefined ? {} : { LocalSecondaryIndexes: table.LocalSecondaryIndexes }),
  };
  return { logicalId, tableName, create };
};

/** Tables of a template, ready to be created. Keys, protection and recovery have no local counterpart. */
export const templateTables = (document: TemplateDocument): readonly TableTemplate[] =>
  document.resources('AWS::DynamoDB::GlobalTable', tableSchema).map(({ logicalId, properties }) => tableOf(logicalId, properties));
