import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { FunctionName } from '../names.ts';
import { ACCESS, type TableAccess } from './access.ts';
import type { EngineTables } from './engine-tables.ts';

type Conditions = Record<string, Record<string, unknown>>;

const allowed = (actions: readonly string[], tableArn: string, conditions: Conditions): PolicyStatement =>
  new PolicyStatement({ actions: actions.map((action) => `dynamodb:${action}`), resources: [tableArn], conditions });

/** Only inside a transaction. On writes alone: a read has no enclosing operation and would be refused. */
const IN_TRANSACTION: Conditions = { StringEquals: { 'dynamodb:EnclosingOperation': 'TransactWriteItems' } };

/** Only items under these partition keys. `Null` because a condition on all values also holds where there is none. */
const underKeys = (keys: readonly string[] | null): Conditions =>
  keys === null ? {} : { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': [...keys] }, Null: { 'dynamodb:LeadingKeys': 'false' } };

/** The statements of an access: exact actions on exact tables, writes under their condition. */
export const tableStatements = (access: readonly TableAccess[], tables: EngineTables): readonly PolicyStatement[] =>
  access.flatMap(({ table, reads, transacts, checks, writes }) => {
    const { tableArn } = tables.table(table);
    return [
      ...(reads === undefined ? [] : [allowed(reads, tableArn, {})]),
      ...(transacts === undefined ? [] : [allowed(transacts, tableArn, IN_TRANSACTION)]),
      ...(checks === undefined ? [] : [allowed(['ConditionCheckItem'], tableArn, { ...IN_TRANSACTION, ...underKeys(checks) })]),
      ...(writes === undefined ? [] : [allowed(writes.actions, tableArn, underKeys(writes.keys))]),
    ];
  });

/** The role of one function: its tables as `ACCESS` says, its own log, nothing managed and nothing shared. */
export const functionRole = (scope: Construct, name: FunctionName, tables: EngineTables, logGroup: LogGroup): Role => {
  const role = new Role(scope, 'Role', { description: `adl-engine ${name}`, assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
  for (const statement of tableStatements(ACCESS[name], tables)) role.addToPolicy(statement);
  role.addToPolicy(new PolicyStatement({ actions: ['logs:CreateLogStream', 'logs:PutLogEvents'], resources: [logGroup.logGroupArn] }));
  return role;
};
