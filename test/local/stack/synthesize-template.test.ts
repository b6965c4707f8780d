import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { synthesizedTemplate } from '#local/stack/synthesize-template.ts';
import { folderWith, layOut } from '../../support/folder.ts';
import { smallTemplate } from './small-template.ts';

/** Stands for a deployment: leaves a mark per run and writes a template as the deployment's libraries do, with what it was told in its metadata. */
const APP = `
import { appendFileSync, writeFileSync } from 'node:fs';
appendFileSync('runs.txt', 'run\\n');
const template = { ...${JSON.stringify(smallTemplate())}, Metadata: JSON.parse(process.env.CDK_CONTEXT_JSON) };
writeFileSync(process.env.CDK_OUTDIR + '/Engine.template.json', JSON.stringify(template, null, 1));
writeFileSync(process.env.CDK_OUTDIR + '/Alarms.template.json', '{ "Resources": {} }');
`;

const project = (app: string = APP) => folderWith({ 'cdk.json': { context: { stage: 'dev' } }, 'infra/app.ts': app });

const runsOf = (root: string): number => readFileSync(join(root, 'runs.txt'), 'utf8').trim().split('\n').length;

describe('the template of the deployment', () => {
  it('is the one that has streams, made with the settings of the project and without bundles', async () => {
    const file = await synthesizedTemplate(project());
    expect(file).toMatch(/Engine\.template\.json$/);
    expect(JSON.parse(readFileSync(file, 'utf8')).Metadata).toEqual({ stage: 'dev', 'aws:cdk:bundling-stacks': [] });
  });

  it('is made once, and again when the deployment changes', async () => {
    const root = project();
    const first = await synthesizedTemplate(root);
    expect(await synthesizedTemplate(root)).toBe(first);
    expect(runsOf(root)).toBe(1);
    layOut(root, { 'infra/stages.ts': 'export const STAGES = {};' });
    expect(await synthesizedTemplate(root)).not.toBe(first);
    expect(runsOf(root)).toBe(2);
  });

  it('is one for two that ask at once', async () => {
    const root = project();
    const [first, second] = await Promise.all([synthesizedTemplate(root), synthesizedTemplate(root)]);
    expect(second).toBe(first);
  });

  it('that cannot be made is refused with the last word of the deployment, and tried again', async () => {
    const root = project("throw new Error('no stage of this name');");
    await expect(synthesizedTemplate(root)).rejects.toThrow(/infra\/app\.ts: gave no template: .*no stage of this name/);
    layOut(root, { 'infra/app.ts': APP });
    expect(await synthesizedTemplate(root)).toMatch(/Engine\.template\.json$/);
  });

  it.each([
    ['none', "import { writeFileSync } from 'node:fs'; writeFileSync(process.env.CDK_OUTDIR + '/A.template.json', '{}');", 0],
    ['two', `${APP}writeFileSync(process.env.CDK_OUTDIR + '/Second.template.json', JSON.stringify(template, null, 1));`, 2],
  ])('is refused when %s has streams', async (_claim, app, count) => {
    await expect(synthesizedTemplate(project(app))).rejects.toThrow(`infra/app.ts: gave \`${count}\` templates with streams, not one`);
  });

  it('is refused where there is no deployment', async () => {
    await expect(synthesizedTemplate(folderWith({ 'infra/README.md': '' }))).rejects.toThrow('infra/app.ts: is not there');
  });
});
