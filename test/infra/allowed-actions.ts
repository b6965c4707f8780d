import { z } from 'zod';

const referenceSchema = z.object({ Ref: z.string() });
const attributeSchema = z.object({ 'Fn::GetAtt': z.tuple([z.string(), z.string()]) });

const conditionsSchema = z.record(z.string(), z.record(z.string(), z.unknown()));
const statementSchema = z.object({
  Effect: z.literal('Allow'),
  Action: z.union([z.string(), z.array(z.string())]),
  Resource: z.unknown(),
  Condition: conditionsSchema.default({}),
});
const policySchema = z.object({ Roles: z.array(referenceSchema), PolicyDocument: z.object({ Statement: z.array(statementSchema) }) });
const functionSchema = z.object({
  Description: z.string(),
  Role: attributeSchema,
  Environment: z.object({ Variables: z.record(z.string(), z.unknown()) }),
});
const templateSchema = z.object({ Resources: z.record(z.string(), z.object({ Type: z.string(), Properties: z.unknown() })) });

export type Statement = z.infer<typeof statementSchema>;

export const listed = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value]);

export const resourcesOf = (template: unknown, type: string): readonly (readonly [string, unknown])[] =>
  Object.entries(templateSchema.parse(template).Resources).flatMap(([logicalId, { Type, Properties }]) =>
    Type === type ? [[logicalId, Properties] as const] : [],
  );

/** Statements of all policies of a role. Throws for a policy that denies, or whose statements have another shape. */
export const statementsOfRole = (template: unknown, roleId: string): readonly Statement[] =>
  resourcesOf(template, 'AWS::IAM::Policy')
    .map(([, properties]) => policySchema.parse(properties))
    .filter(({ Roles }) => Roles.some(({ Ref }) => Ref === roleId))
    .flatMap(({ PolicyDocument }) => PolicyDocument.Statement);

/** The logical id that a statement's resource is the ARN of; null for a stream, an object and whatever is no resource itself. */
export const tableOf = (resource: unknown): string | null => {
  const attribute = attributeSchema.safeParse(resource);
  return attribute.success && attribute.data['Fn::GetAtt'][1] === 'Arn' ? attribute.data['Fn::GetAtt'][0] : null;
};

export const isInTransaction = ({ Condition }: Statement): boolean =>
  Condition.StringEquals?.['dynamodb:EnclosingOperation'] === 'TransactWriteItems';

/** Partition keys that a statement is confined to; null for any. */
export const keysOf = ({ Condition }: Statement): readonly unknown[] | null => {
  const keys = Condition['ForAllValues:StringLike']?.['dynamodb:LeadingKeys'];
  return keys === undefined ? null : listed(keys);
};

/** A statement's DynamoDB actions as `calledActions` names them. */
export const actionsOf = (statement: Statement): readonly string[] =>
  listed(statement.Action)
    .map(String)
    .filter((action) => action.startsWith('dynamodb:'))
    .map((action) => `${isInTransaction(statement) ? 'TransactWriteItems:' : ''}${action.replace('dynamodb:', '')}`);

/** Actions on tables that statements allow, by the table's logical id. */
export const actionsByTable = (statements: readonly Statement[]): ReadonlyMap<string, ReadonlySet<string>> => {
  const allowed = new Map<string, Set<string>>();
  for (const statement of statements)
    for (const resource of listed(statement.Resource)) {
      const table = tableOf(resource);
      const actions = actionsOf(statement);
      if (table === null || actions.length === 0) continue;
      allowed.set(table, new Set([...(allowed.get(table) ?? []), ...actions]));
    }
  return allowed;
};

const functionOf = (template: unknown, functionName: string): z.infer<typeof functionSchema> => {
  const known = resourcesOf(template, 'AWS::Lambda::Function').map(([, properties]) => functionSchema.safeParse(properties));
  const found = known.find(({ data }) => data?.Description === `adl-engine ${functionName}`)?.data;
  if (found === undefined) throw new Error(`the template has no function \`${functionName}\``);
  return found;
};

/** Logical id of the role of a function. */
export const roleOf = (template: unknown, functionName: string): string => functionOf(template, functionName).Role['Fn::GetAtt'][0];

/**
 * What a function of a synthesized template (its JSON) may do: environment variable of a table → actions on it, such as `GetItem`; what is allowed within a
 * transaction only is `TransactWriteItems:PutItem`. Tables that the function may not touch are left out. Throws for a function that the template does not have.
 */
export const allowedActions = (template: unknown, functionName: string): ReadonlyMap<string, ReadonlySet<string>> => {
  const { Role, Environment } = functionOf(template, functionName);
  const byTable = actionsByTable(statementsOfRole(template, Role['Fn::GetAtt'][0]));
  return new Map(
    Object.entries(Environment.Variables).flatMap(([variable, value]) => {
      const actions = byTable.get(referenceSchema.safeParse(value).data?.Ref ?? '');
      return actions === undefined ? [] : [[variable, actions] as const];
    }),
  );
};
