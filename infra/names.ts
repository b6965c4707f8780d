/** The functions that this stack deploys; each has its entry at `functions/<name>/handler.ts`. */
export const FUNCTION_NAMES = [
  'watch-marks',
  'evaluate-margin',
  'open-wave',
  'settle-liquidation',
  'deleverage',
  'sweep',
  'audit',
  'administer-rules',
] as const;

export type FunctionName = (typeof FUNCTION_NAMES)[number];

/** One table per aggregate. */
export const TABLE_NAMES = [
  'Observations',
  'Markets',
  'Pools',
  'Hints',
  'Rings',
  'Cases',
  'Orders',
  'Funds',
  'RuleSets',
  'Journal',
  'Controls',
] as const;

export type TableName = (typeof TABLE_NAMES)[number];

/** Event source mappings: which function reads which table's stream. */
export type MappingName =
  | 'watch-marks-on-Observations'
  | 'watch-marks-on-Controls'
  | 'evaluate-margin-on-Rings'
  | 'evaluate-margin-on-Pools'
  | 'open-wave-on-Rings'
  | 'open-wave-on-Controls'
  | 'settle-liquidation-on-Orders'
  | 'settle-liquidation-on-Cases'
  | 'deleverage-on-Cases';

/** `watch-marks` → `WatchMarks`, as construct ids are written. */
export const constructId = (name: string): string => name.replace(/(?:^|-)(\w)/g, (_match, letter: string) => letter.toUpperCase());

/** The environment variable that tells a function a table's name: `RuleSets` → `TABLE_RULE_SETS`. */
export const tableVariable = (table: TableName): string => `TABLE_${table.replace(/(?<=[a-z])(?=[A-Z])/g, '_').toUpperCase()}`;

/** What a map holds under a name that is known to be in it. */
export const named = <Name extends string, Value>(values: ReadonlyMap<Name, Value>, name: Name): Value => {
  const value = values.get(name);
  if (value === undefined) throw new Error(`nothing is named \`${name}\``);
  return value;
};
