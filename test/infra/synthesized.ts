import { readFileSync } from 'node:fs';
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { EngineStack } from '../../infra/stacks/engine-stack.ts';
import type { StageName } from '../../infra/stages.ts';

/** What the app is deployed with. */
export const deployedContext = (): Readonly<Record<string, unknown>> =>
  JSON.parse(readFileSync(new URL('../../cdk.json', import.meta.url), 'utf8')).context;

/** The template of a stage as it is deployed. Code is not bundled: what is asked here does not depend on it. */
export const templateOf = (stage: StageName): Template => {
  const app = new App({
    context: { ...deployedContext(), 'aws:cdk:bundling-stacks': [], 'aws:cdk:enable-path-metadata': true },
  });
  return Template.fromStack(new EngineStack(app, 'engine', { stage, ruleSetId: 'house' }));
};

/** Resources of a type by the part of the construct path after the engine: `Tables/Rings/Resource` → `Tables/Rings`. */
export const resourcesOf = (template: Template, type: string): ReadonlyMap<string, Record<string, unknown>> =>
  new Map(
    Object.values(template.findResources(type)).map((resource) => {
      const path = String(resource.Metadata['aws:cdk:path']).replace(/^engine\/(?:Adl\/)?/, '');
      return [path.replace(/\/Resource$/, ''), { ...resource }] as const;
    }),
  );

/** Intrinsic functions written as text: `<Id.Arn>/stream/*`; a logical id as the name that is in it. */
export const flat = (value: unknown): string => {
  if (typeof value === 'string') return value;
  if (typeof value === 'object' && value !== null) {
    if ('Fn::Join' in value && Array.isArray(value['Fn::Join'])) return value['Fn::Join'][1].map(flat).join('');
    if ('Fn::GetAtt' in value && Array.isArray(value['Fn::GetAtt'])) return `<${value['Fn::GetAtt'].join('.')}>`.replace(ID, '<$1');
    if ('Ref' in value) return `<${String(value.Ref)}>`.replace(ID, '<$1');
  }
  throw new TypeError(`unexpected \`${JSON.stringify(value)}\``);
};

/** `AdlTablesRings1CE1EA60` → `Rings`, `AdlEncryptionKeyD5FB01B8` → `EncryptionKey`. */
const ID = /<Adl(?:Tables)?(\w+?)[0-9A-F]{8}(?=[.>])/;
