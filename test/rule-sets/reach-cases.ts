import { expect } from 'vitest';
import { present } from '#core/invariant.ts';
import { checkReach } from '#rule-sets/check-reach.ts';
import type { FactName } from '#rule-sets/facts.ts';
import type { RuleFolder } from '#rule-sets/read-rule-file.ts';
import type { RuleFinding } from '#rule-sets/rule-finding.ts';
import { type RuleFiles, readRuleFiles } from '#rule-sets/rule-set-files.ts';
import { encoded, type FileTexts, shippedFiles } from './shipped-files.ts';

const OPERATORS: Readonly<Record<string, string>> = {
  '<': 'decimalLessThan',
  '<=': 'decimalAtMost',
  '=': 'decimalEqual',
  '>=': 'decimalAtLeast',
  '>': 'decimalGreaterThan',
};

/** `marginExcess < 0` as a comparison in JSON; `marketStatus in HALTED,SETTLING` for ids. */
export const leaf = (text: `${FactName} ${string} ${string}`): object => {
  const [fact, sign = '', value = ''] = text.split(' ');
  return sign === 'in'
    ? { fact, operator: 'oneOf', value: value.split(',') }
    : { fact, operator: present(OPERATORS[sign], `\`${sign}\` is a sign`), value };
};

export const not = (text: Parameters<typeof leaf>[0]): object => ({ not: leaf(text) });

/** All of these comparisons; objects stand as they are. */
export const all = (...parts: readonly (Parameters<typeof leaf>[0] | object)[]): object => ({
  all: parts.map((each) => (typeof each === 'string' ? leaf(each) : each)),
});

/** One rule: its name, its event, its conditions. The first of a list has the highest priority. */
export type RuleCase = readonly [name: string, event: string, conditions: object];

const eventOf = (type: string): object => (type === 'REDUCE_BY_FRACTION' ? { type, params: { fraction: '0.5' } } : { type });

/** Rules as a file has them: one rule per line, the first on line 2. */
const rulesText = (rules: readonly RuleCase[]): string => {
  const lines = rules.map(([name, type, conditions], index) =>
    JSON.stringify({ name, priority: 100 - index, conditions, event: eventOf(type) }),
  );
  return `"rules": [\n${lines.join(',\n')}]`;
};

const house = shippedFiles('house');

export const marginText = (rules: readonly RuleCase[], limit: 'FUND_BACKED' | 'BANKRUPTCY' = 'FUND_BACKED'): string => {
  const { execution } = JSON.parse(present(house['margin.rules.json'], 'house has margin rules'));
  return `{ ${rulesText(rules)}, "execution": ${JSON.stringify({ ...execution, limit })} }`;
};

export const shortfallText = (rules: readonly RuleCase[], trigger = 'ORDER_ENDED'): string =>
  `{ "deleveragingTrigger": "${trigger}", ${rulesText(rules)} }`;

/** The files of house, some of them replaced, as far as their form is right; throws when it is not, as such a case would show nothing. */
export const filesWith = (changed: FileTexts): RuleFiles => {
  const folder: RuleFolder = { folder: 'set', files: encoded({ ...house, ...changed }), findings: [] };
  const files = readRuleFiles(folder);
  if (folder.findings.length > 0) throw new Error(folder.findings.map(({ message }) => message).join('\n'));
  return files;
};

export const reachOf = (changed: FileTexts): readonly RuleFinding[] => checkReach(filesWith(changed));

/** `ERROR rule-never-fires $.rules[0].conditions` of each finding. */
export const placesOf = (findings: readonly RuleFinding[]): readonly string[] =>
  findings.map(({ severity, code, path }) => `${severity} ${code} ${path}`);

/** What findings say to a person, in one text. */
export const wordsOf = (findings: readonly RuleFinding[]): string =>
  findings.map(({ message, effect, mend }) => `${message}; ${effect}; ${mend}`).join('\n');

/** A claim about rules, the places of all that is found in them, and some of the words. */
export type ReachCase = readonly [claim: string, rules: readonly RuleCase[], places: readonly string[], words: string];

/** The test of a case: what is found in its rules stands at its places and says its words. */
export const saysOf =
  (found: (rules: readonly RuleCase[]) => readonly RuleFinding[]): ((...reachCase: ReachCase) => void) =>
  (_claim, rules, places, words) => {
    const findings = found(rules);
    expect(placesOf(findings)).toEqual(places);
    expect(wordsOf(findings)).toContain(words);
  };

/** Answers every breach, so that a case shows its own finding only. */
export const LIQUIDATE: RuleCase = ['liquidate', 'LIQUIDATE', leaf('marginExcess < 0')];

/** What is found in house with these margin rules. */
export const marginReachOf = (rules: readonly RuleCase[]): readonly RuleFinding[] => reachOf({ 'margin.rules.json': marginText(rules) });
