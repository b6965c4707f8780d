import { readdirSync, readFileSync } from 'node:fs';
import { present } from '#core/invariant.ts';
import type { Fault } from '#rule-sets/json-source.ts';
import { loadRuleSet } from '#rule-sets/load-rule-set.ts';
import { isRuleFileName, type RuleFileName } from '#rule-sets/rule-files.ts';
import type { RuleSet } from '#rule-sets/rule-set.ts';

/** A rule set's files as text, ready to be spoiled by a test. */
export type FileTexts = Readonly<Record<string, string>>;

const root = new URL('../../rules/', import.meta.url);

/** Text of the shipped files of `house` or `house-guarded` 1.0.0. */
export const shippedFiles = (id: 'house' | 'house-guarded'): FileTexts => {
  const folder = new URL(`${id}/1.0.0/`, root);
  return Object.fromEntries(
    readdirSync(folder)
      .filter(isRuleFileName)
      .map((name) => [name, readFileSync(new URL(name, folder), 'utf8')]),
  );
};

const encoder = new TextEncoder();

/** Texts as the bytes of a folder's files. */
export const encoded = (files: FileTexts): ReadonlyMap<string, Uint8Array> =>
  new Map(Object.entries(files).map(([name, text]) => [name, encoder.encode(text)]));

export const load = (files: FileTexts): ReturnType<typeof loadRuleSet> => loadRuleSet('set', encoded(files));

/** The faults of `house` with one file's text replaced. */
export const faultsWith = (name: RuleFileName, text: string): readonly Fault[] => {
  const result = load({ ...shippedFiles('house'), [name]: text });
  return result.ok ? [] : result.refusal;
};

/** `house` with one change in one file's text; the text that is replaced must be there once at least. */
export const faultsAfter = (name: RuleFileName, from: string, to: string): readonly Fault[] => {
  const text = present(shippedFiles('house')[name], `house has ${name}`);
  if (!text.includes(from)) throw new Error(`\`${from}\` is not in ${name}`);
  return faultsWith(
    name,
    text.replace(from, () => to),
  );
};

/** A shipped rule set, loaded. */
export const shippedRuleSet = (id: 'house' | 'house-guarded'): RuleSet => {
  const result = load(shippedFiles(id));
  if (!result.ok) throw new Error(result.refusal.map((fault) => fault.message).join('\n'));
  return result.value;
};

/** A margin rule file of one rule with these conditions, as written; the conditions begin on line 2, column 71. */
export const marginRulesWith = (conditions: string, event = '{ "type": "LIQUIDATE" }'): string =>
  `{ "rules": [\n  { "name": "liquidate", "priority": 20, "conditions": ${conditions},\n    "event": ${event} }],\n` +
  `  "execution": { "limit": "FUND_BACKED", "surplus": { "REDUCE": "TRADER", "LIQUIDATE": "FUND" }, "liquidationFeeRate": "0",\n` +
  `    "recovery": "MAINTENANCE", "cancelOrdersFirst": true, "orderTimeToLive": "PT10S" } }\n`;

/** ``set/margin.rules.json:2:55 $.rules[0].conditions message`` */
export const shown = (fault: Fault): string => `${fault.file}:${fault.line}:${fault.column} ${fault.path} ${fault.message}`;
