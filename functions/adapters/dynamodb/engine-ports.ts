import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { InvariantViolation } from '#core/invariant.ts';
import type { EnginePorts } from '#functions/ports/engine-ports.ts';
import type { RuleSet } from '#rule-sets/rule-set.ts';
import type { TableNames } from './table-names.ts';

export interface DynamoPortsInput {
  readonly client: DynamoDBClient;
  readonly tables: TableNames;
  readonly ruleSet: RuleSet;
  readonly fundIds: ReadonlyMap<string, string>;
}

/** Holds the place of the ports over DynamoDB, so that what stands on them compiles. Throws `InvariantViolation` when it is called. */
export const dynamoPorts = (_input: DynamoPortsInput): EnginePorts => {
  throw new InvariantViolation('invariant broken: the ports over DynamoDB are written');
};
