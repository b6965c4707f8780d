import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Context } from 'aws-lambda';
import { badFile } from '../bad-input.ts';
import { runAs } from './current-function.ts';
import type { FunctionTemplate } from './template-functions.ts';

/** Calls a function and waits for its answer; an error that it throws is thrown. */
export type Invoke = (functionName: string, event: unknown) => Promise<unknown>;

type Handler = (event: unknown, context: Context) => unknown;

type Environment = Readonly<Record<string, string>>;

// A module's exports cannot be seen further into than that they are functions; a wrong one fails at its first call.
const isFunction = (value: unknown): value is (...given: readonly unknown[]) => unknown => typeof value === 'function';

/** Starts of handlers so far: a new one reads its environment anew. */
let starts = 0;

const importHandler = async (file: string): Promise<Readonly<Record<string, unknown>>> => {
  starts += 1;
  return import(`${pathToFileURL(file).href}?start=${starts}`);
};

/** A handler reads its environment once: from what it is given where it takes one, else from the process as it is while the file is imported. */
const coldStart = async (folder: string, { functionName }: FunctionTemplate, environment: Environment): Promise<Handler> => {
  const file = join(folder, functionName, 'handler.ts');
  Object.assign(process.env, environment);
  const { createHandler, handler } = await importHandler(file);
  const made = isFunction(createHandler) ? createHandler(environment) : handler;
  if (!isFunction(made)) throw badFile(file, 'exports neither `handler` nor `createHandler`');
  return made;
};

const contextOf = ({ functionName, timeoutMs, memoryMebibytes }: FunctionTemplate): Context => {
  const endsAt = Date.now() + timeoutMs;
  const nothing = (): void => {};
  return {
    awsRequestId: randomUUID(),
    callbackWaitsForEmptyEventLoop: false,
    functionName,
    functionVersion: '$LATEST',
    invokedFunctionArn: `arn:aws:lambda:local:000000000000:function:${functionName}`,
    memoryLimitInMB: String(memoryMebibytes),
    logGroupName: `/aws/lambda/${functionName}`,
    logStreamName: 'local',
    getRemainingTimeInMillis: () => Math.max(0, endsAt - Date.now()),
    done: nothing,
    fail: nothing,
    succeed: nothing,
  };
};

/** Fails when the answer takes longer than the function may; what it still does then meets newer versions and changes nothing. */
const withinTimeout = async (template: FunctionTemplate, answer: Promise<unknown>): Promise<unknown> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new Error(`\`${template.functionName}\` took longer than \`${template.timeoutMs}\` ms`)),
      template.timeoutMs,
    );
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
};

export interface HostOptions {
  readonly functions: readonly FunctionTemplate[];
  /** The folder that holds `<function>/handler.ts`. */
  readonly folder: string;
  /** Variables that every function gets over its own: the endpoint, the clock of a replay. */
  readonly environment: Environment;
}

/** Starts the handlers of a template in this process, each with the environment that the template gives it. */
export const startFunctions = async ({ functions, folder, environment }: HostOptions): Promise<Invoke> => {
  const running = new Map<string, { readonly template: FunctionTemplate; readonly handler: Handler }>();
  // One after the other: each reads the process's environment while it is imported.
  for (const template of functions) {
    const handler = await coldStart(folder, template, { ...template.environment, ...environment });
    running.set(template.functionName, { template, handler });
  }
  return async (functionName, event) => {
    const called = running.get(functionName);
    if (called === undefined) throw new Error(`the stack has no function \`${functionName}\``);
    // Through an async function, so that what a handler throws at once is a failed answer as well.
    const answer = runAs(functionName, async () => called.handler(structuredClone(event), contextOf(called.template)));
    return withinTimeout(called.template, answer);
  };
};
