import { type Attribute, AttributeType, Billing, CfnGlobalTable, StreamViewType, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { named, TABLE_NAMES, type TableName, tableVariable } from '../names.ts';
import type { Stage } from '../stages.ts';
import { removalPolicyOf } from './removal.ts';

interface TableShape {
  readonly partitionKey: Attribute;
  readonly sortKey?: Attribute;
  /** Whether somebody reads its stream; a stream has at most two readers. */
  readonly isStreamed?: boolean;
  readonly timeToLiveAttribute?: string;
}

const text = (name: string): Attribute => ({ name, type: AttributeType.STRING });
const numeric = (name: string): Attribute => ({ name, type: AttributeType.NUMBER });

const SHAPES: Readonly<Record<TableName, TableShape>> = {
  Observations: { partitionKey: text('marketId'), sortKey: numeric('sequence'), isStreamed: true, timeToLiveAttribute: 'expiresAt' },
  Markets: { partitionKey: text('marketId') },
  Pools: { partitionKey: text('poolId'), isStreamed: true },
  Hints: { partitionKey: text('hintKey'), sortKey: text('position') },
  Rings: { partitionKey: text('waveKey'), sortKey: text('poolId'), isStreamed: true },
  Cases: { partitionKey: text('caseId'), isStreamed: true },
  Orders: { partitionKey: text('orderId'), isStreamed: true },
  Funds: { partitionKey: text('fundId'), sortKey: text('part') },
  RuleSets: { partitionKey: text('ruleSetId'), sortKey: text('part') },
  Journal: { partitionKey: text('entryKey'), sortKey: text('part') },
  Controls: { partitionKey: text('controlKey'), isStreamed: true },
};

export interface EngineTablesProps {
  readonly stage: Stage;
  readonly encryptionKey: IKey;
}

/** The engine's tables: on demand, restorable to any second, encrypted with the engine's key; in a lasting stage they refuse to be deleted. */
export class EngineTables extends Construct {
  private readonly tables: ReadonlyMap<TableName, TableV2>;

  constructor(scope: Construct, id: string, props: EngineTablesProps) {
    super(scope, id);
    this.tables = new Map(TABLE_NAMES.map((name) => [name, this.tableOf(name, props)]));
  }

  table(name: TableName): TableV2 {
    return named(this.tables, name);
  }

  /** ARN of a table's stream. Throws where the table has none. */
  streamOf(name: TableName): string {
    const { tableStreamArn } = this.table(name);
    if (tableStreamArn === undefined) throw new Error(`table \`${name}\` has no stream`);
    return tableStreamArn;
  }

  /** Names of all tables, as functions read them from their environment. */
  environment(): Readonly<Record<string, string>> {
    return Object.fromEntries(TABLE_NAMES.map((name) => [tableVariable(name), this.table(name).tableName]));
  }

  private tableOf(name: TableName, { stage, encryptionKey }: EngineTablesProps): TableV2 {
    const { isStreamed = false, ...shape } = SHAPES[name];
    const table = new TableV2(this, name, {
      ...shape,
      billing: Billing.onDemand(),
      // Both images: filters look at the new one, the filter of removed rings at the old one.
      ...(isStreamed ? { dynamoStream: StreamViewType.NEW_AND_OLD_IMAGES } : {}),
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true, recoveryPeriodInDays: stage.recoveryDays },
      deletionProtection: stage.isLasting,
      removalPolicy: removalPolicyOf(stage),
    });
    encryptWith(table, encryptionKey);
    return table;
  }
}

/** Sets the key on the resource itself: the construct renders a key only where the region is known, and a template here fits any region. */
const encryptWith = (table: TableV2, { keyArn }: IKey): void => {
  const resource = table.node.defaultChild;
  if (!(resource instanceof CfnGlobalTable)) throw new Error(`table \`${table.node.id}\` is no global table`);
  resource.addPropertyOverride('SSESpecification', { SSEEnabled: true, SSEType: 'KMS' });
  resource.addPropertyOverride('Replicas.0.SSESpecification', { KMSMasterKeyId: keyArn });
};
