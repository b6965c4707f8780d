import { Stack, Validations } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

type Joined = { readonly 'Fn::Join': readonly [string, readonly unknown[]] };
type Attribute = { readonly 'Fn::GetAtt': readonly [string, string] };

const isJoined = (value: unknown): value is Joined => typeof value === 'object' && value !== null && 'Fn::Join' in value;
const isAttribute = (value: unknown): value is Attribute => typeof value === 'object' && value !== null && 'Fn::GetAtt' in value;

/** An ARN as the finding writes it: `<LogicalId.Arn>/stream/*`. */
const asFound = (value: unknown): string => {
  if (isJoined(value)) return value['Fn::Join'][1].map(asFound).join(value['Fn::Join'][0]);
  if (isAttribute(value)) return `<${value['Fn::GetAtt'].join('.')}>`;
  if (typeof value === 'string') return value;
  throw new TypeError(`an ARN is text and attributes, not \`${JSON.stringify(value)}\``);
};

/** Gives the reason for one wildcard in the policies under `scope`: exactly that resource and no other. */
export const acknowledgeWildcard = (scope: Construct, resource: string, reason: string): void => {
  const found = asFound(Stack.of(scope).resolve(resource));
  Validations.of(scope).acknowledge({ id: `AwsSolutions-IAM5[Resource::${found}]`, reason });
};
