import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { z } from 'zod';
import { badFile } from '../bad-input.ts';

/** The project's root, where `cdk.json` and `infra/` lie. */
export const PROJECT_ROOT = fileURLToPath(new URL('../..', import.meta.url));

const SYNTHESIS_MS_MAX = 120_000;

const filesIn = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();

/** Hash of all that a template follows from: the code of the deployment, its settings and the versions of its libraries. */
const sourceHash = (root: string): string => {
  const hash = createHash('sha256');
  const files = [...filesIn(join(root, 'infra')), join(root, 'cdk.json'), join(root, 'package-lock.json')];
  for (const file of files.filter((each) => existsSync(each))) {
    hash.update(relative(root, file)).update('\0').update(readFileSync(file)).update('\0');
  }
  return hash.digest('hex').slice(0, 16);
};

const settingsSchema = z.object({ context: z.record(z.string(), z.unknown()).default({}) });

/** What `cdk.json` says, without the bundles: their code is not read here. */
const contextOf = (root: string): string => {
  const { context } = settingsSchema.parse(JSON.parse(readFileSync(join(root, 'cdk.json'), 'utf8')));
  return JSON.stringify({ ...context, 'aws:cdk:bundling-stacks': [] });
};

/** The line of a program's last words that names the error: around it lie the place in the code and the version of Node. */
const tellingLine = (words: string): string => {
  const lines = words.split('\n').map((line) => line.trim());
  return lines.find((line) => /^\w*Error\b/.test(line)) ?? lines.findLast((line) => line !== '') ?? 'it said nothing';
};

/** Runs the deployment's program in a process of its own, so that its libraries stay out of this one. */
const synthesizeInto = async (root: string, folder: string): Promise<void> => {
  const app = join(root, 'infra', 'app.ts');
  if (!existsSync(app)) throw badFile(relative(root, app), 'is not there, and the local stack is built from its template');
  const environment = { ...process.env, CDK_OUTDIR: folder, CDK_CONTEXT_JSON: contextOf(root) };
  try {
    await promisify(execFile)(process.execPath, [app], { cwd: root, env: environment, timeout: SYNTHESIS_MS_MAX });
  } catch (error) {
    const words = error instanceof Error && 'stderr' in error ? String(error.stderr) : String(error);
    throw badFile(relative(root, app), `gave no template: ${tellingLine(words)}`);
  }
};

const templatesIn = (folder: string): readonly string[] =>
  filesIn(folder).filter(
    (file) => file.endsWith('.template.json') && readFileSync(file, 'utf8').includes('"AWS::Lambda::EventSourceMapping"'),
  );

const onlyTemplate = (folder: string): string => {
  const [template, ...more] = templatesIn(folder);
  if (template === undefined || more.length > 0)
    throw badFile('infra/app.ts', `gave \`${more.length + (template ? 1 : 0)}\` templates with streams, not one`);
  return template;
};

/**
 * The file with the template of `infra/app.ts`. It is synthesized once per state of `infra/` and kept under `.adl/stack`; two processes that do so at once
 * do it twice and keep one.
 */
export const synthesizedTemplate = async (root: string = PROJECT_ROOT): Promise<string> => {
  const kept = join(root, '.adl', 'stack', sourceHash(root));
  if (!existsSync(kept)) {
    mkdirSync(dirname(kept), { recursive: true });
    const draft = mkdtempSync(`${kept}-`);
    try {
      await synthesizeInto(root, draft);
      onlyTemplate(draft);
      renameSync(draft, kept);
    } catch (error) {
      rmSync(draft, { recursive: true, force: true });
      // Lost against another process that did the same.
      if (!existsSync(kept)) throw error;
    }
  }
  return onlyTemplate(kept);
};

/** The names in a folder of functions that have a handler. */
export const handlerFolders = (functionsFolder: string): readonly string[] =>
  readdirSync(functionsFolder)
    .filter((folder) => existsSync(join(functionsFolder, folder, 'handler.ts')))
    .sort();
