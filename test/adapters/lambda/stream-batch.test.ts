import type { DynamoDBRecord } from 'aws-lambda';
import { beforeEach, describe, expect, it } from 'vitest';
import { InvariantViolation } from '#core/invariant.ts';
import { door } from '#functions/adapters/lambda/door.ts';
import type { Engine } from '#functions/adapters/lambda/engine.ts';
import { POOL_KEY, RING_KEY } from '#functions/adapters/lambda/key-shapes.ts';
import { oncePerBatch } from '#functions/adapters/lambda/once-per-batch.ts';
import { PoisonRecord } from '#functions/adapters/lambda/poison-record.ts';
import type { QuarantinedRecord } from '#functions/adapters/lambda/quarantine.ts';
import { REMAINING_MS_MIN, workOff } from '#functions/adapters/lambda/stream-batch.ts';
import { CommitConflict } from '#functions/ports/until-committed.ts';

const pool = (account: string, sequenceNumber: string): DynamoDBRecord => ({
  eventName: 'MODIFY',
  eventSourceARN: 'arn:aws:dynamodb:eu-central-1:1:table/Pools/stream/x',
  dynamodb: { Keys: { poolId: { S: `${account}#CROSS#USDT` } }, SequenceNumber: sequenceNumber },
});

const ring = (wave: number, account: string, sequenceNumber: string): DynamoDBRecord => ({
  eventName: 'INSERT',
  dynamodb: { Keys: { waveKey: { S: `RING#usdt#AAA#${wave}` }, poolId: { S: `${account}#CROSS#USDT` } }, SequenceNumber: sequenceNumber },
});

const poison = (sequenceNumber: string): DynamoDBRecord => ({
  eventName: 'MODIFY',
  dynamodb: { Keys: { poolId: { S: '?' } }, SequenceNumber: sequenceNumber },
});

let rung: string[];
let quarantined: QuarantinedRecord[];
let errors: Map<string, Error>;
let remaining: () => number;
let quarantine: (record: QuarantinedRecord) => Promise<void>;

beforeEach(() => {
  rung = [];
  quarantined = [];
  errors = new Map();
  remaining = () => 60_000;
  quarantine = async (record) => void quarantined.push(record);
});

const ringing = (id: string): Promise<void> => {
  rung.push(id);
  const error = errors.get(id);
  return error === undefined ? Promise.resolve() : Promise.reject(error);
};

const doors = [
  door(POOL_KEY, ['MODIFY'], () => (poolId) => ringing(poolId.split('#')[0] ?? '')),
  door(RING_KEY, ['INSERT'], () => (key) => ringing(`${key.waveId.at(-1)}${key.poolId.split('#')[0]}`)),
];

// cast: these doors ask the engine for nothing
const engine = {} as Engine;

const run = (records: readonly DynamoDBRecord[]) =>
  workOff(records, { doors, engine, quarantine: (record) => quarantine(record), remainingMs: () => remaining(), log: () => {} });

const failuresOf = async (records: readonly DynamoDBRecord[]) =>
  (await run(records)).response.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);

describe('a batch', () => {
  it('is worked off in its order, and reports nothing when all is done', async () => {
    expect(await failuresOf([pool('a', '1'), pool('b', '2'), pool('a', '3')])).toEqual([]);
    expect(rung).toEqual(['a', 'b', 'a']);
  });

  it('stops a group at its first failure and finishes the others', async () => {
    errors.set('a', new CommitConflict('a'));
    expect(await failuresOf([pool('a', '1'), pool('b', '2'), pool('a', '3'), pool('c', '4')])).toEqual(['1', '3']);
    expect(rung).toEqual(['a', 'b', 'c']);
  });

  it('takes the rings of one wave as one group', async () => {
    errors.set('1a', new Error('throttled'));
    expect(await failuresOf([ring(1, 'a', '1'), ring(1, 'b', '2'), ring(2, 'a', '3')])).toEqual(['1', '2']);
    expect(rung).toEqual(['1a', '2a']);
  });

  it.each([
    ['another writer', new CommitConflict('a')],
    ['a throttle', Object.assign(new Error('slow down'), { name: 'ProvisionedThroughputExceededException' })],
    ['a broken promise', new InvariantViolation('invariant broken: two is two')],
  ])('gives a record back after %s', async (_what, error) => {
    errors.set('a', error);
    expect(await failuresOf([pool('a', '7')])).toEqual(['7']);
    expect(quarantined).toEqual([]);
  });

  it('puts poison aside, acknowledges it and goes on with its group', async () => {
    errors.set('a', new PoisonRecord('fund `x` is unknown'));
    expect(await failuresOf([poison('1'), pool('a', '2'), pool('a', '3')])).toEqual([]);
    expect(quarantined.map(({ sequenceNumber, reason }) => [sequenceNumber, reason])).toEqual([
      ['1', 'key `poolId` is not one that rings here: `{"S":"?"}`'],
      ['2', 'fund `x` is unknown'],
      ['3', 'fund `x` is unknown'],
    ]);
  });

  it('gives poison back when it could not be put aside', async () => {
    quarantine = () => Promise.reject(new Error('no table'));
    expect(await failuresOf([poison('1'), pool('a', '2')])).toEqual(['1']);
    expect(rung).toEqual(['a']);
  });

  it('begins no record with less than three seconds left, and gives the rest back', async () => {
    const times = [REMAINING_MS_MIN, REMAINING_MS_MIN - 1, 0];
    remaining = () => times.shift() ?? 0;
    expect(await failuresOf([pool('a', '1'), pool('b', '2'), pool('c', '3')])).toEqual(['2', '3']);
    expect(rung).toEqual(['a']);
  });

  it('names a record that came twice once', async () => {
    errors.set('a', new Error('throttled'));
    expect(await failuresOf([pool('a', '1'), pool('a', '1')])).toEqual(['1']);
  });

  it.each([undefined, ''])('fails as a whole rather than answer with sequence number `%s`', async (SequenceNumber) => {
    errors.set('a', new Error('throttled'));
    const nameless = { ...pool('a', '1'), dynamodb: { Keys: { poolId: { S: 'a#CROSS#USDT' } }, SequenceNumber } };
    await expect(run([nameless, pool('b', '2')])).rejects.toThrow('has a sequence number');
    expect(rung).toEqual(['a', 'b']);
  });

  it('counts what it did', async () => {
    errors.set('a', new Error('throttled'));
    expect(await run([poison('1'), pool('a', '2'), pool('b', '3')])).toMatchObject({ records: 3, failures: 1, quarantined: 1 });
  });

  it('is answered for when it is empty', async () => {
    expect(await run([])).toEqual({ records: 0, failures: 0, quarantined: 0, response: { batchItemFailures: [] } });
  });
});

describe('what is done once per batch', () => {
  // cast: an engine is only told apart from others here
  const fresh = (): Engine => ({}) as Engine;

  it('is done again in the next batch, and again after it failed', async () => {
    const done: string[] = [];
    let fails = true;
    const once = oncePerBatch(() => async (id) => {
      done.push(id);
      if (fails) throw new Error('throttled');
    });
    const batch = fresh();
    await expect(once(batch)('usdt')).rejects.toThrow('throttled');
    fails = false;
    await once(batch)('usdt');
    await once(batch)('usdt');
    await once(batch)('eth');
    await once(fresh())('usdt');
    expect(done).toEqual(['usdt', 'usdt', 'eth', 'usdt']);
  });
});
