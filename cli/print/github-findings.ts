import type { RuleFinding } from '#rule-sets/rule-finding.ts';
import { oneLine } from './print-findings.ts';

/** What ends or divides a workflow command is written by its percent code; in a property `:` and `,` divide too. */
const inMessage = (text: string): string => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
const inProperty = (text: string): string => inMessage(text).replaceAll(':', '%3A').replaceAll(',', '%2C');

/**
 * One finding as a workflow command, which GitHub shows at the line of the changed file: `::error file=…,line=…,col=…,title=…::…`.
 * Source: GitHub Docs, "Workflow commands for GitHub Actions", setting an error message.
 */
export const githubCommand = ({ file, line, column, path, severity, message, code, effect, mend }: RuleFinding): string => {
  const properties = [`file=${inProperty(file)}`, `line=${line}`, `col=${column}`, `title=${inProperty(`adl rules check: ${code}`)}`];
  const lines = [`${path}: ${message}`, `effect: ${effect}`, `mend: ${mend}`].map(oneLine);
  return `::${severity.toLowerCase()} ${properties.join(',')}::${inMessage(lines.join('\n'))}`;
};
