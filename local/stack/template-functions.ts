import { z } from 'zod';
import { badFile } from '../bad-input.ts';
import { referredTo, type TemplateDocument, type TemplateValue, templateValueSchema } from './template-resources.ts';
import type { TableTemplate } from './template-tables.ts';

/** A function of the template with the handler that it runs here. */
export interface FunctionTemplate {
  readonly logicalId: string;
  /** The folder in `functions/` whose `handler.ts` it runs. */
  readonly functionName: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  readonly memoryMebibytes: number;
}

// Where the template sets none the service takes these.
const functionSchema = z.object({
  Environment: z.object({ Variables: z.record(z.string(), templateValueSchema).default({}) }).optional(),
  Timeout: z.number().default(3),
  MemorySize: z.number().default(128),
});

type FunctionProperties = z.infer<typeof functionSchema>;

/** By this the engine's own functions are told from those that the deployment tools add. */
const TABLE_VARIABLE = /^TABLE_/;

const normal = (text: string): string => text.replaceAll(/[^A-Za-z0-9]/g, '').toLowerCase();

/** The folder whose name the logical id holds; of several the longest. */
const folderOf = (logicalId: string, folders: readonly string[]): string | null => {
  const named = folders.filter((folder) => normal(logicalId).includes(normal(folder)));
  return named.reduce<string | null>((best, folder) => (best === null || folder.length > best.length ? folder : best), null);
};

/** A reference to a table becomes its local name; what only a deployment knows stays recognizable. */
const resolved = (value: TemplateValue, tables: ReadonlyMap<string, string>): string => {
  if (typeof value !== 'object') return String(value);
  const logicalId = referredTo(value);
  return logicalId === null ? JSON.stringify(value) : (tables.get(logicalId) ?? logicalId);
};

const environmentOf = (properties: FunctionProperties, tables: ReadonlyMap<string, string>): Readonly<Record<string, string>> => {
  const variables = Object.entries(properties.Environment?.Variables ?? {});
  return Object.fromEntries(variables.map(([name, value]) => [name, resolved(value, tables)]));
};

const refuseTwins = (functions: readonly FunctionTemplate[], file: string): void => {
  for (const [place, { functionName, logicalId }] of functions.entries()) {
    const twin = functions.slice(place + 1).find((other) => other.functionName === functionName);
    if (twin !== undefined) throw badFile(file, `functions \`${logicalId}\` and \`${twin.logicalId}\` both run \`${functionName}\``);
  }
};

/**
 * The engine's functions in a template: those that are told a table. `folders` are the names in `functions/` that have a handler; the bundle in the
 * template no longer says where it came from, the logical id does.
 */
export const templateFunctions = (
  document: TemplateDocument,
  tables: readonly TableTemplate[],
  folders: readonly string[],
): readonly FunctionTemplate[] => {
  const tableNames = new Map(tables.map(({ logicalId, tableName }) => [logicalId, tableName]));
  const functions = document.resources('AWS::Lambda::Function', functionSchema).flatMap(({ logicalId, properties }): FunctionTemplate[] => {
    const environment = environmentOf(properties, tableNames);
    if (!Object.keys(environment).some((variable) => TABLE_VARIABLE.test(variable))) return [];
    const functionName = folderOf(logicalId, folders);
    if (functionName === null) throw badFile(document.file, `function \`${logicalId}\` has no handler in \`functions/\``);
    return [{ logicalId, functionName, environment, timeoutMs: properties.Timeout * 1000, memoryMebibytes: properties.MemorySize }];
  });
  refuseTwins(functions, document.file);
  return functions;
};
