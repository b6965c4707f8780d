import type { DynamoDBRecord } from 'aws-lambda';
import { ok, type Result, refused } from '#core/result.ts';
import type { Engine } from './engine.ts';
import type { KeyShape, Keys } from './key-shapes.ts';

export type EventName = 'INSERT' | 'MODIFY' | 'REMOVE';

/** What a record asks for, and whose order it keeps: records of one group are worked off in the order they come in. */
export interface Ringing {
  readonly group: string;
  readonly ring: (engine: Engine) => Promise<void>;
}

/** One stream that rings a function. */
export interface Door {
  readonly attributes: readonly [partition: string, sort?: string];
  readonly answer: (eventName: string | undefined, keys: Keys) => Result<Ringing, string>;
}

/** A door for records of one table and of these events. Ids come from the record's keys only; everything else is read again. */
export const door = <Bell>(
  shape: KeyShape<Bell>,
  events: readonly EventName[],
  ring: (engine: Engine) => (bell: Bell) => Promise<void>,
): Door => ({
  attributes: shape.attributes,
  answer: (eventName, keys) => {
    if (!events.some((event) => event === eventName)) return refused(`event \`${eventName ?? ''}\` does not ring here`);
    const bell = shape.read(keys);
    if (!bell.ok) return bell;
    const [partition] = shape.attributes;
    return ok({ group: JSON.stringify(keys[partition]), ring: (engine) => ring(engine)(bell.value) });
  },
});

const isFor = (keys: Keys, { attributes }: Door): boolean => {
  const names = Object.keys(keys);
  return names.length === attributes.length && attributes.every((name) => name !== undefined && Object.hasOwn(keys, name));
};

/** What a record asks of a function with these doors. Refuses, with the reason, a record that asks for nothing that the function knows. */
export const answerOf = (doors: readonly Door[], record: DynamoDBRecord): Result<Ringing, string> => {
  const keys: unknown = record.dynamodb?.Keys;
  if (typeof keys !== 'object' || keys === null) return refused('the record has no keys');
  const known = record.dynamodb?.Keys ?? {};
  const opened = doors.find((each) => isFor(known, each));
  return opened === undefined ? refused('the keys are those of no table that rings here') : opened.answer(record.eventName, known);
};
