import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { App, Validations } from 'aws-cdk-lib';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { AwsSolutionsChecks } from 'cdk-nag';
import { afterAll, describe, expect, it } from 'vitest';
import { EngineStack } from '../../infra/stacks/engine-stack.ts';
import { deployedContext } from './synthesized.ts';

const PROJECT = fileURLToPath(new URL('../..', import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), 'adl-app-'));
afterAll(() => rmSync(scratch, { recursive: true }));

/** Nothing but the Node that runs this: no account, no region, no home, no Docker on the path. */
const runApp = (file: string, cwd: string, outputFolder: string, context: object) =>
  spawnSync(process.execPath, [file], {
    cwd,
    env: { CDK_OUTDIR: outputFolder, CDK_CONTEXT_JSON: JSON.stringify(context) },
    encoding: 'utf8',
  });

const read = (folder: string, file: string) => JSON.parse(readFileSync(join(folder, file), 'utf8'));
const templates = (folder: string) => readdirSync(folder).filter((file) => file.endsWith('.template.json'));

const functionsIn = (folder: string, template: string): readonly { Properties: { Code: { S3Key: string } } }[] =>
  Object.values<{ Type: string; Properties: { Code: { S3Key: string } } }>(read(folder, template).Resources).filter(
    ({ Type }) => Type === 'AWS::Lambda::Function',
  );

/** Rules that were set aside in an assembly, each with the reason given. */
const acknowledgements = (folder: string): readonly (readonly [rule: string, reason: string])[] =>
  readdirSync(folder)
    .filter((file) => file.endsWith('.metadata.json'))
    .flatMap((file) => Object.values<{ type: string; data: Record<string, string> }[]>(read(folder, file)).flat())
    .filter(({ type }) => type === 'aws:cdk:acknowledged-rules')
    .flatMap(({ data }) => Object.entries(data));

describe.each(['dev', 'prod'])('the stage %s', (stage) => {
  const outputFolder = join(scratch, stage);
  const { status, stderr } = runApp(join(PROJECT, 'infra/app.ts'), PROJECT, outputFolder, { ...deployedContext(), stage });

  it('synthesizes from an empty environment, every function with its own code', () => {
    expect({ status, errors: stderr.match(/ERROR.*/g) }).toEqual({ status: 0, errors: null });
    expect(templates(outputFolder)).toEqual([`adl-engine-${stage}.template.json`]);
    const keys = functionsIn(outputFolder, `adl-engine-${stage}.template.json`).map(({ Properties }) => Properties.Code.S3Key);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('is clean by AwsSolutions, with a reason for each thing set aside and nothing set aside as a whole', () => {
    expect(stderr.match(/AwsSolutions-\S+/g)).toBeNull();
    expect(read(outputFolder, 'validation-report.json').pluginReports).toEqual([]);
    const given = acknowledgements(outputFolder);
    expect(new Set(given.map(([rule]) => rule.replace(/\[.*/, '')))).toEqual(
      new Set(['Annotation::AwsSolutions-S1', 'Annotation::AwsSolutions-IAM5']),
    );
    for (const [rule, reason] of given) {
      expect(reason).toMatch(/^[A-Z](?:\S+ ){7,}\S+\.$/);
      if (rule.includes('IAM5')) expect(rule).toMatch(/\[Resource::<\w+\.Arn>\/(?:stream|aws\/lambda)\/\*\]$/);
    }
  });
});

it('is not clean with a bucket that nobody thought about', () => {
  const app = new App({ outdir: join(scratch, 'careless'), context: { ...deployedContext(), 'aws:cdk:bundling-stacks': [] } });
  new Bucket(new EngineStack(app, 'careless', { stage: 'dev', ruleSetId: 'house' }), 'Bucket');
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  expect(() => app.synth()).toThrow('AwsSolutions-S1');
});

it('refuses a stage that it does not know', () => {
  const { status, stderr } = runApp(join(PROJECT, 'infra/app.ts'), PROJECT, join(scratch, 'none'), { stage: 'production' });
  expect(status).not.toBe(0);
  expect(stderr).toContain('a stage is `dev` or `prod`, not `production`');
});

it("fits into another team's app of the ten lines that docs/deploy.md gives", () => {
  const page = readFileSync(join(PROJECT, 'docs/deploy.md'), 'utf8');
  const [, app = ''] = /^## In an app of your own$[\s\S]*?^```ts$\n([\s\S]*?)^```$/m.exec(page) ?? [];
  expect(app.trimEnd().split('\n')).toHaveLength(10);
  expect(app).toContain("new AdlEngine(stack, 'Engine', {");
  const team = join(scratch, 'team');
  mkdirSync(join(team, 'node_modules'), { recursive: true });
  symlinkSync(PROJECT, join(team, 'node_modules/adl-engine'));
  symlinkSync(join(PROJECT, 'node_modules/aws-cdk-lib'), join(team, 'node_modules/aws-cdk-lib'));
  writeFileSync(join(team, 'package.json'), '{ "type": "module" }');
  writeFileSync(join(team, 'app.ts'), app);
  const { status, stderr } = runApp(join(team, 'app.ts'), team, join(team, 'out'), {});
  expect({ status, stderr: status === 0 ? '' : stderr }).toEqual({ status: 0, stderr: '' });
  const [template = ''] = templates(join(team, 'out'));
  // Eight of the engine and the one that invokes administer-rules at deployment.
  expect(functionsIn(join(team, 'out'), template)).toHaveLength(9);
});

it('takes the feature flags that the installed library recommends', () => {
  expect(deployedContext()).toEqual(read(join(PROJECT, 'node_modules/aws-cdk-lib'), 'recommended-feature-flags.json'));
});

it('keeps every number in stages.ts', () => {
  const files = execFileSync('find', ['infra', '-name', '*.ts', '-not', '-name', 'stages.ts'], { cwd: PROJECT, encoding: 'utf8' })
    .trim()
    .split('\n');
  const found = files.flatMap((file) =>
    readFileSync(join(PROJECT, file), 'utf8')
      .replace(/\/\*[\s\S]*?\*\/|\/\/.*$|'[^'\n]*'|`[^`\n]*`/gm, '')
      .split('\n')
      .filter((line) => /(?<![\w.$])(?:[2-9]|[1-9]\d+)(?![\w.])/.test(line))
      .map((line) => `${file}: ${line.trim()}`),
  );
  expect(found).toEqual([]);
});
