import type { AttributeValue, DynamoDBRecord } from 'aws-lambda';
import { describe, expect, it } from 'vitest';
import { DecodeError } from '#functions/adapters/dynamodb/decode-error.ts';
import type { StreamFunction } from '#functions/adapters/lambda/handlers.ts';
import { deleverageWaves } from '#functions/deleverage/handler.ts';
import { evaluate } from '#functions/evaluate-margin/handler.ts';
import { openWaves } from '#functions/open-wave/handler.ts';
import { settleLiquidations } from '#functions/settle-liquidation/handler.ts';
import { watchMarks } from '#functions/watch-marks/handler.ts';
import { observationsOf } from '../support/delivery.ts';
import { HOUSE } from '../support/small-law.ts';
import { inputsOf } from '../support/small-venue.ts';
import { MemoryStreams } from './memory-streams.ts';
import { recordOf } from './stream-records.ts';

const venue = () =>
  inputsOf({ accounts: 'a1 | 50 | LONG 10 AAA 100\n a2 | 500 | SHORT 10 AAA 100', fund: '100', marks: '0 | 94 | 94' }, HOUSE);

const withKeys = (eventName: DynamoDBRecord['eventName'], Keys: unknown): DynamoDBRecord => {
  const record = recordOf('Anything', 'INSERT', {});
  // cast: what no stream sends is what is tried here
  return { ...record, eventName, dynamodb: { ...record.dynamodb, Keys: Keys as Record<string, AttributeValue> } };
};

const key = (texts: Readonly<Record<string, string>>): unknown =>
  Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, { S: text }]));

const NINES = '9'.repeat(39);

/** Per function: what it is rung by, poison of every kind for that door. */
const POISON: readonly (readonly [kind: string, to: StreamFunction, record: DynamoDBRecord])[] = [
  ['no keys', watchMarks, withKeys('INSERT', undefined)],
  ['no keys', evaluate, withKeys('INSERT', undefined)],
  ['no keys', openWaves, withKeys('REMOVE', undefined)],
  ['no keys', settleLiquidations, withKeys('MODIFY', undefined)],
  ['no keys', deleverageWaves, withKeys('INSERT', undefined)],
  ['keys that are a text', watchMarks, withKeys('INSERT', 'marketId')],
  ['keys of another table', deleverageWaves, withKeys('INSERT', key({ entryKey: 'a1#CROSS#USDT#1', part: 'x' }))],
  ['a key too many', evaluate, withKeys('MODIFY', key({ poolId: 'a1#CROSS#USDT', part: 'x' }))],
  ['a number for a text', watchMarks, withKeys('INSERT', { marketId: { N: '1' }, sequence: { N: '1' } })],
  ['a text for a number', watchMarks, withKeys('INSERT', { marketId: { S: 'AAA' }, sequence: { S: '1' } })],
  ['null for a text', evaluate, withKeys('MODIFY', { poolId: null })],
  ['a list for a text', settleLiquidations, withKeys('MODIFY', { orderId: { S: ['a1'] } })],
  ['bytes for a text', deleverageWaves, withKeys('INSERT', { caseId: { B: 'YQ==' } })],
  ['an empty text', openWaves, withKeys('MODIFY', { controlKey: { S: '' } })],
  ['a line break', evaluate, withKeys('MODIFY', { poolId: { S: 'a1#CROSS#USDT\n{"level":"INFO"}' } })],
  ['a text of 4 KB', deleverageWaves, withKeys('INSERT', { caseId: { S: `${'a'.repeat(4096)}#CROSS#USDT#1` } })],
  ['an emoji', evaluate, withKeys('MODIFY', { poolId: { S: '💥#CROSS#USDT' } })],
  ['a sequence of 39 digits', watchMarks, withKeys('INSERT', { marketId: { S: 'AAA' }, sequence: { N: NINES } })],
  ['a negative sequence', watchMarks, withKeys('INSERT', { marketId: { S: 'AAA' }, sequence: { N: '-1' } })],
  ['a broken sequence', watchMarks, withKeys('INSERT', { marketId: { S: 'AAA' }, sequence: { N: '1.5' } })],
  ['a sequence with an exponent', watchMarks, withKeys('INSERT', { marketId: { S: 'AAA' }, sequence: { N: '1E+9' } })],
  ['an absurd sequence in a wave', evaluate, withKeys('INSERT', key({ waveKey: `RING#usdt#AAA#${NINES}`, poolId: 'a1#CROSS#USDT' }))],
  ['an unknown market', watchMarks, withKeys('INSERT', { marketId: { S: 'ZZZ' }, sequence: { N: '1' } })],
  ['an observation that is gone', watchMarks, withKeys('INSERT', { marketId: { S: 'AAA' }, sequence: { N: '77' } })],
  ['a lane of an unknown fund', watchMarks, withKeys('MODIFY', key({ controlKey: 'LANE#nobody' }))],
  ['a ring of an unknown fund', evaluate, withKeys('INSERT', key({ waveKey: 'RING#nobody#AAA#1', poolId: 'a1#CROSS#USDT' }))],
  ['a ring of an unknown fund', openWaves, withKeys('REMOVE', key({ waveKey: 'RING#nobody#AAA#1', poolId: 'a1#CROSS#USDT' }))],
  ['an order of an unknown case', settleLiquidations, withKeys('MODIFY', key({ orderId: 'zz#CROSS#USDT#1#AAA#LONG#1' }))],
  ['an unknown case', settleLiquidations, withKeys('INSERT', key({ caseId: 'zz#CROSS#USDT#1' }))],
  ['an unknown case', deleverageWaves, withKeys('INSERT', key({ caseId: 'zz#CROSS#USDT#1' }))],
  ['another control', watchMarks, withKeys('INSERT', key({ controlKey: 'QUARANTINE#Pools#1' }))],
  ['a case in the index of its wave', evaluate, withKeys('INSERT', key({ waveKey: 'CASES#usdt#AAA#1', poolId: '000001#x' }))],
  ['a nomination', evaluate, withKeys('INSERT', key({ waveKey: 'NOMINATION#usdt#AAA#1', poolId: 'a1#CROSS#USDT' }))],
  ['REMOVE without an image', watchMarks, withKeys('REMOVE', { marketId: { S: 'AAA' }, sequence: { N: '1' } })],
  ['REMOVE without an image', evaluate, withKeys('REMOVE', key({ poolId: 'a1#CROSS#USDT' }))],
  ['REMOVE without an image', settleLiquidations, withKeys('REMOVE', key({ orderId: 'a1#CROSS#USDT#1#AAA#LONG#1' }))],
  ['REMOVE without an image', deleverageWaves, withKeys('REMOVE', key({ caseId: 'a1#CROSS#USDT#1' }))],
  ['no event name', openWaves, withKeys(undefined, key({ waveKey: 'RING#usdt#AAA#1', poolId: 'a1#CROSS#USDT' }))],
];

const good = new Map<StreamFunction, DynamoDBRecord>([
  [watchMarks, recordOf('Observations', 'INSERT', { marketId: 'AAA', sequence: 1 })],
  [evaluate, recordOf('Pools', 'MODIFY', { poolId: 'a1#CROSS#USDT' })],
  [openWaves, recordOf('Controls', 'MODIFY', { controlKey: 'LANE#usdt' })],
]);

const streamsWithMark = () => {
  const inputs = venue();
  const streams = new MemoryStreams(inputs);
  for (const observation of inputs.groups.flatMap(observationsOf)) streams.observe(observation);
  return streams;
};

describe('poison', () => {
  it.each(POISON.map(([kind, to, record]) => [kind, to.name, to, record] as const))(
    '%s is put aside by %s with its reason and acknowledged',
    async (_kind, _name, to, record) => {
      const streams = streamsWithMark();
      expect(await streams.work(to, [record])).toEqual([]);
      expect(streams.failures).toEqual([]);
      expect(streams.quarantined).toHaveLength(1);
      expect(streams.quarantined[0]?.reason.length).toBeGreaterThan(10);
      expect(streams.delivery.store.commits).toBe(0);
    },
  );

  it.each([watchMarks, evaluate, openWaves])('keeps no other record of $name from being worked off', async (to) => {
    const streams = streamsWithMark();
    const poison = POISON.filter(([, each]) => each === to).map(([, , record]) => record);
    const behind = [...poison, ...[good.get(to)].flatMap((record) => record ?? [])];
    const reads: string[] = [];
    const { loadLane, loadPool } = streams.delivery.ports;
    const listening = {
      loadLane: (fundId: string) => {
        reads.push(fundId);
        return loadLane(fundId);
      },
      loadPool: (poolId: string) => {
        reads.push(poolId);
        return loadPool(poolId);
      },
    };
    expect(await streams.work(to, behind, listening)).toEqual([]);
    expect(streams.quarantined).toHaveLength(poison.length);
    expect(reads).not.toEqual([]);
  });

  it('of an observation whose item cannot be read is put aside, not retried', async () => {
    const streams = streamsWithMark();
    const engine = streams.engine();
    const broken = new DecodeError(
      { table: 'Observations', key: 'AAA#1', attribute: 'markPrice' },
      'a price above zero of at most 38 digits',
    );
    const [opened] = watchMarks.doors;
    const answer = opened?.answer('INSERT', { marketId: { S: 'AAA' }, sequence: { N: '1' } });
    const ringing = answer?.ok ? answer.value.ring({ ...engine, loadObservation: () => Promise.reject(broken) }) : Promise.resolve();
    await expect(ringing).rejects.toMatchObject({ name: 'PoisonRecord', message: broken.message });
  });

  it('is not a REMOVE without an image where keys are enough: a ring that goes rings by its key', async () => {
    const streams = streamsWithMark();
    await streams.work(openWaves, [withKeys('REMOVE', key({ waveKey: 'RING#usdt#AAA#1', poolId: 'a1#CROSS#USDT' }))]);
    expect(streams.quarantined).toEqual([]);
  });
});
