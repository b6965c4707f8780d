import type { ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { askAdlHost, startAdlHost } from '../support/ask-adl-host.ts';
import { runBash, type Said } from '../support/git-repository.ts';
import { withChange } from './guide-edit.ts';
import type { CommandStep, EditStep, FileStep, GuideStep } from './guide-steps.ts';

/** What a step came to: what a command printed, or why a change could not be made. */
export interface StepRun {
  readonly step: GuideStep;
  /** Both streams as a terminal shows them, without the last line break; empty for a change. */
  readonly printed: string;
  readonly code: number | null;
  /** Why it could not be done at all; null when it was. */
  readonly refusal: string | null;
}

const ENGINE = process.cwd();
/** Words of a line that is nothing but `adl …`; null where a shell has something to do. */
const plainWords = (line: string): readonly string[] | null => (/^adl(?: [\w@./-]+)+$/.test(line) ? line.split(' ').slice(1) : null);

/** Line after line, as `bash -e` does: the first that fails ends them. */
const runPlain = async (host: ChildProcess, folder: string, lines: readonly (readonly string[])[]): Promise<Said> => {
  let text = '';
  for (const words of lines) {
    const said = await askAdlHost(host, folder, words);
    text += said.text;
    if (said.code !== 0) return { code: said.code, text };
  }
  return { code: 0, text };
};

const inShell = (folder: string, script: string): Promise<Said> => {
  const home = join(folder, '.home');
  const environment = { ENGINE, HOME: home, PATH: `${home}/bin:${dirname(process.execPath)}:${process.env.PATH}` };
  return runBash(join(folder, 'venue-rules'), `exec 2>&1\n${script}`, environment);
};

const runCommand = async (host: ChildProcess, folder: string, step: CommandStep): Promise<StepRun> => {
  const plain = step.fence.text.split('\n').map((line) => plainWords(line.replace(/ # .*$/, '')));
  const words = plain.filter((each) => each !== null);
  const isPlain = words.length === plain.length;
  const { code, text } = await (isPlain ? runPlain(host, join(folder, 'venue-rules'), words) : inShell(folder, step.fence.text));
  return { step, printed: text.replace(/\n$/, ''), code, refusal: null };
};

const changeFile = (folder: string, step: EditStep | FileStep): StepRun => {
  const file = join(folder, 'venue-rules', step.file);
  const done = { step, printed: '', code: null };
  try {
    if (step.kind === 'FILE' && existsSync(file)) throw new Error('the file is there already');
    const text = step.kind === 'FILE' ? `${step.fence.text}\n` : withChange(readFileSync(file, 'utf8'), step.fence.text);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    return { ...done, refusal: null };
  } catch (error) {
    return { ...done, refusal: `${step.file}: ${error instanceof Error ? error.message : String(error)}` };
  }
};

/**
 * Does what a guide says, step by step, in `venue-rules` below a folder: lines of `adl …` by the command's entry in a process of their own, all others in a
 * shell with `adl` on its path. What cannot be done is said and the rest goes on, so that one slip in the page is one finding.
 */
export const runGuide = async (folder: string, steps: readonly GuideStep[]): Promise<readonly StepRun[]> => {
  mkdirSync(join(folder, 'venue-rules'), { recursive: true });
  const host = startAdlHost({ PATH: process.env.PATH });
  const runs: StepRun[] = [];
  try {
    for (const step of steps) runs.push(step.kind === 'COMMAND' ? await runCommand(host, folder, step) : changeFile(folder, step));
  } finally {
    host.kill();
  }
  return runs;
};
