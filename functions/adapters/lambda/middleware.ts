import middy, { type MiddlewareObj } from '@middy/core';
import type { Context, DynamoDBStreamEvent } from 'aws-lambda';
import type { Log } from './log.ts';
import { counted, type Dimensions, type Metric, metricsLine } from './metrics.ts';

/** What every function reports with. */
export interface Reporting {
  readonly log: Log;
  /** Writes metrics; the function's name is a dimension already. */
  readonly measure: (metrics: readonly Metric[], dimensions?: Dimensions) => void;
}

export const reportingOf = (name: string, log: Log, write: (line: string) => void, time: () => number = Date.now): Reporting => ({
  log,
  measure: (metrics, dimensions = {}) => write(metricsLine({ Function: name, ...dimensions }, metrics, time())),
});

/**
 * Logs what an invocation did not contain itself, counts it and lets it through: Lambda then gives the whole batch again, or the schedule its next turn.
 * Nothing of an error reaches the caller but its message.
 */
export const containment = <Event>(reporting: () => Reporting): MiddlewareObj<Event> => ({
  onError: ({ error, context }) => {
    const { log, measure } = reporting();
    log('ERROR', 'invocation failed', { requestId: context.awsRequestId, error });
    measure([counted('InvocationFailures', 1)]);
  },
});

const MS_PER_SECOND = 1000;

/** Age of the oldest record of a batch in ms; 0 where no record says when it was made, and for clocks that are ahead. */
export const iteratorAge = ({ Records }: DynamoDBStreamEvent, now: number): number => {
  const [oldest] = Records.flatMap(({ dynamodb }) => dynamodb?.ApproximateCreationDateTime ?? []).sort((a, b) => a - b);
  return oldest === undefined ? 0 : Math.max(0, Math.round(now - oldest * MS_PER_SECOND));
};

/** A handler as Lambda calls it. */
export type Invocation<Event, Answer> = (
  event: Event,
  context: Pick<Context, 'getRemainingTimeInMillis' | 'awsRequestId'>,
) => Promise<Answer>;

/**
 * The stack that every handler stands in. No early timeout: it would answer while the work goes on, and a frozen container would finish it later;
 * batches watch their time themselves.
 */
export const stacked = <Event, Answer>(invocation: Invocation<Event, Answer>, reporting: () => Reporting): Invocation<Event, Answer> => {
  const stack = middy<Event, Answer>({ timeoutEarlyInMillis: 0 })
    .use(containment<Event>(reporting))
    .handler((event: Event, context: Context) => invocation(event, context));
  // cast: middy hands the context on as it is, and an invocation reads two members of it
  return (event, context) => stack(event, context as Context);
};
