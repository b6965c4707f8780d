import { Command, CommanderError } from 'commander';
import { BadInput } from '#local/bad-input.ts';
import { Interrupted } from '#local/stack-replay/interrupted.ts';
import { addAssess } from './commands/assess.ts';
import { addDeleverage } from './commands/deleverage.ts';
import { addExplain } from './commands/explain.ts';
import { addLocal } from './commands/local.ts';
import { addReplay } from './commands/replay.ts';
import { addRules } from './commands/rules.ts';
import { EXIT } from './exit-codes.ts';
import { namesCommands } from './names-commands.ts';
import { complain } from './output.ts';
import { VERSION } from './version.ts';

/** The parser's words in the form of every other message: one line in lower case, values in backticks, no full stop. */
const saidByParser = (text: string): string =>
  text
    .replace(/^error: /, '')
    .replace(/'([^']*)'/g, '`$1`')
    .replace(/\(Did you mean (.+)\?\)/, '(did you mean `$1`?)')
    .replace(/\. ([A-Z])/g, (_, letter: string) => `: ${letter.toLowerCase()}`)
    .trim()
    .replace(/\.$/, '');

const program = (): Command => {
  const adl = new Command('adl')
    .description('Margin, liquidation and auto-deleveraging under versioned rule sets.')
    .version(VERSION)
    .showHelpAfterError(false)
    .configureOutput({ outputError: (text) => complain(saidByParser(text)) })
    .exitOverride();
  for (const add of [addAssess, addDeleverage, addReplay, addExplain, addRules, addLocal]) add(adl);
  return namesCommands(adl);
};

/** Help and version are no mistakes; everything else that the parser refuses is wrong usage, which it has already said in one line. */
const exitOfParser = (error: CommanderError): number => (error.exitCode === 0 ? EXIT.done : EXIT.badInput);

const exitOf = (error: unknown): number => {
  if (error instanceof CommanderError) return exitOfParser(error);
  complain(error instanceof Error ? error.message : String(error));
  if (error instanceof Interrupted) return error.exitCode;
  return error instanceof BadInput ? EXIT.badInput : EXIT.failed;
};

// A reader that closes the pipe early (`adl … | head`) is no failure of ours; a full disk is one.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit();
    complain(`the result could not be written: ${error.message}`);
    process.exit(EXIT.failed);
  });
}

try {
  await program().parseAsync(process.argv);
} catch (error) {
  process.exitCode = exitOf(error);
}
