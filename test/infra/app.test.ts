import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, it } from 'vitest';

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

const templates = (folder: string) => readdirSync(folder).filter((file) => file.endsWith('.template.json'));

const context = () => JSON.parse(readFileSync(join(PROJECT, 'cdk.json'), 'utf8')).context;

const functionsIn = (folder: string, template: string): readonly { Properties: { Code: { S3Key: string } } }[] => {
  const { Resources } = JSON.parse(readFileSync(join(folder, template), 'utf8'));
  return Object.values<{ Type: string; Properties: { Code: { S3Key: string } } }>(Resources).filter(
    ({ Type }) => Type === 'AWS::Lambda::Function',
  );
};

it('synthesizes each stage from an empty environment, nag clean, every function with its own code', () => {
  for (const stage of ['dev', 'prod']) {
    const outputFolder = join(scratch, stage);
    const { status, stderr } = runApp(join(PROJECT, 'infra/app.ts'), PROJECT, outputFolder, { ...context(), stage });
    expect({ status, errors: stderr.match(/AwsSolutions-\S+|ERROR.*/g) }).toEqual({ status: 0, errors: null });
    expect(templates(outputFolder)).toEqual([`adl-engine-${stage}.template.json`]);
    const { pluginReports } = JSON.parse(readFileSync(join(outputFolder, 'validation-report.json'), 'utf8'));
    expect(pluginReports).toEqual([]);
    const keys = functionsIn(outputFolder, `adl-engine-${stage}.template.json`).map(({ Properties }) => Properties.Code.S3Key);
    expect(new Set(keys).size).toBe(keys.length);
  }
});

it('refuses a stage that it does not know', () => {
  const { status, stderr } = runApp(join(PROJECT, 'infra/app.ts'), PROJECT, join(scratch, 'none'), { stage: 'production' });
  expect(status).not.toBe(0);
  expect(stderr).toContain('a stage is `dev` or `prod`, not `production`');
});

const TEAM_APP = `import { App, Stack } from 'aws-cdk-lib';
import { AdlEngine } from 'adl-engine/infra/constructs/adl-engine.ts';

const app = new App();
const stack = new Stack(app, 'team');
const engine = new AdlEngine(stack, 'Adl', { stage: 'dev', ruleSetId: 'house' });
engine.alarms.topicArn;
`;

it("fits into another team's app of at most ten lines", () => {
  expect(TEAM_APP.trimEnd().split('\n').length).toBeLessThanOrEqual(10);
  const team = join(scratch, 'team');
  mkdirSync(join(team, 'node_modules'), { recursive: true });
  symlinkSync(PROJECT, join(team, 'node_modules/adl-engine'));
  symlinkSync(join(PROJECT, 'node_modules/aws-cdk-lib'), join(team, 'node_modules/aws-cdk-lib'));
  writeFileSync(join(team, 'package.json'), '{ "type": "module" }');
  writeFileSync(join(team, 'app.ts'), TEAM_APP);
  const { status, stderr } = runApp(join(team, 'app.ts'), team, join(team, 'out'), {});
  expect({ status, stderr: status === 0 ? '' : stderr }).toEqual({ status: 0, stderr: '' });
  expect(functionsIn(join(team, 'out'), 'team.template.json')).toHaveLength(9);
});

it('takes the feature flags that the installed library recommends', () => {
  const flags = JSON.parse(readFileSync(join(PROJECT, 'node_modules/aws-cdk-lib/recommended-feature-flags.json'), 'utf8'));
  expect(context()).toEqual(flags);
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
