import { describe, expect, it } from 'vitest';
import { ACCESS, type TableAccess } from '../../infra/constructs/access.ts';
import { FUNCTION_NAMES, type FunctionName, TABLE_NAMES, tableVariable } from '../../infra/names.ts';
import { actionsOf, allowedActions, isInTransaction, keysOf, listed, roleOf, type Statement, statementsOfRole } from './allowed-actions.ts';
import { venueRoleOf } from './grants.ts';
import { flat, resourcesOf, templateOf } from './synthesized.ts';

const TEMPLATE = templateOf('prod');
const JSON_TEMPLATE = TEMPLATE.toJSON();
const WRITES = ['PutItem', 'DeleteItem', 'UpdateItem', 'ConditionCheckItem'];
/** Tables that hold money, and what decides about it or leads to it. */
const BOOKS = ['Markets', 'Pools', 'Hints', 'Rings', 'Cases', 'Orders', 'Funds', 'Journal'] as const;

const PRINCIPALS = new Map([
  ...FUNCTION_NAMES.map((name) => [name, roleOf(JSON_TEMPLATE, name)] as const),
  ['venue', venueRoleOf(JSON_TEMPLATE)] as const,
]);

const statementsOf = (principal: FunctionName | 'venue'): readonly Statement[] =>
  statementsOfRole(JSON_TEMPLATE, PRINCIPALS.get(principal) ?? '');
const resources = (statement: Statement) => listed(statement.Resource).map(flat);
const isOn = (statement: Statement, table: string): boolean => resources(statement).includes(`<${table}.Arn>`);

/** Who may do one of these to a table, in a transaction or alone. */
const whoMay = (table: string, actions: readonly string[]) =>
  [...PRINCIPALS.keys()].filter((principal) =>
    statementsOf(principal).some(
      (each) => isOn(each, table) && actionsOf(each).some((action) => actions.includes(action.replace('TransactWriteItems:', ''))),
    ),
  );

const listedActions = ({ reads = [], transacts = [], checks, writes }: TableAccess): readonly string[] => [
  ...reads,
  ...transacts.map((action) => `TransactWriteItems:${action}`),
  ...(checks === undefined ? [] : ['TransactWriteItems:ConditionCheckItem']),
  ...(writes?.actions ?? []),
];

describe.each(FUNCTION_NAMES)('%s', (name) => {
  it('may do to tables what the list of access says and nothing else', () => {
    const expected = ACCESS[name].map((access) => [tableVariable(access.table), new Set(listedActions(access))] as const);
    expect(new Set(ACCESS[name].map(({ table }) => table)).size).toBe(ACCESS[name].length);
    expect(allowedActions(JSON_TEMPLATE, name)).toEqual(new Map(expected));
  });

  it('puts only quarantined records and its own cursor beside a transaction, each under its keys', () => {
    const bare = statementsOf(name).filter((each) => actionsOf(each).some((action) => WRITES.includes(action)));
    const keys = bare.filter((each) => !isOn(each, 'RuleSets')).map(keysOf);
    for (const each of keys) expect(each).not.toBeNull();
    expect(new Set(keys.flat())).toEqual(
      new Set(ACCESS[name].flatMap(({ table, writes }) => (table === 'RuleSets' ? [] : (writes?.keys ?? [])))),
    );
    expect(keys.flat().filter((key) => !/^(?:QUARANTINE|AUDIT)#\*$/.test(String(key)))).toEqual([]);
  });

  it('has no wildcard but the names of streams and of objects that Lambda chooses', () => {
    const wild = statementsOf(name).flatMap((each) =>
      listed(each.Action).flatMap((action) =>
        resources(each).flatMap((resource) => (`${resource} ${String(action)}`.includes('*') ? [`${resource} ${String(action)}`] : [])),
      ),
    );
    expect(
      wild.filter(
        (line) => !/^<\w+\.Arn>\/stream\/\* dynamodb:ListStreams$|^<FailuresBucket\.Arn>\/aws\/lambda\/\* s3:PutObject$/.test(line),
      ),
    ).toEqual([]);
  });
});

describe.each([...PRINCIPALS.keys()])('%s', (principal) => {
  it('moves the books within transactions only', () => {
    for (const table of BOOKS) {
      const bare = statementsOf(principal).filter((each) => isOn(each, table) && actionsOf(each).some((action) => WRITES.includes(action)));
      expect(bare).toEqual([]);
    }
  });

  it('never has a read stand under the condition on writes, which would refuse it', () => {
    for (const statement of statementsOf(principal).filter(isInTransaction))
      expect(WRITES).toEqual(expect.arrayContaining(listed(statement.Action).map((action) => String(action).replace('dynamodb:', ''))));
  });

  it('has keys that a request without keys does not meet', () => {
    for (const statement of statementsOf(principal).filter((each) => keysOf(each) !== null))
      expect(statement.Condition.Null).toEqual({ 'dynamodb:LeadingKeys': 'false' });
  });
});

it.each([
  ['Observations', ['venue']],
  ['RuleSets', ['administer-rules']],
  ['Markets', ['watch-marks', 'settle-liquidation', 'audit']],
  ['Funds', ['open-wave', 'settle-liquidation', 'deleverage']],
  ['Orders', ['open-wave', 'settle-liquidation', 'deleverage', 'sweep', 'venue']],
  ['Cases', ['open-wave', 'settle-liquidation', 'deleverage', 'sweep']],
  ['Pools', ['evaluate-margin', 'open-wave', 'settle-liquidation', 'deleverage', 'sweep', 'venue']],
] as const)('%s are written by %j and nobody else', (table, writers) => {
  expect(whoMay(table, ['PutItem', 'UpdateItem', 'DeleteItem'])).toEqual(writers);
});

it('no book is ever deleted from, but rings when they are answered and hints that lead nowhere any more', () => {
  expect(BOOKS.filter((table) => whoMay(table, ['DeleteItem']).length > 0)).toEqual(['Hints', 'Rings']);
});

it('nobody scans a table, but the list of markets', () => {
  for (const table of TABLE_NAMES) expect(whoMay(table, ['Scan']).length > 0).toBe(table === 'Markets');
});

it('sweep may do to every table whose items it evaluates what evaluate-margin may', () => {
  const sweep = allowedActions(JSON_TEMPLATE, 'sweep');
  // Quarantine is for records of a stream, and sweep reads none.
  for (const [table, actions] of allowedActions(JSON_TEMPLATE, 'evaluate-margin'))
    if (table !== 'TABLE_CONTROLS') expect([...(sweep.get(table) ?? [])]).toEqual(expect.arrayContaining([...actions]));
});

it('a switch can forbid the venue what it asks for, and the venue cannot touch the switch', () => {
  const onControls = statementsOf('venue').filter((each) => isOn(each, 'Controls'));
  expect(onControls.map((each) => [actionsOf(each), keysOf(each)])).toEqual([[['TransactWriteItems:ConditionCheckItem'], ['SWITCH#*']]]);
});

it('the venue follows its orders from their stream, and reads no other', () => {
  const streams = statementsOf('venue').filter((each) => listed(each.Action).includes('dynamodb:GetRecords'));
  expect(streams.flatMap(resources)).toEqual(['<Orders.StreamArn>']);
});

it('no role of the engine has a managed policy', () => {
  const roles = [...resourcesOf(TEMPLATE, 'AWS::IAM::Role')].filter(([path]) => !path.startsWith('AWSCDK.Trigger'));
  expect(roles).toHaveLength(PRINCIPALS.size);
  for (const [, { Properties }] of roles) expect(Object(Properties).ManagedPolicyArns).toBeUndefined();
});

it('refuses to tell of a function that is not there', () => {
  expect(() => allowedActions(JSON_TEMPLATE, 'open-waves')).toThrow('no function `open-waves`');
});
