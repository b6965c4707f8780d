import { ConditionalCheckFailedException, TransactionCanceledException } from '@aws-sdk/client-dynamodb';

/**
 * What a failed write means. REFUSED: a condition does not hold, somebody wrote in between. WEATHER: the service had no room or did not answer; the same
 * write may be sent again. BROKEN: it can never succeed.
 */
export type WriteFailure = 'REFUSED' | 'WEATHER' | 'BROKEN';

const PASSING: ReadonlySet<string> = new Set([
  'InternalServerError',
  'LimitExceededException',
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'ReplicatedWriteConflictException',
  'ServiceUnavailable',
  'ThrottlingException',
  'TimeoutError',
  'TransactionConflictException',
  'TransactionInProgressException',
]);

/** Network failures carry a code of the operating system, such as ECONNRESET. */
const NETWORK_CODE = /^E[A-Z]{3,}$/;

const codeOf = (error: Error): string => ('code' in error && typeof error.code === 'string' ? error.code : '');

/** A transaction is refused when a condition of it is, whatever else its items say; it is weather when others merely held its items. */
const cancelled = ({ CancellationReasons = [] }: TransactionCanceledException): WriteFailure => {
  const codes = CancellationReasons.map(({ Code = 'None' }) => Code).filter((code) => code !== 'None');
  if (codes.includes('ConditionalCheckFailed')) return 'REFUSED';
  return codes.length > 0 && codes.every((code) => /Conflict|Throughput|Throttling/.test(code)) ? 'WEATHER' : 'BROKEN';
};

export const writeFailureOf = (error: unknown): WriteFailure => {
  if (error instanceof ConditionalCheckFailedException) return 'REFUSED';
  if (error instanceof TransactionCanceledException) return cancelled(error);
  if (!(error instanceof Error)) return 'BROKEN';
  return PASSING.has(error.name) || NETWORK_CODE.test(codeOf(error)) ? 'WEATHER' : 'BROKEN';
};
