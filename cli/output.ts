import type { BadInput } from '#local/bad-input.ts';

export const say = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

/** Progress, hints and errors: never on stdout, which belongs to the result. */
export const note = (text: string): void => {
  process.stderr.write(`${text}\n`);
};

export const sayJson = (document: unknown): void => say(JSON.stringify(document));

/** How a bad book among several appears in their documents. */
export const errorDocument = ({ fault }: BadInput): unknown => ({
  error: { file: fault.file, path: fault.path === '' ? '$' : fault.path, message: fault.message },
});
