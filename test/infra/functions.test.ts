import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { bundleHandler } from '../../infra/constructs/function-code.ts';
import { constructId, FUNCTION_NAMES, TABLE_NAMES, tableVariable } from '../../infra/names.ts';
import { flat, resourcesOf, templateOf } from './synthesized.ts';

const BUNDLE_BYTES_MAX = 600_000;
const TEMPLATES = { dev: templateOf('dev'), prod: templateOf('prod') };
const engineFunctions = (stage: 'dev' | 'prod') =>
  [...resourcesOf(TEMPLATES[stage], 'AWS::Lambda::Function')].filter(([path]) => !path.startsWith('AWSCDK.Trigger'));

/** Reads rule files, the command line, or this folder: nothing of it is called where the law comes from a table. */
const NOT_DEPLOYED = /node_modules\/(?:zod|jsonc-parser|commander|aws-cdk-lib)\//;

it.each(FUNCTION_NAMES)('the bundle of %s is one file of at most 600 KB, with nothing in it that only reads rule files', (name) => {
  const folder = mkdtempSync(join(tmpdir(), 'adl-bundle-'));
  try {
    const files = bundleHandler(name, folder, null);
    expect(files).toContain(`functions/${name}/handler.ts`);
    expect(files.filter((path) => NOT_DEPLOYED.test(path))).toEqual([]);
    expect(readdirSync(folder)).toEqual(['handler.mjs']);
    expect(statSync(join(folder, 'handler.mjs')).size).toBeLessThanOrEqual(BUNDLE_BYTES_MAX);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

it('runs every function on Node 24 with the names of all tables, the rule set and the clock', () => {
  const names = engineFunctions('prod').map(([path]) => path.split('/')[0]);
  expect(names.sort()).toEqual(FUNCTION_NAMES.map(constructId).sort());
  for (const [, { Properties }] of engineFunctions('prod')) {
    const { Runtime, Handler, Environment } = Object(Properties);
    expect({ Runtime, Handler }).toEqual({ Runtime: 'nodejs24.x', Handler: 'handler.handler' });
    const { RULE_SET_ID, CLOCK, ...tables } = Environment.Variables;
    expect({ RULE_SET_ID, CLOCK }).toEqual({ RULE_SET_ID: 'house', CLOCK: 'SYSTEM' });
    expect(Object.fromEntries(Object.entries(tables).map(([name, value]) => [name, flat(value)]))).toEqual(
      Object.fromEntries(TABLE_NAMES.map((table) => [tableVariable(table), `<${table}>`])),
    );
  }
});

it('reserves concurrency in prod, leaving an account of 1,000 its last 100, and none in dev', () => {
  const reserved = (stage: 'dev' | 'prod') =>
    engineFunctions(stage).map(([, { Properties }]) => Object(Properties).ReservedConcurrentExecutions);
  for (const each of reserved('prod')) expect(each).toBeGreaterThan(0);
  expect(reserved('prod').reduce((sum, each) => sum + each, 0)).toBeLessThanOrEqual(900);
  expect(reserved('dev')).toEqual(FUNCTION_NAMES.map(() => undefined));
});
