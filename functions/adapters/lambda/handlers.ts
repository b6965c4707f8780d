import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import type { Door } from './door.ts';
import { type LogLevel, logTo, writeLine } from './log.ts';
import { counted, type Dimensions, type Metric } from './metrics.ts';
import { type Invocation, iteratorAge, type Reporting, reportingOf, stacked } from './middleware.ts';
import { type Runtime, sharedRuntime } from './runtime.ts';
import { workOff } from './stream-batch.ts';

const quiet = (): void => {};

const reportingFor = (name: string, level: LogLevel): Reporting =>
  reportingOf(name, logTo(writeLine, level, { function: name }), level === 'INFO' ? writeLine : quiet);

/** A function that streams ring. */
export interface StreamFunction {
  readonly name: string;
  readonly doors: readonly Door[];
}

/** The Lambda handler of a stream function. `runtime` is asked at the first invocation: loading the file reads no environment. */
export const streamHandler = (
  { name, doors }: StreamFunction,
  runtime: () => Runtime = sharedRuntime,
): Invocation<DynamoDBStreamEvent, DynamoDBBatchResponse> => {
  const reporting = () => reportingFor(name, runtime().environment.logLevel);
  return stacked(async (event, context) => {
    const { log, measure } = reporting();
    const { engine, quarantine } = runtime();
    const remainingMs = () => context.getRemainingTimeInMillis();
    const report = await workOff(event.Records, { doors, engine: await engine(), quarantine, remainingMs, log });
    measure([
      counted('Records', report.records),
      counted('Failures', report.failures),
      counted('Quarantined', report.quarantined),
      { name: 'IteratorAge', unit: 'Milliseconds', value: iteratorAge(event, Date.now()) },
    ]);
    return report.response;
  }, reporting);
};

/** What a scheduled run says about itself. */
export interface RunReport {
  readonly metrics: readonly Metric[];
  /** Metrics of parts, such as one fund. */
  readonly parts: readonly { readonly dimensions: Dimensions; readonly metrics: readonly Metric[] }[];
  /** What somebody has to look at; each is logged as an error. */
  readonly findings: readonly string[];
}

export interface ScheduledFunction {
  readonly name: string;
  readonly run: (runtime: Runtime, remainingMs: () => number) => Promise<RunReport>;
}

/** The Lambda handler of a function that a schedule starts. */
export const scheduledHandler = (
  { name, run }: ScheduledFunction,
  runtime: () => Runtime = sharedRuntime,
): Invocation<unknown, RunReport> => {
  const reporting = () => reportingFor(name, runtime().environment.logLevel);
  return stacked(async (_event, context) => {
    const { log, measure } = reporting();
    const report = await run(runtime(), () => context.getRemainingTimeInMillis());
    for (const finding of report.findings) log('ERROR', 'finding', { finding });
    measure(report.metrics);
    for (const { dimensions, metrics } of report.parts) measure(metrics, dimensions);
    return report;
  }, reporting);
};

/** The Lambda handler of a function that is invoked and answers. */
export const invokedHandler = <Answer>(
  name: string,
  answer: (event: unknown, runtime: Runtime) => Promise<Answer>,
  runtime: () => Runtime = sharedRuntime,
): Invocation<unknown, Answer> =>
  stacked(
    (event) => answer(event, runtime()),
    () => reportingFor(name, runtime().environment.logLevel),
  );
