import type { RuleSetReference } from '#core/policy.ts';

/** What one rule set comes to: a row of a table of the page. */
export interface RulesRow {
  readonly ruleSet: RuleSetReference;
  readonly cells: readonly string[];
}

const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

const nameOf = ([first, ...rest]: readonly RulesRow[]): string =>
  first === undefined
    ? ''
    : [`\`${first.ruleSet.id}@${first.ruleSet.version}\``, ...rest.map(({ ruleSet }) => `\`${ruleSet.version}\``)].join(', ');

/** A Markdown table with a row for each rule set; versions of one set that come to the same share a row. */
export const rulesTable = (heads: readonly string[], rows: readonly RulesRow[]): string => {
  const groups = Map.groupBy(rows, ({ ruleSet, cells }) => [ruleSet.id, ...cells].join('\n'));
  return [
    line(['rules', ...heads]),
    line(['---', ...heads.map(() => '---:')]),
    ...[...groups.values()].map((those) => line([nameOf(those), ...(those[0]?.cells ?? [])])),
  ].join('\n');
};
