import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { currentFunction } from '#local/stack/current-function.ts';

/** One request of the SDK, and whose it was. */
export interface RecordedCall {
  readonly caller: string;
  readonly command: string;
  readonly input: unknown;
}

/**
 * Records what the functions of a local stack, and whoever runs as one, ask of the database: every client of this process, until it is stopped.
 * What nobody in particular asks for is the test's own and is left out.
 */
export class CallRecorder {
  readonly calls: RecordedCall[] = [];
  readonly #send = DynamoDBClient.prototype.send;

  constructor() {
    DynamoDBClient.prototype.send = new Proxy(this.#send, {
      apply: (send, client, given) => {
        const caller = currentFunction();
        if (caller !== undefined) this.calls.push({ caller, command: given[0].constructor.name, input: given[0].input });
        return Reflect.apply(send, client, given);
      },
    });
  }

  stop(): void {
    DynamoDBClient.prototype.send = this.#send;
  }
}
