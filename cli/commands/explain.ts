import type { Command } from 'commander';
import { type Explanation, explainFrom, newestRecords } from '#local/explain/explain-record.ts';
import { EXIT } from '../exit-codes.ts';
import { say, sayJson } from '../output.ts';
import { printExplanation } from '../print/print-explanation.ts';

interface ExplainOptions {
  readonly from?: string;
  readonly json?: boolean;
}

const explain = async (id: string, options: ExplainOptions): Promise<void> => {
  const files = options.from === undefined ? newestRecords() : [options.from];
  const explanations: readonly Explanation[] = await explainFrom(files, id);
  if (options.json === true) sayJson({ id, explanations });
  else say(explanations.map(printExplanation).join('\n\n'));
  if (explanations.some((each) => !each.recomputes)) process.exitCode = EXIT.failed;
};

/** `adl explain`: recomputes recorded decisions and says rule by rule why. Ends with 1 when one does not come out as recorded. */
export const addExplain = (adl: Command): void => {
  adl
    .command('explain')
    .description('recomputes a recorded decision and says rule by rule why')
    .argument('<id>', 'id of a decision, a case, an order or a pool')
    .option('--from <record>', 'a record (*.record.jsonl); default: those beside the newest replay’s report')
    .option('--json', 'one JSON document on stdout')
    .action(explain);
};
