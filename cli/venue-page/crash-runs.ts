import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { present } from '#core/invariant.ts';
import { Decimal } from '#core/units/decimal.ts';
import type { GeneratedBook, GeneratedFund } from '#local/book-generator/generated-book.ts';
import { DEFAULT_SEED, generateBook } from '#local/generate-book.ts';
import { type LoadedScenario, loadScenario } from '#local/replay/load-scenario.ts';
import { type ReplayRun, replayScenario } from '#local/replay/replay-scenario.ts';
import { waterfallRows } from '#local/replay/waterfall-rows.ts';
import { RULES_ROOT } from '#local/rule-set-folder.ts';
import type { RuleSet } from '#rule-sets/rule-set.ts';
import { type RulesRow, rulesTable } from './rules-table.ts';

const CRASH_FOLDER = join(dirname(dirname(dirname(fileURLToPath(import.meta.url)))), 'local', 'crash-2025-10-10');

const scenarioSchema = z.looseObject({ marks: z.array(z.looseObject({ candles: z.string() })) });
const tiersSchema = z.looseObject({ markets: z.record(z.string(), z.unknown()) });

/** The tier table of a market in `house@1.0.0`, as it is written there. */
const houseTiers = (marketId: string): unknown => {
  const { markets } = tiersSchema.parse(JSON.parse(readFileSync(join(RULES_ROOT, 'house', '1.0.0', 'margin-tiers.json'), 'utf8')));
  return present(markets[marketId], `house has tiers for ${marketId}`);
};

/**
 * The funds of a generated book, and its money again in equal parts, a fund named after each market, in lower case. A rule set with one domain of the asset
 * reads the first fund alone; one with a domain for each underlying finds the others, so that no law has more money than another.
 */
const fundsOfEach = ({ insuranceFunds, markets }: GeneratedBook): readonly GeneratedFund[] => [
  ...insuranceFunds,
  ...insuranceFunds.flatMap(({ asset, balance }) => {
    const part = new Decimal(balance).div(markets.length).floor().toFixed();
    return markets.map(({ marketId }) => ({ fundId: marketId.toLowerCase(), asset, balance: part, peakBalance: part }));
  }),
];

/** The shipped crash over the generated book whose markets have their tiers in the book itself, so that nothing but rules differs between rule sets. */
export const crashWithOwnTiers = (accounts: number): LoadedScenario => {
  const folder = mkdtempSync(join(tmpdir(), 'adl-venues-'));
  try {
    const { marks } = scenarioSchema.parse(JSON.parse(readFileSync(join(CRASH_FOLDER, 'scenario.json'), 'utf8')));
    for (const name of ['scenario.json', ...marks.map(({ candles }) => candles)])
      copyFileSync(join(CRASH_FOLDER, name), join(folder, name));
    const book = generateBook({ seed: DEFAULT_SEED, accounts });
    const markets = book.markets.map((market) => ({ ...market, marginTiers: houseTiers(market.marketId) }));
    writeFileSync(join(folder, 'book.json'), JSON.stringify({ ...book, markets, insuranceFunds: fundsOfEach(book) }));
    return loadScenario(join(folder, 'scenario.json'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

/** What is shown of a waterfall: the rows of `adl replay`, each under a heading short enough for a table of many columns. */
const CRASH_ROWS: ReadonlyMap<string, string> = new Map([
  ['breaches', 'breaches (liquidations opened)'],
  ['orders', 'liquidation orders'],
  ['fund paid', 'fund paid'],
  ['received', 'fund received'],
  ['at the end', 'fund balance at the end'],
  ['accounts deleveraged', 'accounts deleveraged'],
  ['haircuts', 'haircuts'],
  ['shared out', 'shared out among everybody'],
  ['left open', 'residual quantity'],
  ['taken over', 'profit of positions taken over'],
  ['pools open', 'pools still open'],
  ['conserved', 'conserved'],
]);

/** The headings of the crash's columns, in order. */
export const CRASH_FIGURES: readonly string[] = [...CRASH_ROWS.keys()];

/** A waterfall says it in a sentence; a column has room for a word. */
const CONSERVED = 'true (0 violations)';

const rowOf = (run: ReplayRun): RulesRow => {
  const figures = new Map(waterfallRows([run]).map(([label = '', cell = '']) => [label, cell]));
  const cells = [...CRASH_ROWS.values()].map((name) => present(figures.get(name), `a waterfall has ${name}`));
  return { ruleSet: run.ruleSet.reference, cells: cells.map((cell) => (cell === CONSERVED ? 'yes' : cell)) };
};

/** Replays a crash under each rule set; `progress` hears which one is next. */
export const crashTable = async (
  loaded: LoadedScenario,
  ruleSets: readonly RuleSet[],
  progress: (ruleSet: RuleSet) => void,
): Promise<string> => {
  const rows: RulesRow[] = [];
  for (const ruleSet of ruleSets) {
    progress(ruleSet);
    rows.push(rowOf(await replayScenario(loaded, ruleSet, '', () => undefined)));
  }
  return rulesTable(CRASH_FIGURES, rows);
};
