import { describe, expect, it } from 'vitest';
import { deadFiles } from './dead-files.ts';
import { impurities } from './purity.ts';
import { barrels, casts, emptyNames, longFiles, longFunctions } from './shape.ts';
import { strayWords, venueNames } from './words.ts';

const CORE = 'functions/core/adl/allocate.ts';
const lines = (count: number): string => '  x();\n'.repeat(count);

describe('purity', () => {
  it.each([
    'new Date()',
    'Date.now()',
    'type T = Date;',
    'Math.max(1, 2)',
    'Math.random()',
    'Number("1")',
    'Number.isFinite(1)',
    'parseFloat("1")',
  ])('finds `%s` in the core', (text) => expect(impurities({ path: CORE, text })).toHaveLength(1));

  it.each(['process.env', 'console.log(1)', 'async () => 1', 'throw new Error("x")', '"a".localeCompare("b")', 'await f()'])(
    'finds `%s` in the core as well',
    (text) => expect(impurities({ path: CORE, text })).toHaveLength(1),
  );

  it('finds a clock in a use case, which may be async', () => {
    const text = 'async () => [Date.now(), Date.parse(text)]';
    expect(impurities({ path: 'functions/deleverage/deleverage.ts', text }).map(({ message }) => message)).toEqual([
      '`Date.now`: time is an input',
    ]);
  });

  it('finds a decision in a handler and money in an adapter', () => {
    expect(impurities({ path: 'functions/deleverage/handler.ts', text: 'if (x) y();' })).toHaveLength(1);
    expect(impurities({ path: 'functions/adapters/dynamodb/item.ts', text: 'a.plus(b)' })).toHaveLength(1);
  });

  it('lets comments, strings and other folders be', () => {
    expect(impurities({ path: CORE, text: '// not a Date\nconst a = "Math.max";' })).toEqual([]);
    expect(impurities({ path: 'local/replay.ts', text: 'Date.now()' })).toEqual([]);
  });
});

describe('casts', () => {
  it.each([
    'const a = b as string;',
    'const a = b as unknown as Price;',
    'let a: any;',
    'let a: any[] = [];',
    'f<any>()',
    'let a: string | any;',
  ])('finds `%s`', (text) => expect(casts({ path: CORE, text }).length).toBeGreaterThan(0));

  it.each([
    'const a = [1] as const;',
    "import { a as b } from 'c';",
    "import * as a from 'c';",
    'export { a as b };',
    'const a = b as string; // cast: the schema has checked it',
    '// cast: the schema has checked it\nconst a = b as string;',
    'const { any } = conditions; if (conditions.any) f({ any: [] });',
    "const a = 'as string';",
  ])('lets `%s` pass', (text) => expect(casts({ path: CORE, text })).toEqual([]));

  it('wants a reason, not the mark alone', () => {
    expect(casts({ path: CORE, text: 'const a = b as string; // cast: x' })).toHaveLength(1);
  });
});

describe('barrels and names', () => {
  it.each([
    ['local/a.ts', 'export default 1;'],
    ['local/a.ts', "export { a } from './b.ts';\nexport * from './c.ts';\n"],
    ['local/index.ts', 'export const a = 1;'],
  ])('finds %s with `%s`', (path, text) => expect(barrels({ path, text })).toHaveLength(1));

  it('lets named exports pass', () => {
    expect(barrels({ path: 'local/a.ts', text: "import { a } from './b.ts';\nexport const c = a;\nexport { a };\n" })).toEqual([]);
  });

  it.each(['local/utils/x.ts', 'local/date-utils.ts', 'test/helpers.ts', 'functions/common/x.ts', 'cli/misc.ts'])('finds %s', (path) =>
    expect(emptyNames(path)).toHaveLength(1),
  );

  it('lets names pass that only contain such a word', () => expect(emptyNames('local/commonwealth/miscount.ts')).toEqual([]));
});

describe('sizes', () => {
  it('finds a file of 201 lines, unless it is a truth table', () => {
    expect(longFiles({ path: 'cli/a.ts', text: lines(200) })).toEqual([]);
    expect(longFiles({ path: 'cli/a.ts', text: lines(201) })).toHaveLength(1);
    expect(longFiles({ path: 'test/a.table.test.ts', text: lines(201) })).toEqual([]);
  });

  it('finds a function of 41 lines, in either form', () => {
    const arrow = (count: number) => `export const f = (\n  a: A,\n): B => {\n${lines(count - 4)}};\n\n/** g */\nexport const g = 1;\n`;
    expect(longFunctions({ path: CORE, text: arrow(40) })).toEqual([]);
    expect(longFunctions({ path: CORE, text: arrow(41) })).toHaveLength(1);
    expect(longFunctions({ path: CORE, text: `export function f() {\n${lines(39)}}\n` })).toHaveLength(1);
  });

  it('takes a long table for no function', () => {
    expect(longFunctions({ path: CORE, text: `const TABLE = {\n${'  a: () => 1,\n'.repeat(50)}};\n` })).toEqual([]);
  });
});

describe('words', () => {
  it.each([
    'const binanceTiers = 1;',
    "f('BYBIT');",
    '// as Kraken does it',
    'const drift = 1;',
    '/** Source: BitMEX\n *\n * as OKX does */',
  ])('finds the venue in `%s`', (text) => expect(venueNames({ path: CORE, text })).toHaveLength(1));

  it.each(['/**\n * Source: Binance, its page,\n * and BitMEX, read 2026-11-22\n */', 'const adrift = highlighter;'])(
    'finds no venue in `%s`',
    (text) => expect(venueNames({ path: CORE, text })).toEqual([]),
  );

  it.each(['// TODO later', "read('/work/x')", "read('../shared/x')", "get('https://registry.example.org')"])(
    'finds the stray word in `%s`',
    (text) => expect(strayWords({ path: 'local/a.ts', text })).toHaveLength(1),
  );

  it('lets a path pass that only ends alike', () => {
    expect(strayWords({ path: 'local/a.ts', text: "const file = open('net/work/x');" })).toEqual([]);
  });
});

describe('dead files', () => {
  it('finds what only a test reaches, and follows imports and named paths from package.json', () => {
    const files = [
      { path: 'cli/adl.mjs', text: "await import('./adl.ts');" },
      { path: 'cli/adl.ts', text: "import { run } from '#local/run.ts';\nnew Worker(new URL('./worker.ts', import.meta.url));" },
      { path: 'cli/worker.ts', text: '' },
      { path: 'local/run.ts', text: '' },
      { path: 'local/dead.ts', text: "import './deader.ts';" },
      { path: 'local/deader.ts', text: '' },
      { path: 'test/local/dead.test.ts', text: "import '#local/dead.ts';" },
    ];
    expect(deadFiles(files, '{ "bin": { "adl": "cli/adl.mjs" } }').map(({ path }) => path)).toEqual(['local/dead.ts', 'local/deader.ts']);
  });
});
