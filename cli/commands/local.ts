import { join, relative } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import { badFile } from '#local/bad-input.ts';
import { DEFAULT_RULE_SET } from '#local/rule-set-folder.ts';
import { PROJECT_ROOT } from '#local/stack/synthesize-template.ts';
import { dataFolderAt } from '#local/stack-replay/data-folders.ts';
import { Interrupted } from '#local/stack-replay/interrupted.ts';
import { serve } from '#local/stack-replay/serve.ts';
import { note, say } from '../output.ts';
import { untilAsked } from '../until-asked.ts';

interface LocalOptions {
  readonly data?: string;
  readonly port?: number;
  readonly book?: string;
  readonly rules?: string;
  readonly venue: boolean;
}

const EXAMPLE_BOOK = join(PROJECT_ROOT, 'docs', 'examples', 'one-liquidation', 'book.json');

const PORT_MAX = 65_535;

const portOf = (text: string): number => {
  const port = Number.parseInt(text, 10);
  if (!/^\d{1,5}$/.test(text) || port < 1 || port > PORT_MAX) throw new InvalidArgumentError(`expected a port from 1 to ${PORT_MAX}`);
  return port;
};

const runLocal = async ({ data, port, book, rules, venue }: LocalOptions): Promise<void> => {
  const signal = untilAsked();
  const folder = dataFolderAt(data);
  try {
    await serve({
      dataFolder: folder.path,
      book,
      rules,
      defaultBook: relative(process.cwd(), EXAMPLE_BOOK),
      defaultRules: DEFAULT_RULE_SET,
      port,
      hasVenue: venue,
      signal,
      ready: say,
      say: note,
    });
    throw badFile('adl local', 'needs an embedded database, and this platform has none');
  } catch (error) {
    // A server ends when it is asked to: that is no failure.
    if (!(error instanceof Interrupted)) throw error;
    note(error.message);
  } finally {
    folder.leave();
  }
};

/** `adl local`: the local stack as a server. */
export const addLocal = (adl: Command): void => {
  adl
    .command('local')
    .description('the local stack as a server: the deployed functions, tables and streams on this machine, and a simulated venue')
    .option('--data <folder>', 'where the tables are kept; the next start goes on there (default: nowhere)')
    .option('--port <number>', 'the port to try first (default: any that is free)', portOf)
    .option('--book <book.json>', 'the books of a fresh folder (default: the example)')
    .option('--rules <set>', `rule set of a fresh folder: \`id@version\`, \`id\`, or a folder (default: ${DEFAULT_RULE_SET})`)
    .option('--no-venue', 'without the simulated venue: orders wait for yours')
    .action(runLocal);
};
