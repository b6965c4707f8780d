import { describe, expect, it } from 'vitest';
import { anyFilter } from '../../local/stack/filter-pattern.ts';
import { flat, resourcesOf, templateOf } from './synthesized.ts';

const MAPPINGS = resourcesOf(templateOf('prod'), 'AWS::Lambda::EventSourceMapping');

const propertiesOf = (path: string): Record<string, unknown> => {
  const properties = MAPPINGS.get(path)?.Properties;
  if (typeof properties !== 'object' || properties === null) throw new Error(`no mapping \`${path}\``);
  return { ...properties };
};

const filterOf = (path: string) => {
  const { FilterCriteria } = propertiesOf(path);
  const { Filters }: { Filters?: { Pattern: string }[] } = Object(FilterCriteria);
  return anyFilter((Filters ?? []).map(({ Pattern }) => Pattern));
};

// What differs, by place: stream, batch size, batches of a shard at a time, seconds.
const SHAPES = [
  ['WatchMarks/WatchMarksOnObservations', 'Observations', 25, 1, 900],
  ['WatchMarks/WatchMarksOnControls', 'Controls', 25, 1, 900],
  ['EvaluateMargin/EvaluateMarginOnRings', 'Rings', 25, 10, 900],
  ['EvaluateMargin/EvaluateMarginOnPools', 'Pools', 25, 10, 900],
  ['OpenWave/OpenWaveOnRings', 'Rings', 100, 1, 900],
  ['OpenWave/OpenWaveOnControls', 'Controls', 25, 1, 900],
  ['SettleLiquidation/SettleLiquidationOnOrders', 'Orders', 10, 1, 3600],
  ['SettleLiquidation/SettleLiquidationOnCases', 'Cases', 10, 1, 3600],
  ['Deleverage/DeleverageOnCases', 'Cases', 10, 1, 3600],
] as const;

it('maps the nine doorbells and no other', () => {
  expect([...MAPPINGS.keys()].sort()).toEqual(SHAPES.map(([path]) => path).sort());
});

describe.each(SHAPES)('%s', (path, table, batchSize, parallel, ageSeconds) => {
  it('has its size and reads its stream', () => {
    const mapping = propertiesOf(path);
    expect(mapping).toMatchObject({ BatchSize: batchSize, ParallelizationFactor: parallel, MaximumRecordAgeInSeconds: ageSeconds });
    expect(flat(mapping.EventSourceArn)).toBe(`<${table}.StreamArn>`);
  });

  it('loses nothing: oldest record first, failures by number, halved, six retries, then the failure store', () => {
    const mapping = propertiesOf(path);
    expect(mapping).toMatchObject({
      StartingPosition: 'TRIM_HORIZON',
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      BisectBatchOnFunctionError: true,
      MaximumRetryAttempts: 6,
      MetricsConfig: { Metrics: ['EventCount'] },
    });
    const { OnFailure }: { OnFailure?: { Destination: unknown } } = Object(mapping.DestinationConfig);
    expect(flat(OnFailure?.Destination)).toBe('<FailuresBucket.Arn>');
  });
});

const record = (eventName: string, dynamodb: object) => ({ eventName, dynamodb });
const image = (attributes: Record<string, string>) =>
  Object.fromEntries(Object.entries(attributes).map(([name, text]) => [name, { S: text }]));
const changed = (eventName: string, attributes: Record<string, string>) => record(eventName, { NewImage: image(attributes) });
const removed = (attributes: Record<string, string>) => record('REMOVE', { OldImage: image(attributes) });
const control = (eventName: string, controlKey: string) => record(eventName, { Keys: image({ controlKey }) });

describe('a doorbell rings', () => {
  it.each([
    ['a new observation', 'WatchMarks/WatchMarksOnObservations', changed('INSERT', {})],
    ['a new lane, for ringing', 'WatchMarks/WatchMarksOnControls', control('INSERT', 'LANE#usdt')],
    ['a lane that moved, for opening', 'OpenWave/OpenWaveOnControls', control('MODIFY', 'LANE#usdt')],
    ['a ring', 'EvaluateMargin/EvaluateMarginOnRings', changed('INSERT', { kind: 'RING' })],
    ['a pool that the venue opened', 'EvaluateMargin/EvaluateMarginOnPools', changed('INSERT', { lastWriter: 'VENUE' })],
    ['a trade', 'EvaluateMargin/EvaluateMarginOnPools', changed('MODIFY', { lastWriter: 'VENUE' })],
    ['a settlement', 'EvaluateMargin/EvaluateMarginOnPools', changed('MODIFY', { lastWriter: 'SETTLE' })],
    ['a deleveraged counterparty', 'EvaluateMargin/EvaluateMarginOnPools', changed('MODIFY', { lastWriter: 'DELEVERAGE' })],
    ['a ring that went', 'OpenWave/OpenWaveOnRings', removed({ kind: 'RING' })],
    ['a nomination that went', 'OpenWave/OpenWaveOnRings', removed({ kind: 'NOMINATION' })],
    ['an order that ended', 'SettleLiquidation/SettleLiquidationOnOrders', changed('MODIFY', { status: 'ENDED' })],
    ['a case without an order', 'SettleLiquidation/SettleLiquidationOnCases', changed('INSERT', { state: 'ORDERED' })],
    ['the next attempt of a case', 'SettleLiquidation/SettleLiquidationOnCases', changed('MODIFY', { state: 'ORDERED' })],
    ['a case that was settled', 'Deleverage/DeleverageOnCases', changed('MODIFY', { state: 'ADL_WAIT', lastWriter: 'SETTLE' })],
    ['a case that opens without an order', 'Deleverage/DeleverageOnCases', changed('INSERT', { state: 'ADL_WAIT', lastWriter: 'OPEN' })],
  ])('at %s', (_what, path, event) => expect(filterOf(path)(event)).toBe(true));
});

describe('a doorbell stays silent', () => {
  it.each([
    ['at an observation that expired', 'WatchMarks/WatchMarksOnObservations', removed({})],
    ['at a throttle', 'WatchMarks/WatchMarksOnControls', control('MODIFY', 'THROTTLE#BTC-USDT')],
    ['at its own quarantine', 'OpenWave/OpenWaveOnControls', control('INSERT', 'QUARANTINE#Rings#1')],
    [
      'at a nomination, which is opened and not evaluated',
      'EvaluateMargin/EvaluateMarginOnRings',
      changed('INSERT', { kind: 'NOMINATION' }),
    ],
    ['at the guards that evaluating wrote', 'EvaluateMargin/EvaluateMarginOnPools', changed('MODIFY', { lastWriter: 'EVALUATE' })],
    ['at the lock that opening set', 'EvaluateMargin/EvaluateMarginOnPools', changed('MODIFY', { lastWriter: 'OPEN' })],
    ['at a case of the wave that goes', 'OpenWave/OpenWaveOnRings', removed({ kind: 'CASE' })],
    ['at a new order', 'SettleLiquidation/SettleLiquidationOnOrders', changed('INSERT', { status: 'NEW' })],
    ['at an order that it settled', 'SettleLiquidation/SettleLiquidationOnOrders', changed('MODIFY', { status: 'SETTLED' })],
    ['at a case whose orders run', 'Deleverage/DeleverageOnCases', changed('MODIFY', { state: 'ORDERED', lastWriter: 'OPEN' })],
    ['at its own steps', 'Deleverage/DeleverageOnCases', changed('MODIFY', { state: 'ADL_RUN', lastWriter: 'DELEVERAGE' })],
    ['at a case that it settled', 'SettleLiquidation/SettleLiquidationOnCases', changed('MODIFY', { state: 'CLOSED_FUND' })],
  ])('%s', (_what, path, event) => expect(filterOf(path)(event)).toBe(false));
});
