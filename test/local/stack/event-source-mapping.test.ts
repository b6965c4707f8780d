import { describe, expect, it } from 'vitest';
import type { StackEvent } from '#local/stack/stack-event.ts';
import { sequenceNumberOf } from '#local/stack/stream-record.ts';
import { failing, recordOf, recordsTo, runSmallMapping, type SmallFunction } from './small-stream.ts';

const fine: SmallFunction = () => failing([]);

describe('a mapping', () => {
  it('delivers records in order, cut to the batch size', async () => {
    const run = await runSmallMapping(recordsTo(7), fine, { batchSize: 3 });
    expect(run.deliveries).toEqual([[1, 2, 3], [4, 5, 6], [7]]);
  });

  it('moves its checkpoint after every batch', async () => {
    const run = await runSmallMapping(recordsTo(7), fine, { batchSize: 3 });
    expect([...new Set(run.checkpoints)]).toEqual(['3', '6', '7']);
  });

  it('holds back what its filters do not let pass, and moves its checkpoint past it', async () => {
    const records = [recordOf(1), recordOf(2, { eventName: 'REMOVE' }), recordOf(3), recordOf(4, { eventName: 'REMOVE' })];
    const run = await runSmallMapping(records, fine, { filterPatterns: ['{"eventName":["INSERT"]}'] });
    expect(run.deliveries).toEqual([[1, 3]]);
    expect(run.checkpoints.at(-1)).toBe('4');
  });

  it('leaves out a write that changed nothing, and no other', async () => {
    const image = { id: { S: 'a' }, version: { N: '1' } };
    const modified = (sequence: number, OldImage: typeof image) =>
      recordOf(sequence, {
        eventName: 'MODIFY',
        dynamodb: { SequenceNumber: String(sequence), Keys: { id: { S: 'a' } }, OldImage, NewImage: image },
      });
    const run = await runSmallMapping([modified(1, { ...image }), modified(2, { ...image, version: { N: '0' } })], fine);
    expect(run.deliveries).toEqual([[2]]);
  });

  it('gives the function a copy: what it does to it is not seen by the next delivery', async () => {
    let tries = 0;
    const spoiling: SmallFunction = (sequences, records) => {
      tries += 1;
      const image = records[0]?.dynamodb?.NewImage ?? {};
      expect(image.id).toEqual({ S: 'item-1' });
      image.id = { S: 'spoiled' };
      return failing(tries === 1 ? sequences : []);
    };
    await runSmallMapping(recordsTo(1), spoiling);
    expect(tries).toBe(2);
  });
});

describe('batches at a time', () => {
  const onItem = (sequence: number, id: string) => {
    const record = recordOf(sequence);
    return { ...record, dynamodb: { ...record.dynamodb, Keys: { id: { S: id } } } };
  };

  it('keep the order of one item and run others beside it', async () => {
    let running = 0;
    let runningMost = 0;
    const counting: SmallFunction = async () => {
      running += 1;
      runningMost = Math.max(runningMost, running);
      await new Promise((resolve) => setTimeout(resolve, 5));
      running -= 1;
      return failing([]);
    };
    const records = [onItem(1, 'a'), onItem(2, 'b'), onItem(3, 'a'), onItem(4, 'c'), onItem(5, 'a')];
    const run = await runSmallMapping(records, counting, { batchSize: 1, parallelBatches: 3 });
    expect(run.deliveries.flat().filter((sequence) => [1, 3, 5].includes(sequence))).toEqual([1, 3, 5]);
    expect(runningMost).toBe(2);
  });

  it('move the checkpoint only when all of them are done', async () => {
    const refusingFirst: SmallFunction = (sequences) => failing(sequences.filter((sequence) => sequence === 1));
    const run = await runSmallMapping([onItem(1, 'a'), onItem(2, 'b')], refusingFirst, { parallelBatches: 2 });
    expect(run.checkpoints).toEqual(['2', '2']);
    expect(run.discarded.map(({ records }) => records.map(sequenceNumberOf))).toEqual([['1']]);
  });
});

describe('a stream that cannot be read', () => {
  it('is read again, and nothing of it is lost', async () => {
    const ending = new AbortController();
    const lastRead = async () => {
      ending.abort();
      return [];
    };
    const reads = [() => Promise.reject(new Error('connection refused')), async () => recordsTo(2), lastRead];
    const events: StackEvent[] = [];
    const source = { streamArn: 'stream', read: () => (reads.shift() ?? (async () => []))() };
    const run = await runSmallMapping([], fine, {}, { source, signal: ending.signal, report: (event) => events.push(event) });
    expect(run.deliveries).toEqual([[1, 2]]);
    expect(events).toEqual([{ kind: 'STREAM_UNREADABLE', mappingId: 'Marks', reason: 'Error: connection refused' }]);
  });
});
