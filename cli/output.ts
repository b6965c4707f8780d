import type { BadInput } from '#local/bad-input.ts';

export const say = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

/** Progress, hints and errors: never on stdout, which belongs to the result. */
export const note = (text: string): void => {
  process.stderr.write(`${text}\n`);
};

/** Line breaks, and what else moves a terminal's cursor: a file may be named anything. */
const CONTROLS = /\s*\p{Cc}+\s*/gu;

/** What went wrong, in one line. */
export const complain = (message: string): void => note(`adl: ${message.trim().replace(CONTROLS, ' ')}`);

export const sayJson = (document: unknown): void => say(JSON.stringify(document));

/** How a bad book among several appears in their documents. */
export const errorDocument = ({ fault }: BadInput): unknown => ({
  error: { file: fault.file, path: fault.path === '' ? '$' : fault.path, message: fault.message },
});
