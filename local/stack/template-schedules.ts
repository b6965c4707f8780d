import { z } from 'zod';
import { badFile } from '../bad-input.ts';
import type { FunctionTemplate } from './template-functions.ts';
import { referredTo, type TemplateDocument } from './template-resources.ts';

/** A function that runs at a rate. */
export interface ScheduleTemplate {
  readonly scheduleId: string;
  readonly functionName: string;
  readonly everyMs: number;
}

interface Target {
  readonly logicalId: string;
  readonly expression: string;
  readonly arn: unknown;
}

const ruleSchema = z.object({
  ScheduleExpression: z.string().optional(),
  Targets: z.array(z.object({ Arn: z.unknown() })).default([]),
});

const schedulerSchema = z.object({ ScheduleExpression: z.string(), Target: z.object({ Arn: z.unknown() }) });

const UNIT_MS: Readonly<Record<string, number>> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

/** `rate(1 minute)` in milliseconds; null for any other expression. */
const rateMs = (expression: string): number | null => {
  const [, count, unit] = /^rate\(([1-9]\d*) (minute|hour|day)s?\)$/.exec(expression) ?? [];
  const unitMs = UNIT_MS[unit ?? ''];
  return count === undefined || unitMs === undefined ? null : Number.parseInt(count, 10) * unitMs;
};

const targetsOf = (document: TemplateDocument): readonly Target[] => {
  const rules = document.resources('AWS::Events::Rule', ruleSchema).flatMap(({ logicalId, properties }) => {
    const expression = properties.ScheduleExpression;
    return expression === undefined ? [] : properties.Targets.map(({ Arn }) => ({ logicalId, expression, arn: Arn }));
  });
  const schedules = document
    .resources('AWS::Scheduler::Schedule', schedulerSchema)
    .map(({ logicalId, properties }) => ({ logicalId, expression: properties.ScheduleExpression, arn: properties.Target.Arn }));
  return [...rules, ...schedules];
};

/** Schedules of the engine's functions. Refuses an expression that is no rate; schedules of other targets are not the engine's. */
export const templateSchedules = (document: TemplateDocument, functions: readonly FunctionTemplate[]): readonly ScheduleTemplate[] =>
  targetsOf(document).flatMap(({ logicalId, expression, arn }) => {
    const called = functions.find((each) => each.logicalId === referredTo(arn));
    if (called === undefined) return [];
    const everyMs = rateMs(expression);
    if (everyMs === null) throw badFile(document.file, `schedule \`${logicalId}\` runs at no rate: \`${expression}\``);
    return [{ scheduleId: logicalId, functionName: called.functionName, everyMs }];
  });
