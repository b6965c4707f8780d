import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { BAD_BOOK } from '../support/contract-shapes.ts';
import { shapeFaults } from '../support/document-shape.ts';
import { contentsOf, folderWith } from '../support/folder.ts';
import { crossPair } from '../support/published-books.ts';
import { copyRules, edit } from '../support/rules-folder.ts';
import { documentOf, linesOf, runAdl } from '../support/run-adl.ts';
import { crashBook, crashFiles, crashScenario } from '../support/small-crash.ts';

let folder: string;

const scenario = (changes: Readonly<Record<string, unknown>>) => ({ ...crashScenario(), ...changes });
const [bitcoin] = crashScenario().marks;
const marksOf = (changes: Readonly<Record<string, unknown>>) => ({ marks: [{ ...bitcoin, ...changes }] });
const [{ markPrice, ...unpricedMarket }] = crossPair().markets;
const candles = String(crashFiles()['btc.csv']);

const FILES = {
  ...crashFiles(),
  'malformed.json': '{\n "asOf": "2025-10-10T21:16:04Z",\n}\n',
  'empty.json': '',
  'twice.json': '{ "asOf": "a",\n "asOf": "b" }',
  'number.json': { ...crashBook(), insuranceFunds: [{ fundId: 'usdt', asset: 'USDT', balance: 1000 }] },
  'long.json': { ...crashBook(), insuranceFunds: [{ fundId: 'usdt', asset: 'USDT', balance: '0.1234567890123' }] },
  'unpriced.json': { ...crossPair(), markets: [unpricedMarket] },
  'stranger.json': { ...crashBook(), residuals: [{ marketId: 'SOL-USDT', side: 'LONG', quantity: '1', bankruptcyPrice: '1' }] },
  'high.csv': candles.replace('99000,99000,89000,90000', '99000,98000,89000,90000'),
  'header.csv': candles.replace('open_time_ms', 'time'),
  'text.csv': candles.replace('99000,99000,89000,90000', 'abc,99000,89000,90000'),
  'no-book.json': scenario({ book: 'absent.json' }),
  'book-of-scenario.json': scenario({ book: 'malformed.json' }),
  'no-candles.json': scenario(marksOf({ candles: 'absent.csv' })),
  'bad-high.json': scenario(marksOf({ candles: 'high.csv' })),
  'bad-header.json': scenario(marksOf({ candles: 'header.csv' })),
  'bad-text.json': scenario(marksOf({ candles: 'text.csv' })),
  'bad-range.json': scenario(marksOf({ fromMs: 1, toMs: 2 })),
  'bad-market.json': scenario(marksOf({ marketId: 'SOL-USDT' })),
  'bad-event.json': scenario({ events: [{ atMs: 1, marketId: 'SOL-USDT', status: 'HALTED' }] }),
  'bad-rules.json': scenario({ ruleSet: 'house@9.9.9' }),
  'folder/inside.json': {},
};

beforeAll(() => {
  folder = folderWith(FILES);
  edit(join(copyRules(folder, 'house', 'no-default'), 'margin-tiers.json'), /"\*": \[[^\]]*\],/, '');
  edit(join(folder, 'no-default', 'margin-tiers.json'), /"ETH-USDT": \[[^\]]*\],/, '');
  edit(join(folder, 'no-default', 'rule-set.json'), '"markets": ["*"]', '"markets": ["BTC-USDT"]');
  writeFileSync(join(folder, 'latin.json'), Buffer.from([0x7b, 0xe9, 0x7d]));
});

/** Wrong usage: what every command says, in one line. */
const USAGE = [
  ['', /^expected a command of `adl`: assess, deleverage, replay, explain, rules, local$/],
  ['rules', /^expected a command of `adl rules`: .*\bcheck\b/],
  ['asess book.json', /^unknown command `asess` \(did you mean `assess`\?\)$/],
  ['rules chek', /^unknown command `chek` \(did you mean `check`\?\)$/],
  ['--verbose', /^unknown option `--verbose`$/],
  ['assess', /^missing required argument `book\.json`$/],
  ['deleverage', /^missing required argument `book\.json`$/],
  ['replay', /^missing required argument `scenario\.json`$/],
  ['explain', /^missing required argument `id`$/],
  ['assess book.json --rule house', /^unknown option `--rule` \(did you mean `--rules`\?\)$/],
  ['replay scenario.json --fast', /^unknown option `--fast`$/],
  ['replay scenario.json book.json', /^too many arguments for `replay`: expected 1 argument but got 2: /],
  ['replay scenario.json --report', /^option `--report <file>` argument missing$/],
  ['replay scenario.json --stack cloud', /^option `--stack <name>` argument `cloud` is invalid: allowed choices are local$/],
  ['rules check --fix', /^unknown option `--fix`$/],
] as const;

/** Files that cannot be used: named with the line or the path where they are wrong. */
const INPUT = [
  ['assess malformed.json', /^malformed\.json:3 \$: /],
  ['assess empty.json', /^empty\.json:1 \$: /],
  ['assess twice.json', /^twice\.json:2 \$\.asOf: /],
  ['assess latin.json', /^latin\.json:1 \$: holds bytes that are not utf-8$/],
  ['assess number.json', /^number\.json:\d+ \$\.insuranceFunds\[0\]\.balance: expected a decimal.*got number 1000$/],
  ['assess long.json', /got string "0\.1234567890123": at most 20 digits before the point and 12 after it$/],
  ['assess unpriced.json', /^unpriced\.json:\d+ \$\.markets\[0\]\.markPrice: expected .*got nothing$/],
  ['assess absent.json', /^absent\.json: no such file$/],
  ['assess folder', /^folder: expected a file, got a folder$/],
  ['assess book.json/x', /^book\.json\/x: no such file$/],
  ['deleverage stranger.json', /^stranger\.json:\d+ \$\.residuals\[0\]\.marketId: `SOL-USDT` is not a market of this book$/],
  ['deleverage absent.json', /^absent\.json: no such file$/],
  ['assess book.json --rules nobody', /^nobody: expected a rule set such as `house@1\.0\.0`/],
  ['deleverage book.json --rules house@9.9.9', /^house@9\.9\.9: expected a rule set/],
  ['replay scenario.json --rules book.json', /^book\.json: expected a rule set/],
  ['replay scenario.json --against nobody', /^nobody: expected a rule set/],
  ['assess book.json --rules no-default', /^book\.json \$\.markets\[1\]\.marginTiers: expected tiers for market `ETH-USDT`/],
  ['deleverage book.json --rules no-default', /^book\.json \$\.markets\[1\]\.marginTiers: expected tiers/],
  ['replay scenario.json --rules no-default', /^book\.json \$\.markets\[1\]\.marginTiers: .*`ETH-USDT`/],
  ['replay scenario.json --against no-default', /^book\.json \$\.markets\[1\]\.marginTiers: .*`ETH-USDT`/],
  ['replay absent.json', /^absent\.json: no such file$/],
  ['replay folder', /^folder: expected a file, got a folder$/],
  ['replay malformed.json', /^malformed\.json:3 \$: /],
  ['replay book.json', /^book\.json:\d+ \$\.\w+: /],
  ['replay no-book.json', /^absent\.json: no such file$/],
  ['replay book-of-scenario.json', /^malformed\.json:3 \$: /],
  ['replay no-candles.json', /^absent\.csv: no such file$/],
  ['replay bad-high.json', /^high\.csv:3 open_usd: expected a price from the low, `89000`, to the high, `98000`, got `99000`$/],
  ['replay bad-header.json', /^header\.csv:1 header: expected the header `open_time_ms,open_usd,/],
  ['replay bad-text.json', /^text\.csv:3 open_usd: expected a decimal above zero .*got `abc`$/],
  ['replay bad-range.json', /^bad-range\.json:\d+ \$\.marks\[0\]\.\w+: /],
  ['replay bad-market.json', /^bad-market\.json:\d+ \$\.marks\[0\]\.marketId: `SOL-USDT` is not a market of `book\.json`$/],
  ['replay bad-event.json', /^bad-event\.json:\d+ \$\.events\[0\]\.marketId: `SOL-USDT` is not a market/],
  ['replay bad-rules.json', /^house@9\.9\.9: expected a rule set/],
  ['replay scenario.json --report folder', /^folder: expected a place where a file can be written$/],
  ['replay scenario.json --report new/', /^new\/: expected a place where a file can be written$/],
  ['replay scenario.json --report book.json/report.md', /^book\.json\/report\.md: expected a place/],
  ['replay scenario.json --data kept', /^--data: /],
  ['local --book missing.json', /^missing\.json: /],
  ['explain x --from absent.jsonl', /^absent\.jsonl: no such file$/],
  ['explain x --from folder', /^folder: expected a file, got a folder$/],
] as const;

const given = (line: string): readonly string[] => (line === '' ? [] : line.split(' '));

describe('bad input', () => {
  it.each([...USAGE, ...INPUT])('`adl %s` ends with 2 and one line, and writes nothing', async (line, message) => {
    const before = contentsOf(folder);
    const { code, stdout, stderr } = await runAdl(folder, ...given(line));
    const [complaint = '', ...more] = linesOf(stderr);
    expect([code, stdout, more]).toEqual([2, '', []]);
    expect(complaint.slice(0, 5)).toBe('adl: ');
    expect(complaint.slice(5)).toMatch(message);
    expect(contentsOf(folder)).toEqual(before);
  });

  it.each(['assess', 'deleverage'])('is an error document on stdout for a book given to adl %s --json', async (command) => {
    const run = await runAdl(folder, command, 'malformed.json', '--json');
    expect(run.code).toBe(2);
    expect(shapeFaults(documentOf(run), BAD_BOOK)).toEqual([]);
    expect(linesOf(run.stderr)).toHaveLength(1);
  });

  it('leaves stdout empty where no book is bad: rules, scenarios and records have no error document', async () => {
    for (const line of ['assess book.json --rules nobody', 'replay malformed.json', 'explain x']) {
      expect(await runAdl(folder, ...given(line), '--json')).toMatchObject({ code: 2, stdout: '' });
    }
  });

  it('is said in one line even where a file name is not', async () => {
    const { code, stderr } = await runAdl(folder, 'assess', 'two\nlines\u001b[31m.json');
    expect([code, stderr]).toEqual([2, 'adl: two lines [31m.json: no such file\n']);
  });
});
