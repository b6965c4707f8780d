import type { ReplayRun } from '#local/replay/replay-scenario.ts';
import type { ToldReplay } from '../told-replay.ts';

/** A replay in which one safeguard has to fire, and what shows that it did. */
export interface FiredSafeguard extends ToldReplay {
  /** What of the run tells, and what it has to be. Plain JSON. */
  readonly shows: (run: Pick<ReplayRun, 'document' | 'outcome'>) => unknown;
  readonly expected: unknown;
}

type Outcome = Pick<ReplayRun, 'outcome'>['outcome'];

/** Counts by name. */
export const countsOf = (counts: ReadonlyMap<string, number>): Readonly<Record<string, number>> => Object.fromEntries(counts);

/** Statuses of the markets at the end. */
export const statusesOf = ({ tables }: Outcome): Readonly<Record<string, string>> =>
  Object.fromEntries([...tables.Markets].map(([marketId, { status }]) => [marketId, status]));

export const SAFEGUARDS = 'safeguards.json';
export const FUNDS = 'insurance-fund.json';

/** A long that is liquidated below 95.96 and bankrupt at 95, and a short who would pay for it. */
export const TWO_ACCOUNTS = 'loser | 50 | LONG 10 AAA 100\n winner | 1000 | SHORT 10 AAA 100';
