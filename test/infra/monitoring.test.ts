import { expect, it } from 'vitest';
import { constructId, FUNCTION_NAMES, TABLE_NAMES } from '../../infra/names.ts';
import { flat, resourcesOf, templateOf } from './synthesized.ts';

const TEMPLATE = templateOf('prod');
const ALARMS = resourcesOf(TEMPLATE, 'AWS::CloudWatch::Alarm');
const RUNG = ['WatchMarks', 'EvaluateMargin', 'OpenWave', 'SettleLiquidation', 'Deleverage'];
const properties = (id: string) => Object(ALARMS.get(`Monitoring/${id}`)?.Properties);

it('has an alarm for each function, consumer, mapping, table, schedule and signal', () => {
  const mappings = [...resourcesOf(TEMPLATE, 'AWS::Lambda::EventSourceMapping').keys()].map((path) => path.split('/')[1]);
  const expected = [
    ...FUNCTION_NAMES.flatMap((name) => [`${constructId(name)}Errors`, `${constructId(name)}Throttles`]),
    ...RUNG.map((name) => `${name}IteratorAge`),
    ...mappings.map((name) => `${name}GivenUp`),
    ...TABLE_NAMES.map((name) => `${name}Throttles`),
    ...['SweepSilent', 'AuditSilent', 'Quarantined', 'FundDrawdown'],
  ];
  expect([...ALARMS.keys()].sort()).toEqual(expected.map((id) => `Monitoring/${id}`).sort());
});

it('every alarm goes to the topic', () => {
  for (const [, alarm] of ALARMS) {
    const { AlarmActions }: { AlarmActions?: unknown[] } = Object(alarm.Properties);
    expect((AlarmActions ?? []).map(flat)).toEqual(['<AlarmsTopic>']);
  }
});

it.each(RUNG)('%s alarms at the oldest record of any shard, 30 s late for 2 minutes', (name) => {
  expect(properties(`${name}IteratorAge`)).toMatchObject({
    MetricName: 'IteratorAge',
    Statistic: 'Maximum',
    Threshold: 30_000,
    EvaluationPeriods: 2,
    Period: 60,
  });
});

it('a single quarantined or given-up record alarms', () => {
  for (const id of ['Quarantined', 'OpenWaveOnRingsGivenUp']) expect(properties(id)).toMatchObject({ Threshold: 1, EvaluationPeriods: 1 });
});

it('counts quarantined records of every function that reads a stream', () => {
  const filters = [...resourcesOf(TEMPLATE, 'AWS::Logs::MetricFilter')].map(([path]) => path);
  expect(filters.sort()).toEqual(
    [...RUNG.map((name) => `Monitoring/Signals/${name}Quarantined`), 'Monitoring/Signals/FundDrawdown'].sort(),
  );
});

it('takes silence of the sweep for a fault, silence of anything else for peace', () => {
  expect(properties('SweepSilent')).toMatchObject({ TreatMissingData: 'breaching', ComparisonOperator: 'LessThanThreshold' });
  expect(properties('SweepErrors')).toMatchObject({ TreatMissingData: 'notBreaching' });
});

it.each(['Sweep', 'Audit'])('%s is rung every minute', (name) => {
  const rule = resourcesOf(TEMPLATE, 'AWS::Events::Rule').get(`Schedules/${name}`);
  expect(rule).toMatchObject({ Properties: { ScheduleExpression: 'rate(1 minute)', State: 'ENABLED' } });
  const [target] = Object(rule?.Properties).Targets;
  expect(flat(target.Arn)).toMatch(new RegExp(`^<${name}Function\\.Arn>$`));
});

it('has one dashboard', () => expect(resourcesOf(TEMPLATE, 'AWS::CloudWatch::Dashboard').size).toBe(1));
