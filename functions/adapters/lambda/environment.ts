import { type TableNames, tableNamesFrom } from '../dynamodb/table-names.ts';
import type { Clock } from './clock.ts';
import { LOG_LEVELS, type LogLevel } from './log.ts';

/** What a function is told about the place it runs in. */
export interface Environment {
  readonly tables: TableNames;
  /** The rule set whose active version is the law. */
  readonly ruleSetId: string;
  readonly clock: Clock['kind'];
  /** Events below it are not logged, and without INFO no metrics are written. */
  readonly logLevel: LogLevel;
}

const ID = /^[A-Za-z0-9_.-]{1,40}$/;

const chosen = <const Value extends string>(variable: string, text: string | undefined, choices: readonly Value[]): Value => {
  const choice = choices.find((each) => each === text);
  if (choice === undefined) throw new TypeError(`\`${variable}\` is one of ${choices.join(', ')}, not \`${text ?? ''}\``);
  return choice;
};

/** Reads environment variables once, strictly. Throws on one that is missing or wrong; only `LOG_LEVEL` may be missing: then it is INFO. */
export const environmentFrom = (variables: Readonly<Record<string, string | undefined>>): Environment => {
  const ruleSetId = variables.RULE_SET_ID;
  if (ruleSetId === undefined || !ID.test(ruleSetId)) throw new TypeError(`\`RULE_SET_ID\` names a rule set, not \`${ruleSetId ?? ''}\``);
  return {
    tables: tableNamesFrom(variables),
    ruleSetId,
    clock: chosen('CLOCK', variables.CLOCK, ['SYSTEM', 'OBSERVATION']),
    logLevel: chosen('LOG_LEVEL', variables.LOG_LEVEL ?? 'INFO', LOG_LEVELS),
  };
};
