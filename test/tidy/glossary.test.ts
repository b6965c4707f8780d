import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readGlossary, ruledOutNames } from './glossary.ts';
import { projectFiles, shown } from './project-files.ts';

const glossary = readGlossary(readFileSync(new URL('../../docs/glossary.md', import.meta.url), 'utf8'));
const found = (text: string) => ruledOutNames({ path: 'functions/core/x.ts', text }, glossary).map(({ message }) => message);

describe('the glossary', () => {
  it('names everything in functions', () => {
    expect(shown(projectFiles(['functions'], /\.ts$/).flatMap((file) => ruledOutNames(file, glossary)))).toEqual([]);
  });

  it.each(['upl', 'mmr', 'imr', 'equity', 'badDebt', 'px', 'posMargin', 'liqPx', 'zeroPrice', 'victim', 'leftover', 'strategy'])(
    'rules out `%s`',
    (name) => {
      expect(found(`const ${name} = 1;`)).toHaveLength(1);
    },
  );

  it.each(['bestLiqPrice', 'MMR_MAX', 'entryPx', 'orderQty', 'cumQuantity'])('rules out `%s` for a part of it', (name) => {
    expect(found(`const ${name} = 1;`)).toHaveLength(1);
  });

  it.each([
    'marginBalance',
    'unrealizedPnl',
    'tickSize',
    'maximumLeverage',
    'socializedLoss',
    'liquidationPrice',
    'cumulativeQuantity',
    'maintenanceMargin',
  ])('lets `%s` pass', (name) => expect(found(`const ${name} = 1;`)).toEqual([]));

  it('reads names, not comments or text', () => {
    expect(found("// equity\nconst a = 'equity';")).toEqual([]);
  });
});
