import { ConditionalCheckFailedException, DynamoDBServiceException, TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { z } from 'zod';

/** Bytes go over the wire as base64. Called with what holds the value, because some bytes have a JSON form of their own by then. */
function bytesAsText(this: Readonly<Record<string, unknown>>, key: string, value: unknown): unknown {
  const held = this[key];
  return held instanceof Uint8Array ? Buffer.from(held).toString('base64') : value;
}

/** A `B` that holds text is an attribute's bytes; a member called `B` holds an attribute. */
const textAsBytes = (key: string, value: unknown): unknown =>
  key === 'B' && typeof value === 'string' ? new Uint8Array(Buffer.from(value, 'base64')) : value;

/** Reviving visits every value: only texts that hold bytes are worth it. */
const parsed = (text: string): unknown => (text.includes('"B":"') ? JSON.parse(text, textAsBytes) : JSON.parse(text));

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

const MS_PER_SECOND = 1000;

/** A stream's record tells its time in seconds. */
const withTime = (record: unknown): unknown => {
  if (!isObject(record) || !('dynamodb' in record) || !isObject(record.dynamodb)) return record;
  const { dynamodb } = record;
  if (!('ApproximateCreationDateTime' in dynamodb) || typeof dynamodb.ApproximateCreationDateTime !== 'number') return record;
  const ApproximateCreationDateTime = new Date(dynamodb.ApproximateCreationDateTime * MS_PER_SECOND);
  return { ...record, dynamodb: { ...dynamodb, ApproximateCreationDateTime } };
};

/** The body of a request, as the service reads it. */
export const requestBody = (input: object): string => JSON.stringify(input, bytesAsText);

/** The output in the body of an answer, as the SDK gives it. */
export const answerIn = (text: string): object => {
  const answer = parsed(text);
  if (!isObject(answer)) throw new TypeError(`the database answers with an object, not \`${text.slice(0, 80)}\``);
  return 'Records' in answer && Array.isArray(answer.Records) ? { ...answer, Records: answer.Records.map(withTime) } : answer;
};

const failureSchema = z.looseObject({
  __type: z.string().default('InternalServerError'),
  message: z.string().optional(),
  Message: z.string().optional(),
});

/** The error that the SDK makes of an answer which is none. */
export const errorIn = (status: number, text: string): Error => {
  const { __type, message = '', Message = message, ...members } = failureSchema.parse(text === '' ? {} : answerIn(text));
  const name = __type.split('#').at(-1) ?? __type;
  const $metadata = { httpStatusCode: status };
  switch (name) {
    case 'ConditionalCheckFailedException':
      return Object.assign(new ConditionalCheckFailedException({ message: Message, $metadata }), members);
    case 'TransactionCanceledException':
      return Object.assign(new TransactionCanceledException({ message: Message, $metadata }), members);
    default:
      return new DynamoDBServiceException({ name, message: Message, $fault: status < 500 ? 'client' : 'server', $metadata });
  }
};
