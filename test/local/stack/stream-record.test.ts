import { describe, expect, it } from 'vitest';
import { changesNothing, compareSequenceNumbers, lambdaRecord } from '#local/stack/stream-record.ts';
import { recordOf } from './small-stream.ts';

describe('a record of a stream', () => {
  it('reaches a function with its time in whole seconds and its bytes as base64 text', () => {
    const bytes = Buffer.from('body');
    const record = lambdaRecord(
      {
        eventID: '7',
        eventName: 'INSERT',
        dynamodb: {
          ApproximateCreationDateTime: new Date(1_760_130_964_789),
          Keys: { id: { S: 'a' } },
          NewImage: {
            id: { S: 'a' },
            body: { B: bytes },
            list: { L: [{ B: bytes }, { N: '1.50' }] },
            map: { M: { deep: { BS: [bytes] } } },
            no: { NULL: true },
          },
          SequenceNumber: '7',
        },
      },
      'arn',
    );
    expect(record).toMatchObject({ eventID: '7', eventName: 'INSERT', eventSource: 'aws:dynamodb', eventSourceARN: 'arn' });
    expect(record.dynamodb).toEqual({
      ApproximateCreationDateTime: 1_760_130_964,
      Keys: { id: { S: 'a' } },
      NewImage: {
        id: { S: 'a' },
        body: { B: 'Ym9keQ==' },
        list: { L: [{ B: 'Ym9keQ==' }, { N: '1.50' }] },
        map: { M: { deep: { BS: ['Ym9keQ=='] } } },
        no: { NULL: true },
      },
      SequenceNumber: '7',
    });
  });

  it('changes nothing only when it is a change whose images are equal', () => {
    const image = { a: { S: '1' }, b: { M: { c: { N: '2' } } } };
    const change = (OldImage: object, eventName: 'MODIFY' | 'INSERT' = 'MODIFY') =>
      recordOf(1, { eventName, dynamodb: { OldImage: { ...OldImage }, NewImage: image } });
    expect(changesNothing(change({ b: { M: { c: { N: '2' } } }, a: { S: '1' } }))).toBe(true);
    expect(changesNothing(change({ ...image, b: { M: { c: { N: '3' } } } }))).toBe(false);
    expect(changesNothing(change(image, 'INSERT'))).toBe(false);
    expect(changesNothing(recordOf(1, { eventName: 'MODIFY', dynamodb: { Keys: { a: { S: '1' } } } }))).toBe(false);
  });
});

describe('sequence numbers', () => {
  it.each([
    ['9', '10', -1],
    ['100000000003498069978', '100000000003498069979', -1],
    ['10', '10', 0],
    ['11', '9', 1],
  ])('%s against %s compare as integers of any length', (a, b, expected) => expect(compareSequenceNumbers(a, b)).toBe(expected));
});
