import type { Command } from 'commander';
import { complain } from './output.ts';

const nameOf = (command: Command): string => (command.parent === null ? command.name() : `${nameOf(command.parent)} ${command.name()}`);

/**
 * Lets a command that only has commands below it answer their absence in one line. Without this the parser prints the whole help as its complaint; asking for
 * help (`--help`) still gives all of it.
 */
export const namesCommands = (group: Command): Command =>
  group.configureOutput({
    writeErr: () => {
      const names = group.commands.map((command) => command.name()).join(', ');
      complain(`expected a command of \`${nameOf(group)}\`: ${names}`);
    },
  });
