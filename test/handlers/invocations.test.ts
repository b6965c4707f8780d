import { describe, expect, it, vi } from 'vitest';
import { InvariantViolation } from '#core/invariant.ts';
import { TABLE_VARIABLES } from '#functions/adapters/dynamodb/table-names.ts';
import { answerCommand } from '#functions/adapters/lambda/answer-command.ts';
import { environmentFrom } from '#functions/adapters/lambda/environment.ts';
import { invokedHandler, scheduledHandler, streamHandler } from '#functions/adapters/lambda/handlers.ts';
import type { Runtime } from '#functions/adapters/lambda/runtime.ts';
import { auditBooks } from '#functions/audit/handler.ts';
import { evaluate } from '#functions/evaluate-margin/handler.ts';
import { sweepLanes } from '#functions/sweep/handler.ts';
import { memoryRules } from '../administer-rules/memory-rules.ts';
import { HOUSE } from '../support/small-law.ts';
import { inputsOf } from '../support/small-venue.ts';
import { MemoryStreams } from './memory-streams.ts';
import { recordOf } from './stream-records.ts';

const TABLES = Object.fromEntries(Object.values(TABLE_VARIABLES).map((variable) => [variable, variable]));
const VENUE = { accounts: 'a1 | 50 | LONG 10 AAA 100\n a2 | 500 | SHORT 10 AAA 100', fund: '100', marks: '0 | 94 | -' };
const CONTEXT = { awsRequestId: 'r1', getRemainingTimeInMillis: () => 60_000 };

const runtimeWith = (changes: Partial<Runtime> = {}, logLevel = 'INFO'): Runtime => {
  const streams = new MemoryStreams(inputsOf(VENUE, HOUSE));
  const environment = environmentFrom({ ...TABLES, RULE_SET_ID: 'house', CLOCK: 'OBSERVATION', LOG_LEVEL: logLevel });
  const engine = streams.engine();
  return {
    environment,
    clock: engine.clock,
    engine: async () => ({ ...engine }),
    quarantine: async () => {},
    rules: memoryRules().ports,
    audit: {
      loadEntries: async () => [],
      loadSequences: async () => [],
      loadCursor: async () => null,
      saveCursor: async () => 'COMMITTED',
    },
    ...changes,
  };
};

/** What is written to stderr while `act` runs, line by line. */
const written = async (act: () => Promise<unknown>): Promise<readonly Record<string, unknown>[]> => {
  const lines: string[] = [];
  const spy = vi.spyOn(process.stderr, 'write').mockImplementation((line) => {
    lines.push(String(line));
    return true;
  });
  try {
    await act();
  } finally {
    spy.mockRestore();
  }
  return lines.map((line) => JSON.parse(line));
};

const EVENT = { Records: [recordOf('Pools', 'MODIFY', { poolId: 'a1#CROSS#USDT' }), recordOf('Pools', 'MODIFY', { poolId: '?' })] };

describe('a stream invocation', () => {
  it('answers for its batch and measures it', async () => {
    const handler = streamHandler(evaluate, () => runtimeWith());
    let answer: unknown;
    const lines = await written(async () => {
      answer = await handler(EVENT, CONTEXT);
    });
    expect(answer).toEqual({ batchItemFailures: [] });
    expect(lines.at(-1)).toMatchObject({ Function: 'evaluate-margin', Records: 2, Failures: 0, Quarantined: 1 });
    expect(lines.at(-1)?.IteratorAge).toBeGreaterThan(0);
  });

  it('writes nothing of what goes well below its log level', async () => {
    const handler = streamHandler(evaluate, () => runtimeWith({}, 'ERROR'));
    expect(await written(() => handler({ Records: EVENT.Records.slice(0, 1) }, CONTEXT))).toEqual([]);
  });

  it('fails as a whole without law, and works nothing off', async () => {
    const quarantine = vi.fn(async () => {});
    const handler = streamHandler(evaluate, () =>
      runtimeWith({ quarantine, engine: () => Promise.reject(new InvariantViolation('no law')) }),
    );
    const lines = await written(() => expect(handler(EVENT, CONTEXT)).rejects.toThrow('no law'));
    expect(lines).toMatchObject([
      { level: 'ERROR', message: 'invocation failed', error: { name: 'InvariantViolation' } },
      { InvocationFailures: 1 },
    ]);
    expect(quarantine).not.toHaveBeenCalled();
  });
});

describe('a scheduled invocation', () => {
  it('of the sweep counts every rescue', async () => {
    const lines = await written(() => scheduledHandler(sweepLanes, () => runtimeWith())({}, CONTEXT));
    expect(lines).toMatchObject([{ Function: 'sweep', Rescues: 0, RescuesLeft: 0, LanesFailed: 0 }]);
  });

  it('of the audit tells how far each fund is drawn down', async () => {
    const lines = await written(() => scheduledHandler(auditBooks, () => runtimeWith())({}, CONTEXT));
    expect(lines).toMatchObject([
      { Function: 'audit', Findings: 0 },
      { Function: 'audit', Fund: 'usdt', FundDrawdown: 0, FundDrawdownMode: 0 },
    ]);
  });
});

describe('an invocation of the rules', () => {
  it('answers a command, and fails on an event that is none', async () => {
    const handler = invokedHandler('administer-rules', answerCommand, () => runtimeWith());
    expect(await handler({ action: 'LIST', id: 'house' }, CONTEXT)).toEqual({ action: 'LIST', versions: [], active: null });
    await written(() => expect(handler({ action: 'DROP' }, CONTEXT)).rejects.toThrow('`action`'));
  });
});
