import { Command, CommanderError } from 'commander';
import { BadInput } from '#local/bad-input.ts';
import { addAssess } from './commands/assess.ts';
import { addDeleverage } from './commands/deleverage.ts';
import { addExplain } from './commands/explain.ts';
import { addReplay } from './commands/replay.ts';
import { addRules } from './commands/rules.ts';
import { EXIT } from './exit-codes.ts';
import { VERSION } from './version.ts';

const program = (): Command => {
  const adl = new Command('adl')
    .description('Margin, liquidation and auto-deleveraging under versioned rule sets.')
    .version(VERSION)
    .showHelpAfterError(false)
    .configureOutput({ outputError: (text, write) => write(`adl: ${text.replace(/^error: /, '')}`) })
    .exitOverride();
  for (const add of [addAssess, addDeleverage, addReplay, addExplain, addRules]) add(adl);
  return adl;
};

/** Help and version are no mistakes; everything else that the parser refuses is wrong usage, which it has already said in one line. */
const exitOfParser = (error: CommanderError): number => (error.exitCode === 0 ? EXIT.done : EXIT.badInput);

const exitOf = (error: unknown): number => {
  if (error instanceof CommanderError) return exitOfParser(error);
  const message = error instanceof Error ? error.message : String(error);
  process.stderr.write(`adl: ${message.replace(/\s*\n\s*/g, ' ')}\n`);
  return error instanceof BadInput ? EXIT.badInput : EXIT.failed;
};

// A reader that closes the pipe early (`adl … | head`) is no failure of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit();
  throw error;
});

try {
  await program().parseAsync(process.argv);
} catch (error) {
  process.exitCode = exitOf(error);
}
