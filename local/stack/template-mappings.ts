import { z } from 'zod';
import { badFile } from '../bad-input.ts';
import type { FunctionTemplate } from './template-functions.ts';
import { referredTo, type TemplateDocument } from './template-resources.ts';
import type { TableTemplate } from './template-tables.ts';

/** An event source mapping: which function reads which table's stream, and how. */
export interface MappingTemplate {
  readonly mappingId: string;
  readonly functionName: string;
  readonly tableName: string;
  readonly batchSize: number;
  readonly filterPatterns: readonly string[];
  readonly reportsBatchItemFailures: boolean;
  readonly bisects: boolean;
  /** Deliveries of a record after its first; infinite where the template sets none. */
  readonly retriesMax: number;
  /** Infinite where the template sets none. */
  readonly recordAgeMsMax: number;
  /** Batches at a time; above 1 order is kept per item only. */
  readonly parallelBatches: number;
  /** Whether records that are given up are kept. */
  readonly hasDestination: boolean;
}

const mappingSchema = z.object({
  EventSourceArn: z.unknown(),
  FunctionName: z.unknown(),
  BatchSize: z.number().int().min(1).max(10_000).default(100),
  BisectBatchOnFunctionError: z.boolean().default(false),
  DestinationConfig: z.object({ OnFailure: z.object({ Destination: z.unknown() }).optional() }).optional(),
  FilterCriteria: z.object({ Filters: z.array(z.object({ Pattern: z.string() })) }).default({ Filters: [] }),
  FunctionResponseTypes: z.array(z.enum(['ReportBatchItemFailures'])).default([]),
  MaximumRecordAgeInSeconds: z.number().int().default(-1),
  MaximumRetryAttempts: z.number().int().default(-1),
  ParallelizationFactor: z.number().int().min(1).max(10).default(1),
  // From the end of a stream events are missed while a mapping is made or changed.
  StartingPosition: z.literal('TRIM_HORIZON'),
});

const unlimited = (value: number): number => (value < 0 ? Number.POSITIVE_INFINITY : value);

const mappingOf = (
  mappingId: string,
  functionName: string,
  tableName: string,
  mapping: z.infer<typeof mappingSchema>,
): MappingTemplate => ({
  mappingId,
  functionName,
  tableName,
  batchSize: mapping.BatchSize,
  filterPatterns: mapping.FilterCriteria.Filters.map(({ Pattern }) => Pattern),
  reportsBatchItemFailures: mapping.FunctionResponseTypes.length > 0,
  bisects: mapping.BisectBatchOnFunctionError,
  retriesMax: unlimited(mapping.MaximumRetryAttempts),
  recordAgeMsMax: unlimited(mapping.MaximumRecordAgeInSeconds) * 1000,
  parallelBatches: mapping.ParallelizationFactor,
  hasDestination: mapping.DestinationConfig?.OnFailure !== undefined,
});

/** Event source mappings from the template's tables to the engine's functions. Refuses one that leads to nowhere. */
export const templateMappings = (
  document: TemplateDocument,
  tables: readonly TableTemplate[],
  functions: readonly FunctionTemplate[],
): readonly MappingTemplate[] =>
  document.resources('AWS::Lambda::EventSourceMapping', mappingSchema).map(({ logicalId, properties }) => {
    const refuse = (message: string) => badFile(document.file, `mapping \`${logicalId}\` ${message}`);
    const table = tables.find((each) => each.logicalId === referredTo(properties.EventSourceArn));
    const reader = functions.find((each) => each.logicalId === referredTo(properties.FunctionName));
    if (table === undefined) throw refuse('reads no table of the template');
    if (table.create.StreamSpecification === undefined) throw refuse('reads a table without a stream');
    if (reader === undefined) throw refuse('rings no function of the template');
    return mappingOf(logicalId, reader.functionName, table.tableName, properties);
  });
