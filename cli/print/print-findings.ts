import type { RuleFinding } from '#rule-sets/rule-finding.ts';

/** Control characters and line separators: a file may be named anything, and a report is read line by line. */
const CONTROLS = /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/gu;

export const oneLine = (text: string): string => text.replace(CONTROLS, '\ufffd');

const counted = (count: number, what: string): string => `${count} ${count === 1 ? what : `${what}s`}`;

/** `2 errors, 1 warning`; what there is none of is left out, and `no findings` says that there is nothing. */
export const findingCounts = (findings: readonly RuleFinding[]): string => {
  const errors = findings.filter(({ severity }) => severity === 'ERROR').length;
  const warnings = findings.length - errors;
  const counts = [...(errors > 0 ? [counted(errors, 'error')] : []), ...(warnings > 0 ? [counted(warnings, 'warning')] : [])];
  return counts.length > 0 ? counts.join(', ') : 'no findings';
};

/** One finding for people: where and what, then what it would cost and how to mend it. */
export const printFinding = ({ file, line, column, path, severity, message, code, effect, mend }: RuleFinding): string =>
  [`${file}:${line}:${column} ${path}: ${severity.toLowerCase()}: ${message} [${code}]`, `    effect: ${effect}`, `    mend: ${mend}`]
    .map(oneLine)
    .join('\n');
