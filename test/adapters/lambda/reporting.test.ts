import type { DynamoDBStreamEvent } from 'aws-lambda';
import { describe, expect, it } from 'vitest';
import { decimal } from '#core/units/decimal.ts';
import { logTo } from '#functions/adapters/lambda/log.ts';
import { counted, metricsLine } from '#functions/adapters/lambda/metrics.ts';
import { iteratorAge, reportingOf, stacked } from '#functions/adapters/lambda/middleware.ts';

const lines: string[] = [];
const logged = (...events: Parameters<ReturnType<typeof logTo>>[]): readonly Record<string, unknown>[] => {
  lines.length = 0;
  for (const event of events) logTo((line) => lines.push(line), 'WARN', { function: 'sweep' })(...event);
  return lines.map((line) => JSON.parse(line));
};

describe('a log', () => {
  it('writes one JSON line per event and leaves out what is below its level', () => {
    expect(logged(['INFO', 'quiet'], ['ERROR', 'loud', { at: 1 }])).toEqual([
      { level: 'ERROR', message: 'loud', function: 'sweep', at: 1 },
    ]);
  });

  it('lets no text of a record begin a line of its own', () => {
    logged(['ERROR', 'x', { id: 'a\n{"level":"INFO"}' }]);
    expect(lines).toHaveLength(1);
    expect(lines[0]).not.toContain('\n');
  });

  it('writes big integers, decimals, maps and errors instead of throwing', () => {
    const [line] = logged(['ERROR', 'x', { big: 2n, money: decimal('0.10'), map: new Map([['a', 1]]), error: new TypeError('bad') }]);
    expect(line).toMatchObject({ big: '2', money: '0.1', map: { a: 1 }, error: { name: 'TypeError', message: 'bad' } });
  });

  it('cuts a line that no log event holds, and it stays JSON', () => {
    expect(logged(['ERROR', 'x', { long: '"'.repeat(100_000) }])[0]).toMatchObject({ level: 'ERROR', message: 'x' });
    expect(lines[0]?.length).toBeLessThan(32_000);
  });
});

describe('metrics', () => {
  it('are a line in the embedded metric format', () => {
    expect(JSON.parse(metricsLine({ Function: 'sweep', Fund: 'usdt' }, [counted('Rescues', 2)], 5))).toEqual({
      _aws: {
        Timestamp: 5,
        CloudWatchMetrics: [{ Namespace: 'AdlEngine', Dimensions: [['Function', 'Fund']], Metrics: [{ Name: 'Rescues', Unit: 'Count' }] }],
      },
      Function: 'sweep',
      Fund: 'usdt',
      Rescues: 2,
    });
  });

  const event = (...seconds: (number | undefined)[]): DynamoDBStreamEvent => ({
    Records: seconds.map((ApproximateCreationDateTime) => ({ dynamodb: { ApproximateCreationDateTime } })),
  });

  it('tell the age of the oldest record, in ms', () => {
    expect(iteratorAge(event(12, 10, undefined), 15_500)).toBe(5500);
  });

  it('tell no age where no record has one or the clock is behind', () => {
    expect([iteratorAge(event(undefined), 5), iteratorAge(event(), 5), iteratorAge(event(10), 5)]).toEqual([0, 0, 0]);
  });
});

describe('the stack of a handler', () => {
  const context = { awsRequestId: 'r1', getRemainingTimeInMillis: () => 1000 };

  it('answers what the handler answers', async () => {
    const handler = stacked(
      async (event: number) => event + 1,
      () =>
        reportingOf(
          'x',
          () => {},
          () => {},
        ),
    );
    expect(await handler(1, context)).toBe(2);
  });

  it('logs and counts what fails, and fails', async () => {
    const events: unknown[] = [];
    const measured: string[] = [];
    const reporting = reportingOf(
      'x',
      (...event) => void events.push(event),
      (line) => void measured.push(line),
      () => 0,
    );
    const handler = stacked(
      () => Promise.reject(new Error('no law')),
      () => reporting,
    );
    await expect(handler(1, context)).rejects.toThrow('no law');
    expect(events).toMatchObject([['ERROR', 'invocation failed', { requestId: 'r1' }]]);
    expect(measured.map((line) => JSON.parse(line).InvocationFailures)).toEqual([1]);
  });
});
