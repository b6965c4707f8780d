import { describe, expect, it } from 'vitest';
import { FUNCTION_NAMES } from '../../infra/names.ts';
import { flat, resourcesOf, templateOf } from './synthesized.ts';

interface Statement {
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
  readonly Condition?: Record<string, Record<string, unknown>>;
}

const TEMPLATE = templateOf('prod');
const WRITES = ['dynamodb:PutItem', 'dynamodb:DeleteItem', 'dynamodb:UpdateItem', 'dynamodb:ConditionCheckItem'];

const listed = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value]);

const statementsOf = (folder: string): readonly Statement[] => {
  const policies = [...resourcesOf(TEMPLATE, 'AWS::IAM::Policy')].filter(([path]) => path.startsWith(`${folder}/`));
  expect(policies).toHaveLength(1);
  return policies.flatMap(([, { Properties }]) => Object(Properties).PolicyDocument.Statement);
};

const conditionOf = ({ Condition }: Statement): string => {
  if (Condition === undefined) return '';
  if (Condition.StringEquals?.['dynamodb:EnclosingOperation'] === 'TransactWriteItems') return ' in a transaction';
  return ` under ${listed(Condition['ForAllValues:StringLike']?.['dynamodb:LeadingKeys']).join(' ')}`;
};

/** `Rings PutItem in a transaction`, one line for each thing that may be done. */
const permitted = (statements: readonly Statement[]): readonly string[] =>
  statements
    .flatMap((statement) =>
      listed(statement.Resource).flatMap((resource) =>
        listed(statement.Action).map((action) => `${flat(resource)} ${String(action)}${conditionOf(statement)}`),
      ),
    )
    .sort();

const onTables = (folder: string): readonly string[] =>
  permitted(
    statementsOf(folder).filter(({ Action }) =>
      listed(Action).some((action) => /:(?:Get|Put|Delete|Update)Item$|:Query$|:Scan$/.test(String(action))),
    ),
  ).map((line) => line.replace(/<(\w+)\.Arn> dynamodb:/, '$1 '));

const FOLDERS: Readonly<Record<string, string>> = {
  'watch-marks': 'WatchMarks',
  'evaluate-margin': 'EvaluateMargin',
  'open-wave': 'OpenWave',
  'settle-liquidation': 'SettleLiquidation',
  deleverage: 'Deleverage',
  sweep: 'Sweep',
  audit: 'Audit',
  'administer-rules': 'AdministerRules',
};

const LAW = ['RuleSets GetItem', 'RuleSets Query'];
const QUARANTINE = 'Controls PutItem under QUARANTINE#*';
const HINTS = ['Hints DeleteItem under GUARD#* EXPOSURE#*', 'Hints PutItem under GUARD#* EXPOSURE#*'];
const put = (...tables: string[]) => tables.map((table) => `${table} PutItem in a transaction`);
const get = (...tables: string[]) => tables.map((table) => `${table} GetItem`);
const RINGS_GO = ['Rings DeleteItem in a transaction'];

const MAY: Readonly<Record<string, readonly string[]>> = {
  'watch-marks': [
    ...LAW,
    QUARANTINE,
    ...get('Observations', 'Markets', 'Pools', 'Controls'),
    ...['Hints Query', 'Rings Query'],
    ...put('Markets', 'Rings', 'Controls', 'Journal'),
  ],
  'evaluate-margin': [
    ...[...LAW, QUARANTINE, ...HINTS, ...RINGS_GO, 'Journal Query'],
    ...get('Pools', 'Markets', 'Rings', 'Cases', 'Controls'),
    ...put('Pools', 'Rings', 'Journal'),
  ],
  'open-wave': [
    ...[...LAW, QUARANTINE, ...HINTS, ...RINGS_GO, 'Rings Query'],
    ...get('Pools', 'Markets', 'Rings', 'Cases', 'Funds', 'Controls'),
    ...put('Pools', 'Rings', 'Cases', 'Orders', 'Funds', 'Journal', 'Controls'),
  ],
  'settle-liquidation': [
    ...[...LAW, QUARANTINE, ...HINTS, 'Hints Query'],
    ...get('Pools', 'Markets', 'Cases', 'Orders', 'Funds'),
    ...put('Pools', 'Markets', 'Cases', 'Orders', 'Funds', 'Journal'),
  ],
  deleverage: [
    ...[...LAW, QUARANTINE, ...HINTS, 'Hints Query', 'Rings Query', 'Journal Query'],
    ...get('Pools', 'Markets', 'Cases', 'Controls'),
    ...put('Pools', 'Cases', 'Orders', 'Journal', 'Controls'),
  ],
  sweep: [
    ...LAW,
    ...get('Cases', 'Orders', 'Controls'),
    'Cases Scan',
    'Orders Scan',
    'Controls Scan',
    ...put('Cases', 'Orders', 'Controls'),
  ],
  audit: [
    ...[...LAW, 'Journal Query', 'Journal Scan', 'Cases Scan', 'Pools Scan', 'Funds Scan', 'Markets Scan'],
    ...get('Cases', 'Pools', 'Funds', 'Markets', 'Controls'),
    ...put('Markets', 'Controls'),
  ],
  'administer-rules': [...LAW, ...put('RuleSets')],
};

describe.each(FUNCTION_NAMES)('%s', (name) => {
  it('may do this to tables and nothing else', () => {
    expect(onTables(FOLDERS[name] ?? '')).toEqual([...(MAY[name] ?? [])].sort());
  });

  it('writes in transactions only, but for hints and quarantine', () => {
    const bare = onTables(FOLDERS[name] ?? '').filter((line) => /PutItem|DeleteItem/.test(line) && !line.endsWith('in a transaction'));
    expect(bare.filter((line) => ![QUARANTINE, ...HINTS].includes(line))).toEqual([]);
  });

  it('never has a read stand under the condition on writes', () => {
    for (const { Action, Condition } of statementsOf(FOLDERS[name] ?? '')) {
      if (Condition?.StringEquals !== undefined) expect(WRITES).toEqual(expect.arrayContaining([...listed(Action)]));
    }
  });

  it('has no wildcard but the names of streams and of objects that Lambda chooses', () => {
    const lines = permitted(statementsOf(FOLDERS[name] ?? '')).map((line) => line.replace(/ under .*$/, ''));
    const wild = lines.filter((line) => line.includes('*'));
    expect(
      wild.filter(
        (line) => !/^<\w+\.Arn>\/stream\/\* dynamodb:ListStreams$|^<FailuresBucket\.Arn>\/aws\/lambda\/\* s3:PutObject$/.test(line),
      ),
    ).toEqual([]);
  });
});

it('no role of the engine has a managed policy', () => {
  const roles = [...resourcesOf(TEMPLATE, 'AWS::IAM::Role')].filter(([path]) => !path.startsWith('AWSCDK.Trigger'));
  expect(roles).toHaveLength(9);
  for (const [, { Properties }] of roles) expect(Object(Properties).ManagedPolicyArns).toBeUndefined();
});

it('the venue writes marks, pools and orders, and nothing of the engine', () => {
  expect(onTables('Venue')).toEqual(['Observations PutItem', ...get('Pools', 'Orders'), ...put('Pools', 'Orders')].sort());
});
