import { type Fence, fencesOf } from './guide-fences.ts';

/** Lines of shell, and the block after them that shows what they print; null where they print nothing. */
export interface CommandStep {
  readonly kind: 'COMMAND';
  readonly fence: Fence;
  readonly output: Fence | null;
  /** How the last command ends, as the comment beside it says; 0 without one. */
  readonly code: number;
}

/** A change of a file that is there: lines that go, lines that come, lines around them. */
export interface EditStep {
  readonly kind: 'EDIT';
  readonly fence: Fence;
  readonly file: string;
}

/** A file that is not there yet, as a whole. */
export interface FileStep {
  readonly kind: 'FILE';
  readonly fence: Fence;
  readonly file: string;
}

export type GuideStep = CommandStep | EditStep | FileStep;

const OUTPUTS = ['text', 'markdown'];

const fileNamed = (fence: Fence, form: RegExp, example: string): string => {
  const file = form.exec(fence.lead)?.[1];
  if (file === undefined) throw new Error(`line ${fence.line}: expected a line such as "${example}" above the block, got "${fence.lead}"`);
  return file;
};

const commandStep = (fence: Fence, next: Fence | undefined): CommandStep => ({
  kind: 'COMMAND',
  fence,
  output: next !== undefined && OUTPUTS.includes(next.language) ? next : null,
  code: Number(/ # ends with (\d)$/.exec(fence.text)?.[1] ?? '0'),
});

const stepOf = (fence: Fence, next: Fence | undefined): GuideStep => {
  switch (fence.language) {
    case 'sh':
      return commandStep(fence, next);
    case 'diff':
      return { kind: 'EDIT', fence, file: fileNamed(fence, /^In `([^`]+)`:$/, 'In `rules/venue/1.1.0/margin-tiers.json`:') };
    case 'json':
    case 'yaml':
      return { kind: 'FILE', fence, file: fileNamed(fence, /^New file `([^`]+)`:$/, 'New file `rules/venue/1.1.0/tests/tiers.json`:') };
    default:
      throw new Error(
        `line ${fence.line}: \`${fence.language}\` is none of sh, diff, json and yaml, and no output of a command just before it`,
      );
  }
};

/**
 * What a guide tells its reader to do, in order, each fenced block of the page accounted for: `sh` is run, `text` or `markdown` right after it is what it
 * prints, `diff` changes the file that the line above names, `json` and `yaml` are a new file. Throws for any other block.
 */
export const guideSteps = (page: string): readonly GuideStep[] => {
  const fences = fencesOf(page);
  const outputs = new Set(fences.filter(({ language }, index) => OUTPUTS.includes(language) && fences[index - 1]?.language === 'sh'));
  return fences.flatMap((fence, index) => (outputs.has(fence) ? [] : [stepOf(fence, fences[index + 1])]));
};
