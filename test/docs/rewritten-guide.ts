import type { StepRun } from './run-guide.ts';

/** A diff that is written as markdown is shown as such; everything else as plain text. */
const languageOf = (script: string): string => (/--format markdown/.test(script) ? 'markdown' : 'text');

const blockOf = (script: string, printed: string): readonly string[] =>
  printed === '' ? [] : ['', `\`\`\`${languageOf(script)}`, ...printed.split('\n'), '```'];

/** A page with what its commands printed in place of what it shows, for review. */
export const rewrittenGuide = (page: string, runs: readonly StepRun[]): string => {
  const lines = page.split('\n');
  for (const { step, printed } of runs.toReversed()) {
    if (step.kind !== 'COMMAND') continue;
    const from = step.fence.lastLine;
    const shown = (step.output?.lastLine ?? from) - from;
    lines.splice(from, shown, ...blockOf(step.fence.text, printed));
  }
  return lines.join('\n');
};
