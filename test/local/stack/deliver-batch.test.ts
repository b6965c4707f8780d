import { describe, expect, it } from 'vitest';
import type { StackEvent } from '#local/stack/stack-event.ts';
import { failing, NOW, recordOf, recordsTo, runSmallMapping, type SmallFunction } from './small-stream.ts';

const fine: SmallFunction = () => failing([]);

/** Fails at the first record of `poison` in a batch, as a handler that stops there reports it. */
const poisonedBy =
  (...poison: readonly number[]): SmallFunction =>
  (sequences) =>
    failing(sequences.filter((sequence) => poison.includes(sequence)).slice(0, 1));

/** Gives an answer to the first delivery and none to later ones. */
const onceThenFine = (answer: unknown): SmallFunction => {
  const answers = [answer];
  return () => answers.shift();
};

const throwingOn =
  (...poison: readonly number[]): SmallFunction =>
  (sequences) => {
    if (sequences.some((sequence) => poison.includes(sequence))) throw new Error('it broke');
    return undefined;
  };

const discardedSequences = (run: { discarded: readonly { records: readonly { dynamodb?: { SequenceNumber?: string } }[] }[] }) =>
  run.discarded.map(({ records }) => records.map((record) => Number(record.dynamodb?.SequenceNumber)));

describe('a batch that fails in part', () => {
  it('comes again from its lowest failed record on, whatever the order of the report', async () => {
    const run = await runSmallMapping(recordsTo(5), onceThenFine(failing([4, 3])));
    expect(run.deliveries).toEqual([
      [1, 2, 3, 4, 5],
      [3, 4, 5],
    ]);
    expect(run.checkpoints).toEqual(expect.arrayContaining(['2', '5']));
  });

  it('comes again whole when the report names a record that is not in it, or none by name', async () => {
    for (const itemIdentifier of ['99', '']) {
      const run = await runSmallMapping(recordsTo(2), onceThenFine({ batchItemFailures: [{ itemIdentifier }] }), { bisects: false });
      expect(run.deliveries).toEqual([
        [1, 2],
        [1, 2],
      ]);
    }
  });

  it('is done when the mapping does not ask for reports', async () => {
    const run = await runSmallMapping(recordsTo(2), () => failing([1]), { reportsBatchItemFailures: false });
    expect(run.deliveries).toEqual([[1, 2]]);
  });

  it.each([[undefined], [null], [{}], [{ batchItemFailures: null }], [{ batchItemFailures: [] }]])(
    'is done when the answer is %j',
    async (answer) => {
      const run = await runSmallMapping(recordsTo(2), () => answer);
      expect(run.deliveries).toHaveLength(1);
      expect(run.discarded).toEqual([]);
    },
  );
});

describe('a poison record', () => {
  it.each([
    ['reported', poisonedBy(4)],
    ['thrown at', throwingOn(4)],
  ])('that is %s is given up alone after its retries, and the others go on', async (_how, handle) => {
    const run = await runSmallMapping(recordsTo(9), handle);
    expect(discardedSequences(run)).toEqual([[4]]);
    expect(run.discarded[0]).toMatchObject({ condition: 'RetryAttemptsExhausted', invocations: 3, functionName: 'watch-marks' });
    expect(run.deliveries.filter((batch) => batch.length === 1 && batch[0] === 4)).toHaveLength(3);
    expect(new Set(run.deliveries.flat())).toEqual(new Set([1, 2, 3, 4, 5, 6, 7, 8, 9]));
    expect(run.deliveries.at(-1)).toContain(9);
    expect(run.checkpoints.at(-1)).toBe('9');
  });

  it('beside others of its kind costs only those', async () => {
    const run = await runSmallMapping(recordsTo(20), throwingOn(1, 2, 13, 20), { batchSize: 20 });
    expect(discardedSequences(run)).toEqual([[1], [2], [13], [20]]);
  });

  it('takes its whole batch with it where the mapping does not bisect', async () => {
    const run = await runSmallMapping(recordsTo(4), throwingOn(2), { bisects: false });
    expect(run.deliveries).toEqual([
      [1, 2, 3, 4],
      [1, 2, 3, 4],
      [1, 2, 3, 4],
    ]);
    expect(discardedSequences(run)).toEqual([[1, 2, 3, 4]]);
  });

  it('is kept nowhere without a destination, but reported', async () => {
    const events: StackEvent[] = [];
    const run = await runSmallMapping(recordsTo(1), throwingOn(1), { hasDestination: false }, { report: (event) => events.push(event) });
    expect(run.discarded).toEqual([]);
    expect(events.at(-1)).toMatchObject({ kind: 'RECORDS_DISCARDED', records: 1, file: null });
  });
});

describe('the age of a record', () => {
  const aged = (sequence: number, ageMs: number) => {
    const record = recordOf(sequence);
    return { ...record, dynamodb: { ...record.dynamodb, ApproximateCreationDateTime: (NOW - ageMs) / 1000 } };
  };

  it('counts from the start of the stack at the earliest: nobody could read before', async () => {
    const run = await runSmallMapping([aged(1, 7_200_000)], fine, { recordAgeMsMax: 60_000 });
    expect(run.deliveries).toEqual([[1]]);
  });

  it('beyond the bound has it given up without another delivery', async () => {
    let now = NOW;
    const slow: SmallFunction = (sequences) => {
      now += 61_000;
      return failing(sequences);
    };
    const run = await runSmallMapping([recordOf(1)], slow, { recordAgeMsMax: 60_000, retriesMax: 100 }, { now: () => now });
    expect(run.deliveries).toEqual([[1]]);
    expect(run.discarded[0]?.condition).toBe('RecordAgeExceeded');
  });
});
