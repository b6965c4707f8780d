import type { Decision } from '#core/decision.ts';
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

/** Liquidation orders: the contracts that were ordered, by case. */
export const ordersByCase = ({ tables }: Outcome): Readonly<Record<string, string>> =>
  Object.fromEntries(
    [...tables.Orders.values()].flatMap((order) => (order.kind === 'LIQUIDATION' ? [[order.caseId, order.quantity.toFixed()]] : [])),
  );

/** Rows of orders, counted by case and kind. */
export const ordersByKind = ({ tables }: Outcome): Readonly<Record<string, number>> => {
  const names = [...tables.Orders.values()].map(({ caseId, kind }) => `${caseId.replace('#CROSS#USDT', '')} ${kind}`);
  return Object.fromEntries([...Map.groupBy(names, (name) => name)].map(([name, rows]) => [name, rows.length]));
};

/** Decisions of one kind as the record holds them, in its order. */
export const decisionsIn = ({ record }: Outcome, kind: Decision['kind']): readonly Readonly<Record<string, unknown>>[] =>
  record.lines.map((line) => JSON.parse(line)).filter((decision) => decision.kind === kind);

/** Changes of the bands of markets: the ratio, cut to 6 letters, and the market's status after it. */
export const bandsIn = (outcome: Outcome): readonly string[] =>
  decisionsIn(outcome, 'SAFEGUARD').map(({ event }) => {
    const { marketId, before, band, ratio, status } = Object(event);
    return [marketId, before, band, ratio === null ? '-' : ratio.slice(0, 6), status].join(' ');
  });

/** What the margin rules chose for whom, and at what mark; nothing is left out. */
export const choicesIn = (outcome: Outcome): readonly string[] =>
  decisionsIn(outcome, 'MARGIN')
    .map(({ poolId, choice, inputs }) => [String(poolId).split('#')[0], Object(choice).kind, Object(Object(inputs).marks).AAA].join(' '))
    .filter((each) => !each.includes(' NONE '))
    .sort();

/** Balance and positions of a pool at the end. */
export const heldBy = ({ tables }: Outcome, poolId: string): string => {
  const pool = tables.Pools.get(poolId);
  const held = pool?.positions.map(({ side, quantity, marketId, entryValue }) =>
    [side, quantity.toFixed(), marketId, entryValue.toFixed()].join(' '),
  );
  return `${poolId} | ${pool?.balance.toFixed()} | ${held?.join(' + ') || '-'}`;
};

export const MARGIN_RULES = 'margin.rules.json';
export const DELEVERAGING = 'deleveraging.json';
export const SAFEGUARDS = 'safeguards.json';
export const FUNDS = 'insurance-fund.json';

/** A long that is liquidated below 95.96 and bankrupt at 95, and a short who would pay for it. */
export const TWO_ACCOUNTS = 'loser | 50 | LONG 10 AAA 100\n winner | 1000 | SHORT 10 AAA 100';
