import { type FunctionTemplate, templateFunctions } from './template-functions.ts';
import { type MappingTemplate, templateMappings } from './template-mappings.ts';
import { openTemplate } from './template-resources.ts';
import { type ScheduleTemplate, templateSchedules } from './template-schedules.ts';
import { type TableTemplate, templateTables } from './template-tables.ts';

/** What the local stack takes from the template that is deployed: one source of truth for both. */
export interface StackTemplate {
  readonly tables: readonly TableTemplate[];
  readonly functions: readonly FunctionTemplate[];
  readonly mappings: readonly MappingTemplate[];
  readonly schedules: readonly ScheduleTemplate[];
}

/** Reads a synthesized template. `folders` are the names in `functions/` that have a handler. Refuses what it cannot run as the service would. */
export const parseTemplate = (text: string, file: string, folders: readonly string[]): StackTemplate => {
  const document = openTemplate(text, file);
  const tables = templateTables(document);
  const functions = templateFunctions(document, tables, folders);
  return { tables, functions, mappings: templateMappings(document, tables, functions), schedules: templateSchedules(document, functions) };
};
