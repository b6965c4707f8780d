import { type Command, Option } from 'commander';
import { badFile } from '#local/bad-input.ts';
import type { ReplayRun } from '#local/replay/replay-scenario.ts';
import { tellingCase } from '#local/replay/telling-case.ts';
import { waterfallRows } from '#local/replay/waterfall-rows.ts';
import { DEFAULT_RULE_SET } from '#local/rule-set-folder.ts';
import { EXIT } from '../exit-codes.ts';
import { say, sayJson } from '../output.ts';
import { wrappedTable } from '../print/wrapped-table.ts';
import { runReplays } from '../run-replays.ts';

interface ReplayOptions {
  readonly rules?: string;
  readonly against?: readonly string[];
  readonly stack?: string;
  readonly data?: string;
  readonly report?: string;
  readonly json?: boolean;
}

const askWhy = (runs: readonly ReplayRun[]): readonly string[] => {
  const caseId = runs.map(tellingCase).find((each) => each !== null);
  return caseId === undefined ? [] : [`ask why: npx adl explain '${caseId}'`];
};

/** As wide as the longest name of a figure. */
const LABEL_WIDTH = 40;
/** Columns of figures share this width, each as wide as the name of a rule set with its version at least; what is longer goes on below. */
const CELLS_WIDTH = 110;
const CELL_WIDTH_MIN = 24;

const waterfallTable = (runs: readonly ReplayRun[]): string =>
  wrappedTable([{ title: '', rows: waterfallRows(runs) }], (column) =>
    column === 0 ? LABEL_WIDTH : Math.max(CELL_WIDTH_MIN, Math.floor(CELLS_WIDTH / runs.length)),
  ).join('');

const replay = async (scenario: string, options: ReplayOptions): Promise<void> => {
  if (options.data !== undefined && options.stack === undefined)
    throw badFile('--data', 'names where the tables of `--stack local` are kept: a replay in this process has none');
  const { report, runs } = await runReplays({
    scenario,
    rules: options.rules,
    against: options.against ?? [],
    report: options.report,
    defaultRules: DEFAULT_RULE_SET,
    stack: options.stack === undefined ? null : { dataFolder: options.data },
  });
  const documents = runs.map((run) => run.document);
  if (options.json === true) sayJson(documents.length === 1 ? documents[0] : { runs: documents });
  else say([waterfallTable(runs), '', `report: ${report}`, ...askWhy(runs)].join('\n'));
  if (documents.some((document) => !document.conserved)) process.exitCode = EXIT.failed;
};

/** `adl replay`: the whole waterfall over a price path. */
export const addReplay = (adl: Command): void => {
  adl
    .command('replay')
    .description('the whole waterfall over a price path: breaches, orders, fund, deleveraging, and whether everything was conserved')
    .argument('<scenario.json>', 'book, marks, venue and events')
    .option('--rules <set>', 'rule set `id@version`, `id`, or a folder (default: the scenario’s, else house)')
    .option('--against <set>', 'another rule set for the same scenario; may be repeated', (set: string, sets: readonly string[] = []) => [
      ...sets,
      set,
    ])
    .option('--report <file>', 'where to write the report; the decision records go beside it')
    .addOption(new Option('--stack <name>', 'run on the local stack: the deployed functions, tables and streams').choices(['local']))
    .option('--data <folder>', 'with --stack: where the tables are kept, so that the next run goes on there (default: nowhere)')
    .option('--json', 'one JSON document on stdout')
    .action(replay);
};
