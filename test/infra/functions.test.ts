import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { bundleHandler } from '../../infra/constructs/function-code.ts';
import { constructId, FUNCTION_NAMES, TABLE_NAMES, tableVariable } from '../../infra/names.ts';
import { flat, resourcesOf, templateOf } from './synthesized.ts';

const BUNDLE_BYTES_MAX = 600 * 1024;
const engineFunctions = (stage: 'dev' | 'prod') =>
  [...resourcesOf(templateOf(stage), 'AWS::Lambda::Function')].filter(([path]) => !path.startsWith('AWSCDK.Trigger'));

it.each(FUNCTION_NAMES)('the bundle of %s is one file of at most 600 KB', (name) => {
  const folder = mkdtempSync(join(tmpdir(), 'adl-bundle-'));
  try {
    bundleHandler(name, folder);
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

it('reserves concurrency in prod and none in dev', () => {
  for (const [, { Properties }] of engineFunctions('prod')) expect(Object(Properties).ReservedConcurrentExecutions).toBeGreaterThan(0);
  for (const [, { Properties }] of engineFunctions('dev')) expect(Object(Properties).ReservedConcurrentExecutions).toBeUndefined();
});
