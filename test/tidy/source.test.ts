import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { deadFiles } from './dead-files.ts';
import { codeFiles, projectFiles, shown } from './project-files.ts';
import { impurities } from './purity.ts';
import { barrels, casts, emptyNames, longFiles, longFunctions } from './shape.ts';
import { strayWords, venueNames } from './words.ts';

const code = codeFiles();
const under = (folder: string) => code.filter(({ path }) => path.startsWith(folder));
const packageJson = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');

// the checks' own examples are what they look for
const prose = projectFiles(['.'], /\.(?:ts|mjs|md|json|yml|html|css)$|\.ci\/run$/).filter(
  ({ path }) => !path.startsWith('test/tidy/') && !path.startsWith('coverage/') && path !== 'package-lock.json',
);

describe('in the whole project', () => {
  it('nothing that decides looks outside, handlers decide nothing, adapters compute no money', () => {
    expect(shown(under('functions/').flatMap(impurities))).toEqual([]);
  });

  it('every type assertion says why', () => {
    expect(shown(code.flatMap(casts))).toEqual([]);
  });

  it('imports name the file that exports', () => {
    expect(shown(code.flatMap(barrels))).toEqual([]);
  });

  it('file and folder names say what is inside', () => {
    expect(shown(code.flatMap(({ path }) => emptyNames(path)))).toEqual([]);
  });

  it('files hold one idea', () => {
    expect(shown(code.flatMap(longFiles))).toEqual([]);
  });

  it('functions of the core fit on a screen', () => {
    expect(shown(under('functions/core/').flatMap(longFunctions))).toEqual([]);
  });

  it('no venue is named in functions, sources excepted', () => {
    expect(shown(under('functions/').flatMap(venueNames))).toEqual([]);
  });

  it('no file is dead', () => {
    expect(shown(deadFiles(code, packageJson))).toEqual([]);
  });

  it('no text leaves work for later, names a machine or tells how it came about', () => {
    expect(shown(prose.flatMap(strayWords))).toEqual([]);
  });
});
