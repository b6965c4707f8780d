import { AsyncLocalStorage } from 'node:async_hooks';

const current = new AsyncLocalStorage<string>();

/** The function that runs the code at hand; undefined outside of one. Functions of a local stack share a process, and what they do has to be told apart. */
export const currentFunction = (): string | undefined => current.getStore();

export const runAs = <Answer>(functionName: string, run: () => Answer): Answer => current.run(functionName, run);
