import type { AttributeValue, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { calledActions } from '../infra/called-actions.ts';
import { itemBytes, readUnits, writeUnits } from './request-units.ts';

/** What somebody used: units of reading and writing, invocations, bytes of log. */
export interface Usage {
  reads: number;
  writes: number;
  invocations: number;
  logBytes: number;
}

/** Usage by who asked. */
export class Meter {
  readonly #usages = new Map<string, Usage>();
  /** Who asks from now on. */
  asker = '';

  get current(): Usage {
    return this.of(this.asker);
  }

  of(asker: string): Usage {
    const usage = this.#usages.get(asker) ?? { reads: 0, writes: 0, invocations: 0, logBytes: 0 };
    this.#usages.set(asker, usage);
    return usage;
  }

  clear(): void {
    this.#usages.clear();
  }
}

type Item = Record<string, AttributeValue>;

const itemsIn = (output: unknown): readonly Item[] => {
  const { Item, Items = [], Responses = {} }: { Item?: Item; Items?: Item[]; Responses?: Record<string, Item[]> } = Object(output);
  return [...(Item === undefined ? [] : [Item]), ...Items, ...Object.values(Responses).flat()];
};

const itemsPut = (input: unknown): readonly Item[] => {
  const { Item, TransactItems = [] }: { Item?: Item; TransactItems?: { Put?: { Item: Item } }[] } = Object(input);
  return [...(Item === undefined ? [] : [Item]), ...TransactItems.flatMap(({ Put }) => (Put === undefined ? [] : [Put.Item]))];
};

export const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);

const WRITES_PER_TRANSACTED_WRITE = 2;

/** Has the meter count the units of all requests of a client: strong reads, puts alone and in transactions. Other requests fail: nobody has priced them. */
export const meterClient = (client: DynamoDBClient, meter: Meter): void => {
  client.middlewareStack.add(
    (next, context) => async (args) => {
      const answer = await next(args);
      const name = context.commandName ?? '';
      const factor = name.startsWith('Transact') ? WRITES_PER_TRANSACTED_WRITE : 1;
      if (/^(?:GetItem|Query|Scan)/.test(name)) meter.current.reads += readUnits(sum(itemsIn(Object(answer).output).map(itemBytes)));
      else if (/^(?:PutItem|TransactWriteItems)/.test(name))
        meter.current.writes += sum(itemsPut(args.input).map((item) => factor * writeUnits(itemBytes(item))));
      else throw new Error(`nobody has priced \`${name}\`: ${JSON.stringify(calledActions(name, args.input))}`);
      return answer;
    },
    { step: 'initialize' },
  );
};
