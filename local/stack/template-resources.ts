import { z } from 'zod';
import { badFile } from '../bad-input.ts';

/** A value of a template: itself, or an intrinsic function that only the deployment resolves. */
export const templateValueSchema = z.union([z.string(), z.number(), z.boolean(), z.record(z.string(), z.unknown())]);

export type TemplateValue = z.infer<typeof templateValueSchema>;

const resourceSchema = z.object({ Type: z.string(), Properties: z.record(z.string(), z.unknown()).default({}) });

const documentSchema = z.object({ Resources: z.record(z.string(), resourceSchema) });

/** What a part of the local stack knows of a resource. */
export interface Resource<Properties> {
  readonly logicalId: string;
  readonly properties: Properties;
}

/** A synthesized template, opened for reading by resource type. */
export interface TemplateDocument {
  readonly file: string;
  /** Resources of a type in code-unit order of their logical ids. Refuses properties that do not have the expected shape. */
  readonly resources: <Schema extends z.ZodType>(type: string, properties: Schema) => readonly Resource<z.infer<Schema>>[];
}

const firstFault = (error: z.ZodError): string => {
  const issue = error.issues[0];
  return issue === undefined ? 'no shape' : `\`${issue.path.join('.')}\`: ${issue.message}`;
};

const parsed = (text: string, file: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw badFile(file, `is no JSON: ${error instanceof Error ? error.message : error}`);
  }
};

/** Opens a template's text. Refuses text that is no template; `file` names it in messages. */
export const openTemplate = (text: string, file: string): TemplateDocument => {
  const document = documentSchema.safeParse(parsed(text, file));
  if (!document.success) throw badFile(file, `is no template: ${firstFault(document.error)}`);
  const { Resources } = document.data;
  return {
    file,
    resources: (type, schema) =>
      Object.keys(Resources)
        .sort()
        .flatMap((logicalId) => {
          const resource = Resources[logicalId];
          if (resource?.Type !== type) return [];
          const properties = schema.safeParse(resource.Properties);
          if (!properties.success) throw badFile(file, `resource \`${logicalId}\`: ${firstFault(properties.error)}`);
          return [{ logicalId, properties: properties.data }];
        }),
  };
};

/** The logical id that a `Ref` or `Fn::GetAtt` points to; null for any other value. */
export const referredTo = (value: unknown): string | null => {
  const reference = z.object({ Ref: z.string() }).safeParse(value);
  if (reference.success) return reference.data.Ref;
  const attribute = z.object({ 'Fn::GetAtt': z.tuple([z.string(), z.string()]) }).safeParse(value);
  return attribute.success ? attribute.data['Fn::GetAtt'][0] : null;
};
