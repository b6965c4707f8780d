import { describe, expect, it } from 'vitest';
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
    ...RUNG.flatMap((name) => [`${name}IteratorAge`, `${name}Failed`]),
    ...mappings.map((name) => `${name}GivenUp`),
    ...TABLE_NAMES.map((name) => `${name}Throttles`),
    ...['SweepSilent', 'AuditSilent', 'SweepFindings', 'AuditFindings', 'Quarantined', 'LeftOut', 'FundDrawdown'],
  ];
  expect([...ALARMS.keys()].sort()).toEqual(expected.map((id) => `Monitoring/${id}`).sort());
});

it('every alarm goes to the topic and says what to look at', () => {
  for (const [, alarm] of ALARMS) {
    const { AlarmActions, AlarmDescription }: { AlarmActions?: unknown[]; AlarmDescription?: string } = Object(alarm.Properties);
    expect((AlarmActions ?? []).map(flat)).toEqual(['<AlarmsTopic>']);
    expect(AlarmDescription).toMatch(/: \w/);
  }
});

describe.each(RUNG)('%s alarms', (name) => {
  it('at the oldest record of any shard, 30 s late for 2 minutes', () => {
    expect(properties(`${name}IteratorAge`)).toMatchObject({
      MetricName: 'IteratorAge',
      Statistic: 'Maximum',
      Threshold: 30_000,
      EvaluationPeriods: 2,
      Period: 60,
    });
  });

  it('when records fail two minutes in a row, though its invocations succeed', () => {
    expect(properties(`${name}Failed`)).toMatchObject({ MetricName: `${name}Failed`, Threshold: 1, EvaluationPeriods: 2 });
  });
});

it('a single quarantined record, given-up record, left-out item or finding alarms', () => {
  for (const id of ['Quarantined', 'LeftOut', 'OpenWaveOnRingsGivenUp', 'AuditFindings', 'SweepFindings'])
    expect(properties(id)).toMatchObject({ Threshold: 1, EvaluationPeriods: 1 });
});

it('a fund that lost a tenth of its peak alarms, the worst fund of all', () => {
  expect(properties('FundDrawdown')).toMatchObject({
    Threshold: 0.1,
    Statistic: 'Maximum',
    ComparisonOperator: 'GreaterThanOrEqualToThreshold',
  });
});

it('takes silence of the sweep for a fault, silence of anything else for peace', () => {
  expect(properties('SweepSilent')).toMatchObject({ TreatMissingData: 'breaching', ComparisonOperator: 'LessThanThreshold' });
  const others = [...ALARMS].filter(([path]) => !path.endsWith('Silent'));
  for (const [, { Properties }] of others) expect(Object(Properties).TreatMissingData).toBe('notBreaching');
});

it.each(['Sweep', 'Audit'])('%s is rung every minute', (name) => {
  const rule = resourcesOf(TEMPLATE, 'AWS::Events::Rule').get(`Schedules/${name}`);
  expect(rule).toMatchObject({ Properties: { ScheduleExpression: 'rate(1 minute)', State: 'ENABLED' } });
  const [target] = Object(rule?.Properties).Targets;
  expect(flat(target.Arn)).toMatch(new RegExp(`^<${name}Function\\.Arn>$`));
});

it('has one dashboard', () => expect(resourcesOf(TEMPLATE, 'AWS::CloudWatch::Dashboard').size).toBe(1));
