import { renameSync, writeFileSync } from 'node:fs';

/** Writes a file as a whole: whoever reads it, also after a crash, finds what it held before or what it holds now. */
export const replaceFile = (file: string, text: string): void => {
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, text);
  renameSync(draft, file);
};
