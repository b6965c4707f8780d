import { readFileSync, writeFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { folderWith } from '../support/folder.ts';
import { guideSteps } from './guide-steps.ts';
import { rewrittenGuide } from './rewritten-guide.ts';
import { runGuide, type StepRun } from './run-guide.ts';

const PAGE = 'docs/rules-guide.md';
const page = readFileSync(PAGE, 'utf8');
const steps = guideSteps(page);

/** Puts what the commands print into the page instead of comparing; to be read before it is committed. */
const isRewritten = process.env.UPDATE_GUIDE === '1';

const HINT = `${PAGE} shows something else; UPDATE_GUIDE=1 npx vitest run test/docs/rules-guide.test.ts rewrites it for review`;

describe('the guide to rules', () => {
  let runs: readonly StepRun[];
  beforeAll(async () => {
    runs = await runGuide(folderWith({}), steps);
    if (isRewritten) writeFileSync(PAGE, rewrittenGuide(page, runs));
  });

  const named = steps.map((step, at) => ({
    at,
    step,
    name: `line ${step.fence.line}, ${step.kind === 'COMMAND' ? step.fence.text.split('\n')[0] : step.file}`,
  }));

  it.each(named)('$name', ({ at, step }) => {
    const run = runs[at];
    expect(run?.refusal).toBeNull();
    if (step.kind !== 'COMMAND') return;
    if (!isRewritten) expect(run?.printed, HINT).toBe(step.output?.text ?? '');
    expect(run?.code).toBe(step.code);
  });
});
