import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { importCycles, wrongArrows } from './arrows.ts';
import { importsOf } from './imports.ts';
import { codeFiles, shown } from './project-files.ts';

const refusals = (path: string, ...specifiers: string[]) =>
  wrongArrows({ path, text: specifiers.map((specifier) => `import { x } from '${specifier}';\n`).join('') }).map(({ message }) => message);

describe('the arrow', () => {
  it('holds in every file of the project', () => {
    expect(shown(codeFiles().flatMap(wrongArrows))).toEqual([]);
  });

  it('bends into no circle', () => {
    expect(shown(importCycles(codeFiles()))).toEqual([]);
  });

  it('knows the subpath imports that package.json declares', () => {
    const { imports } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
    for (const [subpath, target] of Object.entries<string>(imports)) {
      const text = `import { x } from '${subpath.replace('*', 'room/file.ts')}';`;
      expect(importsOf({ path: 'test/x.ts', text })[0]?.path).toBe(target.replace('./', '').replace('*', 'room/file.ts'));
    }
  });
});

describe('the check of arrows finds', () => {
  it.each([
    ['a core room that imports to its right', 'functions/core/market/valuation.ts', '../account/pool.ts'],
    ['an unknown room of the core', 'functions/core/pricing/mark.ts', '../units/money.ts'],
    ['a leaf of the core that imports anything', 'functions/core/result.ts', './invariant.ts'],
    ['a policy that imports more than units', 'functions/core/policy.ts', './market/side.ts'],
    ['decimal.js outside the one file that wraps it', 'functions/core/units/money.ts', 'decimal.js'],
    ['a core that imports a rule set', 'functions/core/adl/allocate.ts', '#rule-sets/facts.ts'],
    ['a core that imports a built-in module', 'functions/core/market/side.ts', 'node:fs'],
    ['a rule set that imports a file system', 'functions/rule-sets/load.ts', 'node:fs'],
    ['a rule set that imports a use case', 'functions/rule-sets/load.ts', '#functions/open-wave/open-wave.ts'],
    ['a use case that imports an adapter', 'functions/open-wave/open-wave.ts', '../adapters/dynamodb/client.ts'],
    ['a use case that imports another', 'functions/open-wave/open-wave.ts', '../deleverage/deleverage.ts'],
    ['a use case that imports the local stack', 'functions/open-wave/open-wave.ts', '#local/wave.ts'],
    ['a port that imports a use case', 'functions/ports/store-ports.ts', '../open-wave/open-wave.ts'],
    ['a port that imports an adapter', 'functions/ports/store-ports.ts', '../adapters/dynamodb/client.ts'],
    ['a use case that imports a package', 'functions/open-wave/open-wave.ts', 'zod'],
    ['a function that imports a test', 'functions/core/adl/allocate.ts', '../../../test/reference/allocation.ts'],
    ['a local stack that imports the command line', 'local/replay.ts', '#cli/progress.ts'],
    ['a command line that imports a script', 'cli/adl.ts', '../scripts/nightly.ts'],
    ['a stack that imports a handler', 'infra/app.ts', '../functions/open-wave/handler.ts'],
    ['a file directly in functions', 'functions/stray.ts', '#core/result.ts'],
    ['a folder of functions that is no use case', 'functions/things/thing.ts', '#core/result.ts'],
  ])('%s', (_claim, path, specifier) => {
    expect(refusals(path, specifier)).toHaveLength(1);
  });

  it('imports however they are written', () => {
    const text =
      "import type {\n  A,\n  B,\n} from 'a';\nexport { c } from 'c';\nimport 'd';\nexport * from 'e';\nconst f = await import('f');\n// from 'g'\n";
    expect(importsOf({ path: 'x.ts', text }).map(({ specifier, line }) => `${specifier}:${line}`)).toEqual([
      'a:1',
      'c:5',
      'd:6',
      'e:7',
      'f:8',
    ]);
  });

  it('circles, through any number of files', () => {
    const files = [
      { path: 'local/a.ts', text: "import './b.ts';" },
      { path: 'local/b.ts', text: "import './c.ts';" },
      { path: 'local/c.ts', text: "import './a.ts';" },
    ];
    const typed = files.map(({ path, text }) => ({ path, text: text.replace('import', 'import type { T } from') }));
    expect(shown(importCycles(typed))).toEqual([]);
    expect(shown(importCycles(files))).toEqual(['local/c.ts:1: imports in a circle: local/a.ts → local/b.ts → local/c.ts → local/a.ts']);
  });
});

describe('the check of arrows lets pass', () => {
  it.each([
    ['core to its left', 'functions/core/adl/allocate.ts', '../units/money.ts'],
    ['core to its leaves and policy', 'functions/core/units/money.ts', '../invariant.ts'],
    ['the wrapper of decimal.js', 'functions/core/units/decimal.ts', 'decimal.js'],
    ['rule sets to the engine', 'functions/rule-sets/evaluate.ts', 'json-rules-engine'],
    ['use cases to core and rule sets', 'functions/deleverage/deleverage.ts', '#core/adl/allocate.ts'],
    ['handlers to adapters', 'functions/deleverage/handler.ts', '../adapters/dynamodb/client.ts'],
    ['the local stack to use cases', 'local/replay.ts', '#functions/open-wave/open-wave.ts'],
    ['the command line to the local stack', 'cli/adl.ts', '#local/replay.ts'],
  ])('%s', (_claim, path, specifier) => {
    expect(refusals(path, specifier)).toEqual([]);
  });
});
