import { isAbsolute, relative, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { FINDING_CODES } from '#rule-sets/finding-codes.ts';
import type { RuleFinding, Severity } from '#rule-sets/rule-finding.ts';
import { VERSION } from '../version.ts';

const LEVELS: Readonly<Record<Severity, 'error' | 'warning'>> = { ERROR: 'error', WARNING: 'warning' };

/** Every kind of finding, found or not: the place of a code in this list is its `ruleIndex`. */
const RULES = Object.entries(FINDING_CODES).map(([id, { severity, summary }]) => ({
  id,
  shortDescription: { text: summary },
  defaultConfiguration: { level: LEVELS[severity] },
}));

/** A path as a reference relative to the working folder; a file that is not below it keeps its whole address. */
const referenceOf = (file: string): string => {
  const near = isAbsolute(file) ? relative(process.cwd(), file) : file;
  if (isAbsolute(near) || near.startsWith(`..${sep}`)) return pathToFileURL(file).href;
  return near.split(sep).map(encodeURIComponent).join('/');
};

const resultOf = ({ file, line, column, path, severity, message, code, effect, mend }: RuleFinding) => ({
  ruleId: code,
  ruleIndex: RULES.findIndex(({ id }) => id === code),
  level: LEVELS[severity],
  message: { text: `${message}\neffect: ${effect}\nmend: ${mend}` },
  locations: [
    {
      physicalLocation: { artifactLocation: { uri: referenceOf(file) }, region: { startLine: line, startColumn: column } },
      logicalLocations: [{ fullyQualifiedName: path, kind: 'member' }],
    },
  ],
});

/**
 * Findings as a SARIF log, for code scanning and for editors. Columns count UTF-16 code units.
 * Source: OASIS, "Static Analysis Results Interchange Format (SARIF) Version 2.1.0", 27 March 2020.
 */
export const sarifLog = (findings: readonly RuleFinding[]): unknown => ({
  $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
  version: '2.1.0',
  runs: [
    {
      tool: { driver: { name: 'adl rules check', version: VERSION, rules: RULES } },
      columnKind: 'utf16CodeUnits',
      results: findings.map(resultOf),
    },
  ],
});
